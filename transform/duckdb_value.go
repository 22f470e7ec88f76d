package transform

import (
	"fmt"
	"math/big"
	"strconv"
	"time"

	duckdb "github.com/duckdb/duckdb-go/v2"

	"lvv/anonymize/pseudonym"
	"lvv/internal/day"
)

// valueOf turns what the driver scanned into a Value. A pseudonym becomes its text form, a boolean
// "true" or "false", a decimal with two digits an amount.
func valueOf(cell any) (Value, error) {
	switch c := cell.(type) {
	case nil:
		return Value{}, nil
	case int64:
		return CountOf(c), nil
	case int32:
		return CountOf(int64(c)), nil
	case int16:
		return CountOf(int64(c)), nil
	case int8:
		return CountOf(int64(c)), nil
	case *big.Int:
		if !c.IsInt64() {
			return Value{}, fmt.Errorf("a whole number does not fit in 64 bits")
		}
		return CountOf(c.Int64()), nil
	case float64:
		return RealOf(c), nil
	case float32:
		return RealOf(float64(c)), nil
	case string:
		return TextOf(c), nil
	case bool:
		return TextOf(strconv.FormatBool(c)), nil
	case time.Time:
		y, m, d := c.Date()
		return DateOf(day.Of(y, int(m), d)), nil
	case duckdb.Decimal:
		if c.Scale != 2 {
			return RealOf(c.Float64()), nil
		}
		if !c.Value.IsInt64() {
			return Value{}, fmt.Errorf("an amount does not fit in 64 bits")
		}
		return CentsOf(c.Value.Int64()), nil
	case []byte:
		if len(c) == len(pseudonym.Pseudonym{}) {
			return TextOf(pseudonym.Pseudonym(c).String()), nil
		}
	}
	return Value{}, fmt.Errorf("a result of type %T is not expected", cell)
}
