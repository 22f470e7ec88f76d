package microdata

import (
	"cmp"
	"context"
	"errors"
	"io"
	"maps"
	"slices"
	"strings"

	"lvv/anonymize/kanon"
	"lvv/internal/dsv"
	"lvv/internal/say"
)

// checkEvery is the number of rows between looks at the context.
const checkEvery = 1 << 12

// shownFaults is the most values without a place in a hierarchy that an error lists.
const shownFaults = 10

// homeless is a value that its hierarchy does not hold.
type homeless struct {
	column      int
	value       string
	line, count int
}

// each calls do for every row of the table, with its line.
func (s *source) each(ctx context.Context, do func(fields []string, line int) error) error {
	in, err := dsv.Open(s.Data)
	if err != nil {
		return err
	}
	defer in.Close()
	if _, err := in.Read(); err != nil {
		return err
	}
	for n := 0; ; n++ {
		if n%checkEvery == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		fields, err := in.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if len(fields) != len(s.header) {
			return say.Errorf("read %s:%d: the row has %d fields and the header %d\n  Look for a missing delimiter or quote.", s.Data, in.Line(), len(fields), len(s.header))
		}
		if err := do(fields, in.Line()); err != nil {
			return err
		}
	}
}

// load reads the table into the form that the algorithm takes, and returns the person of each row
// (nil where rows are persons). Every value that has no place in its hierarchy is found.
func (s *source) load(ctx context.Context) (*kanon.Table, []int32, error) {
	table := kanon.NewTable(s.hierarchies, len(s.sensitive), s.person >= 0)
	qi, sensitive := make([]string, len(s.qi)), make([]string, len(s.sensitive))
	faults := map[[2]string]*homeless{}
	err := s.each(ctx, func(fields []string, line int) error {
		for i, col := range s.qi {
			qi[i] = strings.TrimSpace(fields[col])
			if !s.hierarchies[i].Has(qi[i]) {
				key := [2]string{s.QI[i], qi[i]}
				if f := faults[key]; f != nil {
					f.count++
				} else {
					faults[key] = &homeless{i, strings.Clone(qi[i]), line, 1}
				}
			}
		}
		person := ""
		if s.person >= 0 {
			if person = strings.TrimSpace(fields[s.person]); person == "" {
				return say.Errorf("read %s:%d: column %s, which says whose row it is, is empty\n  Fill it in; a row of nobody cannot be counted.", s.Data, line, s.Person)
			}
		}
		if len(faults) > 0 {
			return nil
		}
		for i, col := range s.sensitive {
			sensitive[i] = strings.TrimSpace(fields[col])
		}
		return table.Add(qi, sensitive, person)
	})
	if err != nil {
		return nil, nil, err
	}
	if len(faults) > 0 {
		return nil, nil, s.faultsError(faults)
	}
	return table, table.RowPersons(), nil
}

// faultsError lists the values without a place, the first line first.
func (s *source) faultsError(faults map[[2]string]*homeless) error {
	list := slices.SortedFunc(maps.Values(faults), func(a, b *homeless) int {
		return cmp.Or(cmp.Compare(a.line, b.line), cmp.Compare(a.column, b.column))
	})
	var errs []error
	for _, f := range list[:min(len(list), shownFaults)] {
		errs = append(errs, say.Errorf("%s:%d: column %s holds %q (rows: %d), which %s does not list", s.Data, f.line, s.QI[f.column], f.value, f.count, s.files[f.column]))
	}
	if more := len(list) - len(errs); more > 0 {
		errs = append(errs, say.Errorf("and %d more values", more))
	}
	return say.Errorf("%w\n  Add a row for each value to its hierarchy: value;level 1;...;*", errors.Join(errs...))
}
