package transform

import (
	"fmt"
	"strconv"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"

	"lvv/anonymize/pseudonym"
	"lvv/internal/day"
)

// arrowValue turns one cell of an engine's answer into a Value, as [valueOf] does with what DuckDB's driver
// scanned: a pseudonym becomes its text form, a boolean "true" or "false", a decimal with two digits an amount.
func arrowValue(column arrow.Array, i int) (Value, error) {
	if column.IsNull(i) {
		return Value{}, nil
	}
	switch c := column.(type) {
	case *array.Null:
		return Value{}, nil
	case *array.Int64:
		return CountOf(c.Value(i)), nil
	case *array.Int32:
		return CountOf(int64(c.Value(i))), nil
	case *array.Int16:
		return CountOf(int64(c.Value(i))), nil
	case *array.Int8:
		return CountOf(int64(c.Value(i))), nil
	case *array.Float64:
		return RealOf(c.Value(i)), nil
	case *array.Float32:
		return RealOf(float64(c.Value(i))), nil
	case array.StringLike:
		return TextOf(c.Value(i)), nil
	case *array.Boolean:
		return TextOf(strconv.FormatBool(c.Value(i))), nil
	case *array.Date32:
		return DateOf(day.Day(c.Value(i))), nil
	case *array.Decimal128:
		return decimalValue(c, i)
	}
	if c, ok := column.(interface{ Value(int) []byte }); ok {
		if b := c.Value(i); len(b) == len(pseudonym.Pseudonym{}) {
			return TextOf(pseudonym.Pseudonym(b).String()), nil
		}
	}
	return Value{}, fmt.Errorf("a result of type %s is not expected", column.DataType())
}

func decimalValue(c *array.Decimal128, i int) (Value, error) {
	t, ok := c.DataType().(*arrow.Decimal128Type)
	if !ok {
		return Value{}, fmt.Errorf("a result of type %s is not expected", c.DataType())
	}
	n := c.Value(i)
	switch whole := n.BigInt(); {
	case t.Scale != 0 && t.Scale != 2:
		return RealOf(n.ToFloat64(t.Scale)), nil
	case !whole.IsInt64():
		return Value{}, fmt.Errorf("a whole number or an amount does not fit in 64 bits")
	case t.Scale == 0:
		return CountOf(whole.Int64()), nil
	default:
		return CentsOf(whole.Int64()), nil
	}
}
