package duckdb

import (
	"fmt"
	"math/big"
	"strconv"
	"time"

	duckdbgo "github.com/duckdb/duckdb-go/v2"

	"lvv/anonymize/pseudonym"
	"lvv/internal/day"
	"lvv/transform/engine"
)

// valueOf turns what the driver scanned into a value. A pseudonym becomes its text form, a boolean
// "true" or "false", a decimal with two digits an amount.
func valueOf(cell any) (engine.Value, error) {
	switch c := cell.(type) {
	case nil:
		return engine.Value{}, nil
	case int64:
		return engine.CountOf(c), nil
	case int32:
		return engine.CountOf(int64(c)), nil
	case int16:
		return engine.CountOf(int64(c)), nil
	case int8:
		return engine.CountOf(int64(c)), nil
	case *big.Int:
		if !c.IsInt64() {
			return engine.Value{}, fmt.Errorf("a whole number does not fit in 64 bits")
		}
		return engine.CountOf(c.Int64()), nil
	case float64:
		return engine.RealOf(c), nil
	case float32:
		return engine.RealOf(float64(c)), nil
	case string:
		return engine.TextOf(c), nil
	case bool:
		return engine.TextOf(strconv.FormatBool(c)), nil
	case time.Time:
		y, m, d := c.Date()
		return engine.DateOf(day.Of(y, int(m), d)), nil
	case duckdbgo.Decimal:
		if c.Scale != 2 {
			return engine.RealOf(c.Float64()), nil
		}
		if !c.Value.IsInt64() {
			return engine.Value{}, fmt.Errorf("an amount does not fit in 64 bits")
		}
		return engine.CentsOf(c.Value.Int64()), nil
	case []byte:
		if len(c) == len(pseudonym.Pseudonym{}) {
			return engine.TextOf(pseudonym.Pseudonym(c).String()), nil
		}
	}
	return engine.Value{}, fmt.Errorf("a result of type %T is not expected", cell)
}
