package spark

import (
	"fmt"
	"strconv"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"

	"lvv/anonymize/pseudonym"
	"lvv/internal/day"
	"lvv/transform/engine"
)

// arrowValue turns one cell of a server's answer into a value, as package duckdb does with what its driver
// scanned: a pseudonym becomes its text form, a boolean "true" or "false", a decimal with two digits an amount.
func arrowValue(column arrow.Array, i int) (engine.Value, error) {
	if column.IsNull(i) {
		return engine.Value{}, nil
	}
	switch c := column.(type) {
	case *array.Null:
		return engine.Value{}, nil
	case *array.Int64:
		return engine.CountOf(c.Value(i)), nil
	case *array.Int32:
		return engine.CountOf(int64(c.Value(i))), nil
	case *array.Int16:
		return engine.CountOf(int64(c.Value(i))), nil
	case *array.Int8:
		return engine.CountOf(int64(c.Value(i))), nil
	case *array.Float64:
		return engine.RealOf(c.Value(i)), nil
	case *array.Float32:
		return engine.RealOf(float64(c.Value(i))), nil
	case array.StringLike:
		return engine.TextOf(c.Value(i)), nil
	case *array.Boolean:
		return engine.TextOf(strconv.FormatBool(c.Value(i))), nil
	case *array.Date32:
		return engine.DateOf(day.Day(c.Value(i))), nil
	case *array.Decimal128:
		return decimalValue(c, i)
	}
	if c, ok := column.(interface{ Value(int) []byte }); ok {
		if b := c.Value(i); len(b) == len(pseudonym.Pseudonym{}) {
			return engine.TextOf(pseudonym.Pseudonym(b).String()), nil
		}
	}
	return engine.Value{}, fmt.Errorf("a result of type %s is not expected", column.DataType())
}

func decimalValue(c *array.Decimal128, i int) (engine.Value, error) {
	t, ok := c.DataType().(*arrow.Decimal128Type)
	if !ok {
		return engine.Value{}, fmt.Errorf("a result of type %s is not expected", c.DataType())
	}
	n := c.Value(i)
	switch whole := n.BigInt(); {
	case t.Scale != 0 && t.Scale != 2:
		return engine.RealOf(n.ToFloat64(t.Scale)), nil
	case !whole.IsInt64():
		return engine.Value{}, fmt.Errorf("a whole number or an amount does not fit in 64 bits")
	case t.Scale == 0:
		return engine.CountOf(whole.Int64()), nil
	default:
		return engine.CentsOf(whole.Int64()), nil
	}
}
