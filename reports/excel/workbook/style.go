package workbook

import (
	"fmt"

	"github.com/xuri/excelize/v2"
)

// Format is how a value reads. Separators of thousands and decimals follow the reader's own settings.
type Format uint8

// The formats of a cell.
const (
	General Format = iota // text
	Whole                 // 1.234
	Decimal               // 1.234,5
	Percent               // 84,2%
	Euro                  // € 1.656.000,00
	Date                  // 30-09-2020
	Month                 // 2020-09
	Hours                 // 1.234,50
	Days                  // 238,0 dagen
	Points                // 0,7 procentpunt
)

// Role is what a cell is for.
type Role uint8

// The roles of a cell.
const (
	Body    Role = iota
	Title        // of a sheet
	Section      // heading above a table
	Prose        // running text
	Head         // of a column
	Sum          // a total under a table
	Muted        // stands in the place of a value: <5, not available
	Check        // a live formula
	Warning      // for whom the sheet is, or that control was off
	Link         // to another sheet
)

// The palette: colours that differ in lightness, so that print and colour-blind readers tell them apart.
const (
	ink    = "1A1A1A"
	navy   = "17375E"
	grey   = "595959"
	wash   = "EEF3F8"
	alarm  = "8A1C0D"
	alarmB = "FBE9E6"
)

// styleKey tells a style of a cell from others. A header's format is that of its column: it stands in the middle
// above numbers.
type styleKey struct {
	format Format
	role   Role
	wrap   bool
}

// numberFormats are the formats as Excel writes them, in Dutch and in English.
var numberFormats = map[Format]struct{ nl, en string }{
	Whole:   {"#,##0", "#,##0"},
	Decimal: {"#,##0.0", "#,##0.0"},
	Hours:   {"#,##0.00", "#,##0.00"},
	Days:    {`#,##0.0" dagen"`, `#,##0.0" days"`},
	Points:  {`#,##0.0" procentpunt"`, `#,##0.0" percentage points"`},
	Percent: {"0.0%", "0.0%"},
	Euro:    {`[$€-2]\ #,##0.00;[Red][$€-2]\ -#,##0.00`, `[$€-2]#,##0.00;[Red]-[$€-2]#,##0.00`},
	Month:   {"yyyy-mm", "yyyy-mm"},
	Date:    {"dd-mm-yyyy", "d mmm yyyy"},
}

// style returns the index of a cell style, making it when it is first asked for.
func (b *Book) style(k styleKey) int {
	if id, ok := b.styles[k]; ok {
		return id
	}
	s := &excelize.Style{
		Font:      &excelize.Font{Family: "Calibri", Size: 11, Color: ink},
		Alignment: &excelize.Alignment{Vertical: "top", WrapText: k.wrap},
	}
	switch {
	case k.format != General:
		s.Alignment.Horizontal = "right"
	case k.role == Body, k.role == Head, k.role == Sum, k.role == Check, k.role == Link:
		s.Alignment.Horizontal, s.Alignment.Indent = "left", 1
	}
	if of, ok := numberFormats[k.format]; ok {
		s.CustomNumFmt = new(b.pick(of.nl, of.en))
	}
	switch k.role {
	case Title:
		s.Font.Size, s.Font.Bold, s.Font.Color = 16, true, navy
	case Section:
		s.Font.Size, s.Font.Bold, s.Font.Color = 12, true, navy
	case Head:
		s.Font.Bold, s.Font.Color = true, "FFFFFF"
		s.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{navy}}
		s.Alignment.Vertical, s.Alignment.WrapText = "center", true
		if k.format != General {
			s.Alignment.Horizontal = "center"
		}
	case Sum:
		s.Font.Bold = true
		s.Border = []excelize.Border{{Type: "top", Color: navy, Style: 1}}
	case Muted:
		s.Alignment.Indent = 0
		s.Font.Color = grey
		s.Alignment.Horizontal = "right"
	case Check:
		s.Font.Color = grey
		s.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{wash}}
	case Warning:
		s.Font.Bold, s.Font.Color = true, alarm
		s.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{alarmB}}
	case Link:
		s.Font.Underline, s.Font.Color = "single", "1F4E9E"
	}
	id, err := b.file.NewStyle(s)
	if err != nil {
		b.fail(fmt.Errorf("make cell style: %w", err))
		return 0
	}
	if k.format == General && k.role != Check && b.file.Styles != nil {
		b.file.Styles.CellXfs.Xf[id].QuotePrefix = new(true)
	}
	b.styles[k] = id
	return id
}
