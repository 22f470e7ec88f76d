package ingest

// reason is the reason code of a reject in one byte; 0 means that nothing is wrong.
type reason uint8

const (
	fine reason = iota
	missingRequired
	invalidDate
	invalidVNumber
	invalidCode
	invalidNumber
	invalidBoolean
	invalidText
	invalidCountry
	duplicateKey
	orphan
	endBeforeStart
	malformedRow
	identifierInText     // a check too, which counts both the rows and the fields that were emptied
	timeZone             // a time with a zone: the date may be another day here
	shortYear            // a year of two digits
	yearOnly             // a year in place of a date
	ambiguousDate        // day and month may have changed places, judged by the column
	ambiguousNumber      // point or comma may separate decimals or thousands, judged by the column
	formulaError         // #NAME? and the like
	formulaNotCalculated // a formula whose value the workbook does not hold
	mergedAway           // the value stands in another cell with which this one is merged
	otherHeader          // the row stands below a header that is none of the table's
	roundedNumber        // a number to identify by that a spreadsheet wrote as a power of ten
	reasons              // their number
)

var reasonCodes = [reasons]string{
	fine: "", missingRequired: "missing_required", invalidDate: "invalid_date", invalidVNumber: "invalid_v_number",
	invalidCode: "invalid_code", invalidNumber: "invalid_number", invalidBoolean: "invalid_boolean", invalidText: "invalid_text",
	invalidCountry: "invalid_country", duplicateKey: "duplicate_key", orphan: "orphan", endBeforeStart: "end_before_start",
	malformedRow: "malformed_row", identifierInText: "identifier_in_text", timeZone: "time_zone", shortYear: "short_year", yearOnly: "year_only",
	ambiguousDate: "ambiguous_date", ambiguousNumber: "ambiguous_number", formulaError: "formula_error", formulaNotCalculated: "formula_not_calculated",
	mergedAway: "merged_cell", otherHeader: "other_header", roundedNumber: "rounded_number",
}

func (r reason) String() string { return reasonCodes[r] }
