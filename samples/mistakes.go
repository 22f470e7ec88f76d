package samples

import (
	"fmt"
	"slices"
	"strings"

	"lvv/ingest"
	"lvv/internal/day"
)

// mistake lets the registers of the samples be registers: rows that are wrong, delivered twice, or at
// odds with another. Every row that a run must refuse is added to the good ones, so that no figure
// depends on it.
func mistake(b *batch) {
	b.spoilCases()
	b.spoilStays()
	b.spoilTrajectories()
	b.spoilOthers()
}

// row returns a row of a file to change.
func (b *batch) row(table, part, i int) []cell {
	n := stride(table)
	return b.cells[table][part][i*n : (i+1)*n]
}

// insert puts a copy of a row before row i.
func (b *batch) insert(table, part, i int, row []cell) {
	rows := &b.cells[table][part]
	*rows = slices.Insert(*rows, i*stride(table), slices.Clone(row)...)
}

// with returns a copy of a row with other values in the named fields.
func with(table int, row []cell, changes map[string]cell) []cell {
	row = slices.Clone(row)
	for name, c := range changes {
		row[field(table, name)] = c
	}
	return row
}

// rowOf is a row of a table with the named fields filled in.
func rowOf(table int, fields map[string]cell) []cell {
	return with(table, make([]cell, stride(table)), fields)
}

// find returns the first row in which the field satisfies the condition.
func (b *batch) find(table, part int, name string, is func(cell) bool) []cell {
	i := field(table, name)
	for at := range len(b.cells[table][part]) / stride(table) {
		if row := b.row(table, part, at); is(row[i]) {
			return row
		}
	}
	panic("samples: no row to spoil in " + ingest.Contract()[table].Stem)
}

func stride(table int) int { return len(ingest.Contract()[table].Fields) }

// nobody is the number of a case that is in no register as it should be; its rows are orphans.
func nobody(n int) cell { return numberedCell("LVV-2020-", 99990+n, 5) }

func (b *batch) spoilCases() {
	some := b.row(cases, 1, 40)
	b.insert(cases, 1, 61, with(cases, some, map[string]cell{"case_id": nobody(1), "applied_on": textCell("31-02-2020"), "v_number": vNumber(9001)}))
	b.insert(cases, 1, 118, with(cases, some, map[string]cell{"case_id": nobody(2), "decision": textCell("misschien"), "v_number": vNumber(9002)}))
	some = b.row(cases, 0, 90)
	b.insert(cases, 0, 17, with(cases, some, map[string]cell{"case_id": none, "v_number": vNumber(9003)}))
	b.insert(cases, 0, 233, with(cases, some, map[string]cell{"case_id": nobody(4), "decided_on": none, "v_number": vNumber(9004)}))
	b.insert(cases, 0, 301, with(cases, b.row(cases, 0, 300), map[string]cell{"referred_by": codeCell("anders"), "sex": codeCell("x")}))
	b.insert(cases, 0, 152, b.row(cases, 0, 150))
	// Optional fields that cannot be read become empty.
	b.row(cases, 0, 77)[field(cases, "v_number")] = textCell("00-1234")
	b.row(cases, 0, 178)[field(cases, "nationality")] = textCell("Atlantische")
	b.row(cases, 1, 25)[field(cases, "birth_date")] = textCell("onleesbaar")
	// Two applications of one person that do not agree on the date of birth.
	second := b.find(cases, 1, "case_id", func(c cell) bool { return c.n%10 == 1 })
	second[field(cases, "birth_date")] = dateCell(day.Of(1985, 7, 4))
}

