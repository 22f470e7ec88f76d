package workbook

import (
	"fmt"
	"strings"
)

// check is a live formula that calculates a printed value again.
type check struct {
	what    string
	printed string // reference to the printed value
	format  Format
	formula string
}

// Quote spells a text as a formula does.
func Quote(s string) string { return `"` + strings.ReplaceAll(Safe(s), `"`, `""`) + `"` }

// Tolerance is the largest difference at which a check still agrees: far below a cent, a hundredth of an
// hour or a thousandth of a percent, and above what adding up binary fractions costs.
const Tolerance = 1e-6

// Agree is the formula that compares two references and says so in words.
func (b *Book) Agree(x, y string) string {
	return fmt.Sprintf(`IF(ABS(%s-%s)<%f,%s,%s)`, x, y, Tolerance, Quote(b.Agrees()), Quote(b.Differs()))
}

// Agrees is what a check says when the recalculated value is the printed one.
func (b *Book) Agrees() string { return b.pick("klopt", "agrees") }

// Differs is what a check says otherwise.
func (b *Book) Differs() string { return b.pick("WIJKT AF", "DIFFERS") }

// Check records that a formula must give what stands at printed (a reference of an [Area]).
// [Book.Checks] writes them out.
func (b *Book) Check(what, printed string, format Format, formula string) {
	b.checks = append(b.checks, check{what, printed, format, formula})
}

// Checks adds a sheet with every recorded check: the value as printed, the same calculated by the
// reader's own program, and whether they agree.
func (b *Book) Checks(o Options) {
	if len(b.checks) == 0 {
		return
	}
	s := b.Sheet(o)
	t := Table{Name: "controles", Columns: []string{
		b.pick("Wat wordt nagerekend", "What is recalculated"), b.pick("Vermeld", "Printed"),
		b.pick("Nagerekend", "Recalculated"), b.pick("Oordeel", "Verdict"),
	}}
	for _, c := range b.checks {
		t.Rows = append(t.Rows, []Cell{
			Text(c.what), Formula(c.printed, c.format), Formula(c.formula, c.format),
			RowFormula(b.Agree("B{row}", "C{row}"), General),
		})
	}
	s.Table(t).FreezeHeader()
}
