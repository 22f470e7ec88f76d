package wire

import (
	"fmt"
	"reflect"
	"strconv"

	"google.golang.org/protobuf/encoding/protowire"
)

// Codec puts messages into the encoding of protocol buffers for gRPC. A message is a pointer to a struct; the tag
// wire of a field has its number. Fields are bool, int64, string, []byte, other messages, and slices of these.
type Codec struct{}

// Name is that of the encoding, as gRPC knows it.
func (Codec) Name() string { return "proto" }

// Marshal returns a message encoded. Fields that hold nothing are left out.
func (Codec) Marshal(message any) ([]byte, error) {
	return appendMessage(nil, reflect.ValueOf(message).Elem()), nil
}

// Unmarshal reads a message. Fields that its struct does not have are skipped.
func (Codec) Unmarshal(data []byte, message any) error {
	return read(data, reflect.ValueOf(message).Elem())
}

var typeBytes = reflect.TypeFor[[]byte]()

func appendMessage(dst []byte, message reflect.Value) []byte {
	for i := range message.NumField() {
		switch n, f := number(message, i), message.Field(i); {
		case f.IsZero():
		case f.Kind() == reflect.Slice && f.Type() != typeBytes:
			for j := range f.Len() {
				dst = appendValue(dst, n, f.Index(j))
			}
		default:
			dst = appendValue(dst, n, f)
		}
	}
	return dst
}

func number(message reflect.Value, field int) protowire.Number {
	n, _ := strconv.ParseInt(message.Type().Field(field).Tag.Get("wire"), 10, 32)
	return protowire.Number(n)
}

func appendValue(dst []byte, n protowire.Number, v reflect.Value) []byte {
	switch v.Kind() {
	case reflect.Bool:
		return protowire.AppendVarint(protowire.AppendTag(dst, n, protowire.VarintType), protowire.EncodeBool(v.Bool()))
	case reflect.Int64:
		return protowire.AppendVarint(protowire.AppendTag(dst, n, protowire.VarintType), uint64(v.Int()))
	case reflect.String:
		return protowire.AppendString(protowire.AppendTag(dst, n, protowire.BytesType), v.String())
	case reflect.Slice:
		return protowire.AppendBytes(protowire.AppendTag(dst, n, protowire.BytesType), v.Bytes())
	default:
		return protowire.AppendBytes(protowire.AppendTag(dst, n, protowire.BytesType), appendMessage(nil, v.Elem()))
	}
}

func read(data []byte, message reflect.Value) error {
	for len(data) > 0 {
		n, kind, tag := protowire.ConsumeTag(data)
		if tag < 0 {
			return protowire.ParseError(tag)
		}
		size := protowire.ConsumeFieldValue(n, kind, data[tag:])
		if size < 0 {
			return protowire.ParseError(size)
		}
		for i := range message.NumField() {
			if number(message, i) != n {
				continue
			}
			if err := readValue(data[tag:tag+size], kind, message.Field(i)); err != nil {
				return err
			}
		}
		data = data[tag+size:]
	}
	return nil
}

// readValue reads a value that is whole into a field.
func readValue(data []byte, kind protowire.Type, f reflect.Value) error {
	isNumber := f.Kind() == reflect.Bool || f.Kind() == reflect.Int64
	if isNumber != (kind == protowire.VarintType) || !isNumber && kind != protowire.BytesType {
		return fmt.Errorf("a field of %v came as wire type %d", f.Type(), kind)
	}
	if isNumber {
		n, _ := protowire.ConsumeVarint(data)
		if f.Kind() == reflect.Bool {
			f.SetBool(protowire.DecodeBool(n))
		} else {
			f.SetInt(int64(n))
		}
		return nil
	}
	value, _ := protowire.ConsumeBytes(data)
	switch {
	case f.Kind() == reflect.String:
		f.SetString(string(value))
	case f.Type() == typeBytes:
		f.SetBytes(value)
	case f.Kind() == reflect.Slice:
		one := reflect.New(f.Type().Elem()).Elem()
		if err := readValue(data, kind, one); err != nil {
			return err
		}
		f.Set(reflect.Append(f, one))
	default:
		if f.IsNil() {
			f.Set(reflect.New(f.Type().Elem()))
		}
		return read(value, f.Elem())
	}
	return nil
}