func (b *batch) spoilStays() {
	some := b.find(stays, 0, "date_out", func(c cell) bool { return c.kind == date })
	in := some[field(stays, "date_in")]
	b.insert(stays, 0, 55, with(stays, some, map[string]cell{"stay_id": textCell("V900001"), "date_out": dateCell(day.Day(in.n) - 9)}))
	b.insert(stays, 0, 131, with(stays, some, map[string]cell{"stay_id": textCell("V900002"), "case_id": nobody(1)}))
	b.insert(stays, 1, 44, with(stays, some, map[string]cell{"stay_id": textCell("V900003"), "date_in": textCell("2020-13-05"), "organisation": textCell(organisations[1])}))
	b.insert(stays, 2, 12, with(stays, some, map[string]cell{"stay_id": textCell("V900004"), "location": none, "organisation": textCell(organisations[2])}))
	b.insert(stays, 2, 90, with(stays, b.row(stays, 2, 80), map[string]cell{"exit_reason": codeCell("overleden"), "date_out": dateCell(extracted)}))
	b.insert(stays, 3, 30, with(stays, some, map[string]cell{"stay_id": textCell("V900005"), "location": textCell("Testdijk " + strings.Repeat("!", 600)), "organisation": textCell(organisations[3])}))
	// One organisation delivers two stays of another as well.
	b.insert(stays, 1, 101, b.row(stays, 0, 20))
	b.insert(stays, 1, 102, b.row(stays, 0, 21))
	b.row(stays, 3, 7)[field(stays, "exit_reason")] = textCell("weg")
}

func (b *batch) spoilTrajectories() {
	some := b.row(trajectories, 0, 12)
	b.insert(trajectories, 0, 70, with(trajectories, some, map[string]cell{"trajectory_id": textCell("T900001"), "case_id": nobody(1)}))
	b.insert(trajectories, 0, 200, with(trajectories, some, map[string]cell{"trajectory_id": textCell("T900002"), "scenario": textCell("wachten")}))
	// A second NGO guides the same person to return, with the same subsidy.
	doubled := b.find(trajectories, 0, "amif", func(c cell) bool { return c.kind == flag && c.n == 1 })
	b.insert(trajectories, 0, 301, with(trajectories, doubled, map[string]cell{"trajectory_id": textCell("T900003"), "ended_on": none, "outcome": none,
		"destination": none, "departed_on": none, "departure_evidence": none, "organisation": textCell(organisations[1])}))
	running := b.find(trajectories, 0, "ended_on", func(c cell) bool { return c.kind == blank })
	running[field(trajectories, "outcome")] = codeCell("terugkeer") // and no end: does not count
	b.insert(guidance, 0, 410, rowOf(guidance, map[string]cell{"trajectory_id": textCell("T900001"), "held_on": dateCell(day.Of(2020, 6, 4)), "kind": codeCell("gesprek"), "hours": centsCell(150)}))
	b.row(guidance, 0, 33)[field(guidance, "hours")] = textCell("anderhalf")
}

func (b *batch) spoilOthers() {
	b.insert(conferences, 0, 205, with(conferences, b.row(conferences, 0, 3), map[string]cell{"held_on": textCell("volgt")}))
	b.insert(reviews, 0, 9, rowOf(reviews, map[string]cell{"case_id": nobody(2), "submitted_on": dateCell(day.Of(2020, 5, 6))}))
	b.row(reviews, 0, 4)[field(reviews, "adopted")] = textCell("deels")
	b.insert(capacity, 0, 8, rowOf(capacity, map[string]cell{"location": textCell(siteNames[7]), "valid_from": dateCell(day.Of(2021, 1, 1)), "places": textCell("ca. 30")}))
	b.insert(payments, 0, 5, rowOf(payments, map[string]cell{"received_on": dateCell(day.Of(2019, 9, 2)), "source": textCell("gemeentefonds"), "amount": textCell("zie bijlage"), "reference": textCell("GF-2019-X")}))
	b.insert(costs, 0, 21, rowOf(costs, map[string]cell{"spent_on": dateCell(day.Of(2019, 8, 30)), "kind": textCell("koffie"), "amount": centsCell(12_50)}))
}

// field is the index of a field, which the contract must have.
func field(table int, name string) int {
	i := slices.IndexFunc(ingest.Contract()[table].Fields, func(f ingest.Field) bool { return f.Name == name })
	if i < 0 {
		panic(fmt.Sprintf("samples: %s has no field %q", ingest.Contract()[table].Stem, name))
	}
	return i
}
