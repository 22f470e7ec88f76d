package wire

import (
	"bytes"
	"reflect"
	"testing"

	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/apipb"
	"google.golang.org/protobuf/types/known/fieldmaskpb"
	"google.golang.org/protobuf/types/known/sourcecontextpb"
	"google.golang.org/protobuf/types/known/wrapperspb"
)

// api, method and context have the fields of messages that the library of protocol buffers brings along.
type (
	api struct {
		Name    string    `wire:"1"`
		Methods []*method `wire:"2"`
		Context *context  `wire:"5"`
		Syntax  int64     `wire:"7"`
	}
	method struct {
		Name      string `wire:"1"`
		Streaming bool   `wire:"3"`
	}
	context struct {
		FileName string `wire:"1"`
	}
	mask struct {
		Paths []string `wire:"1"`
	}
	blob struct {
		Value []byte `wire:"1"`
	}
	integer struct {
		Value int64 `wire:"1"`
	}
)

// TestCodecIsThatOfTheLibrary holds the bytes of messages against the library's, and reads them back.
func TestCodecIsThatOfTheLibrary(t *testing.T) {
	for _, c := range []struct {
		ours   any
		theirs proto.Message
	}{
		{&api{}, &apipb.Api{}},
		{
			&api{Name: "één", Methods: []*method{{Name: "a", Streaming: true}, {}, {Name: "b"}}, Context: &context{}, Syntax: 1},
			&apipb.Api{
				Name: "één", Methods: []*apipb.Method{{Name: "a", RequestStreaming: true}, {}, {Name: "b"}},
				SourceContext: &sourcecontextpb.SourceContext{}, Syntax: 1,
			},
		},
		{&api{Context: &context{FileName: "f"}}, &apipb.Api{SourceContext: &sourcecontextpb.SourceContext{FileName: "f"}}},
		{&mask{Paths: []string{"a", "", "b"}}, &fieldmaskpb.FieldMask{Paths: []string{"a", "", "b"}}},
		{&blob{Value: bytes.Repeat([]byte{0, 255}, 1000)}, &wrapperspb.BytesValue{Value: bytes.Repeat([]byte{0, 255}, 1000)}},
		{&integer{Value: -1}, &wrapperspb.Int64Value{Value: -1}},
		{&integer{Value: 1 << 40}, &wrapperspb.Int64Value{Value: 1 << 40}},
	} {
		ours, err := Codec{}.Marshal(c.ours)
		if err != nil {
			t.Fatal(err)
		}
		theirs, err := proto.MarshalOptions{Deterministic: true}.Marshal(c.theirs)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(ours, theirs) {
			t.Errorf("%+v: got %x, the library %x", c.ours, ours, theirs)
		}
		back := reflect.New(reflect.TypeOf(c.ours).Elem()).Interface()
		if err := (Codec{}).Unmarshal(theirs, back); err != nil || !reflect.DeepEqual(back, c.ours) {
			t.Errorf("%+v came back as %+v, %v", c.ours, back, err)
		}
	}
}

func TestFieldsThatAreNotKnownAreSkipped(t *testing.T) {
	data, err := proto.Marshal(&apipb.Api{
		Name: "a", Version: "2", Edition: "2023", Methods: []*apipb.Method{{Name: "b", RequestTypeUrl: "c"}},
	})
	if err != nil {
		t.Fatal(err)
	}
	var got api
	if err := (Codec{}).Unmarshal(data, &got); err != nil || !reflect.DeepEqual(got, api{Name: "a", Methods: []*method{{Name: "b"}}}) {
		t.Errorf("got %+v, %v", got, err)
	}
	if err := (Codec{}).Unmarshal(data, &Empty{}); err != nil {
		t.Error(err)
	}
}

func TestDamagedMessageIsRefused(t *testing.T) {
	data, err := Codec{}.Marshal(&api{Name: "a", Methods: []*method{{Name: "b"}}})
	if err != nil {
		t.Fatal(err)
	}
	for name, damaged := range map[string][]byte{
		"cut off": data[:len(data)-1], "cut off within": data[:1], "another type": {1 << 3, 1},
		"no field": {0, 0}, "a message cut off within": {2<<3 | 2, 1, 1<<3 | 2},
	} {
		if err := (Codec{}).Unmarshal(damaged, &api{}); err == nil {
			t.Errorf("%s: was read", name)
		}
	}
}

// TestNumbersDiffer: every field of every message has a number, and no other field of its message has it.
func TestNumbersDiffer(t *testing.T) {
	seen := map[reflect.Type]bool{}
	var check func(reflect.Type)
	check = func(of reflect.Type) {
		for of.Kind() == reflect.Pointer || of.Kind() == reflect.Slice {
			of = of.Elem()
		}
		if of.Kind() != reflect.Struct || seen[of] {
			return
		}
		seen[of] = true
		used := map[string]bool{"": true}
		for f := range of.Fields() {
			if n := f.Tag.Get("wire"); used[n] {
				t.Errorf("%v: field %s has the number %q", of, f.Name, n)
			} else {
				used[n] = true
			}
			check(f.Type)
		}
	}
	for _, message := range []any{ExecutePlanRequest{}, ExecutePlanResponse{}, ConfigRequest{}, InterruptRequest{}, ReleaseSessionRequest{}} {
		check(reflect.TypeOf(message))
	}
}
