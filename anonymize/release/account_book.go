package release

import (
	"errors"
	"fmt"
	"io/fs"
	"math"
	"slices"
	"strconv"

	"github.com/xuri/excelize/v2"

	"lvv/internal/day"
	"lvv/internal/regular"
	"lvv/internal/say"
)

// sheetColumns are the headings of a sheet with a row a trajectory, in Dutch and in English. The last
// one may be missing.
var sheetColumns = [][2]string{{"Pseudoniem", "Pseudonym"}, {"Begin", "Start"}, {"Einde", "End"}, {"Uitkomst", "Outcome"}, {"Uren begeleiding", "Hours of guidance"}}

// readWorkbook returns what each sheet of an account with a row a trajectory tells of each person: that
// of the trajectories claimed, and that of all return trajectories. Sex and age are those of the list.
func readWorkbook(path string, asOf day.Day, listed map[string]*participant) (all []*participant, err error) {
	f, err := regular.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, say.Errorf("read AMIF workbook: %w", err)
	}
	defer f.Close()
	// Nothing of it goes to a temporary file, however large a sheet is.
	book, err := excelize.OpenReader(f, excelize.Options{RawCellValue: true, UnzipSizeLimit: math.MaxInt32, UnzipXMLSizeLimit: math.MaxInt32})
	if err != nil {
		return nil, say.Errorf("read AMIF workbook: %s: %w\n  Put the file back as lvv run wrote it.", path, err)
	}
	defer book.Close()
	outcomes := accountOutcomes()
	persons := map[string]*participant{} // by kind of sheet and pseudonym
	for _, name := range book.GetSheetList() {
		rows, err := book.Rows(name)
		if err != nil {
			return nil, say.Errorf("read AMIF workbook: %s: %w", path, err)
		}
		var columns []int
		for line := 1; rows.Next(); line++ {
			row, err := rows.Columns()
			if err != nil {
				return nil, say.Errorf("read AMIF workbook: %s: %w", path, err)
			}
			if columns == nil {
				columns = trajectoryColumns(row)
				continue
			}
			g, pseudonym, ok := sheetRow(row, columns, outcomes)
			if pseudonym == "" {
				continue
			}
			if !ok {
				return nil, say.Errorf("read AMIF workbook: %s: row %d of sheet %s is not as this program writes one\n  Put the file back as lvv run wrote it.", path, line, name)
			}
			key := fmt.Sprint(len(columns), pseudonym)
			if persons[key] == nil {
				persons[key] = listed[pseudonym].beyond(asOf)
				all = append(all, persons[key])
			}
			persons[key].add(g)
		}
		if err := rows.Close(); err != nil {
			return nil, say.Errorf("read AMIF workbook: %s: %w", path, err)
		}
	}
	return all, nil
}

// trajectoryColumns are the places of sheetColumns in a header; nil for another row.
func trajectoryColumns(row []string) (at []int) {
	for i, heading := range sheetColumns {
		place := slices.IndexFunc(row, func(s string) bool { return s == heading[0] || s == heading[1] })
		if place < 0 && i < len(sheetColumns)-1 {
			return nil
		}
		if place >= 0 {
			at = append(at, place)
		}
	}
	return at
}

// sheetRow reads a row; ok is whether it is one of an account.
func sheetRow(row []string, columns []int, outcomes map[string]string) (g guidance, pseudonym string, ok bool) {
	value := func(i int) string {
		if i < len(columns) && columns[i] < len(row) {
			return row[columns[i]]
		}
		return ""
	}
	var known, ended bool
	g.start, ok = serialDay(value(1))
	g.end, ended = serialDay(value(2))
	g.outcome, known = outcomes[value(3)]
	if hours, err := strconv.ParseFloat(value(4), 64); err == nil {
		g.hours = hoursLeaf(hours)
	}
	return g, value(0), ok && known && (ended || value(2) == "")
}

// serialDay is the day of a date cell; day.None, and not ok, for another one.
func serialDay(text string) (day.Day, bool) {
	n, err := strconv.Atoi(text)
	if err != nil {
		return day.None, false
	}
	return day.Of(1899, 12, 30) + day.Day(n), true
}
