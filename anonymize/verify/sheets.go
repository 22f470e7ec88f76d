package verify

import (
	"errors"
	"io/fs"
	"math"
	"path/filepath"
	"slices"
	"strconv"
	"time"

	"github.com/xuri/excelize/v2"

	"lvv/internal/regular"
	"lvv/internal/say"
)

// sheetHeadings are the English names of the headings of a sheet with a row a trajectory.
var sheetHeadings = map[string]string{"Pseudoniem": "Pseudonym", "Begin": "Start", "Einde": "End", "Uitkomst": "Outcome", "Uren begeleiding": "Hours of guidance"}

// readSheets reads the sheets of an AMIF workbook that have a row a trajectory; none where there is no workbook.
func readSheets(path string) (sheets []*table, err error) {
	f, err := regular.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer f.Close()
	// With these limits no sheet goes to a temporary file.
	book, err := excelize.OpenReader(f, excelize.Options{RawCellValue: true, UnzipSizeLimit: math.MaxInt32, UnzipXMLSizeLimit: math.MaxInt32})
	if err != nil {
		return nil, say.Errorf("read %s: %w", filepath.Base(path), err)
	}
	defer book.Close()
	for _, name := range book.GetSheetList() {
		rows, err := book.GetRows(name)
		if err != nil {
			return nil, say.Errorf("read %s: %w", filepath.Base(path), err)
		}
		for i, row := range rows {
			t := &table{rows: rows[i+1:]}
			for _, heading := range row {
				if english, ok := sheetHeadings[heading]; ok {
					heading = english
				}
				t.columns = append(t.columns, heading)
			}
			if !slices.ContainsFunc([]string{"Pseudonym", "Start", "End", "Outcome"}, func(c string) bool { return t.column(c) < 0 }) {
				sheets = append(sheets, t)
				break
			}
		}
	}
	return sheets, nil
}

// parseSheet returns what a sheet tells of each person; sex and age are those of the list.
func parseSheet(t *table, asOf time.Time, outcomes map[string]string, listed map[string]participant) (out []participant, err error) {
	places := map[string]int{}
	for i, row := range t.rows {
		v := func(column string) string { return t.value(row, column) }
		g := guidance{running: v("End") == "", end: asOf}
		start, err := excelDate(v("Start"))
		if err == nil && !g.running {
			g.end, err = excelDate(v("End"))
		}
		outcome, ok := outcomes[v("Outcome")]
		if err != nil || !ok || v("Pseudonym") == "" {
			return nil, say.Errorf("trajectory %d of a sheet cannot be read", i+1)
		}
		g.start, g.outcome = start, outcome
		if hours, err := strconv.ParseFloat(v("Hours of guidance"), 64); err == nil {
			g.hours = hoursBand(hours)
		}
		at, seen := places[v("Pseudonym")]
		if !seen {
			at = len(out)
			known := listed[v("Pseudonym")]
			places[v("Pseudonym")], out = at, append(out, participant{sex: known.sex, ages: known.ages, ageKnown: known.ageKnown, start: start})
		}
		p := &out[at]
		if start.Before(p.start) {
			p.start = start
		}
		p.trajectories++
		p.returned = p.returned || outcome == "return"
		p.courses = append(p.courses, g)
	}
	return out, nil
}

func excelDate(text string) (time.Time, error) {
	n, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return time.Time{}, err
	}
	return excelize.ExcelDateToTime(n, false)
}
