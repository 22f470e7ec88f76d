package ingest

// reason is a reason code in one byte; 0 means that nothing is wrong.
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
	identifierInText
	timeZone
	shortYear
	yearOnly
	ambiguousDate
	ambiguousNumber
	formulaError
	formulaNotCalculated
	mergedAway
	otherHeader
	roundedNumber
	reasons // their number
)

var reasonCodes = [reasons]string{
	fine: "", missingRequired: MissingRequired, invalidDate: InvalidDate, invalidVNumber: InvalidVNumber,
	invalidCode: InvalidCode, invalidNumber: InvalidNumber, invalidBoolean: InvalidBoolean, invalidText: InvalidText,
	invalidCountry: InvalidCountry, duplicateKey: DuplicateKey, orphan: Orphan, endBeforeStart: EndBeforeStart,
	malformedRow: MalformedRow, identifierInText: IdentifierInText, timeZone: TimeZone, shortYear: ShortYear, yearOnly: YearOnly,
	ambiguousDate: AmbiguousDate, ambiguousNumber: AmbiguousNumber, formulaError: FormulaError, formulaNotCalculated: FormulaNotCalculated,
	mergedAway: MergedCell, otherHeader: OtherHeader, roundedNumber: RoundedNumber,
}

func (r reason) String() string { return reasonCodes[r] }
