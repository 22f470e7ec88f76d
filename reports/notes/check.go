package notes

import (
	"errors"
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"lvv/anonymize/published"
	"lvv/internal/say"
	"lvv/reports"
)

var (
	mail = regexp.MustCompile(`\S+@\S+\.\S+`)
	// What holds many digits and is nobody's number: days, and amounts of money.
	dates   = regexp.MustCompile(`\b\d{4}-\d{1,2}-\d{1,2}\b|\b\d{1,2}-\d{1,2}-\d{4}\b|\b\d{1,2} \pL+ \d{4}\b|\b\d{1,2} (?i:jan|feb|m(aa)?r|apr|ma?[iy]|may|jun|jul|aug|sep|o[kc]t|nov|dec)\pL*`)
	amounts = regexp.MustCompile(`€ ?\d[\d.,]*\d?`)
	// As a case is numbered: letters and at least three digits in one word.
	numbered = regexp.MustCompile(`\b(\pL+[-/.]?\d{2,}[-/.]?\d+|\d{3,}[-/.]?\pL+\d*)\b`)
	period   = regexp.MustCompile(`^\d{4}-?[QqKk]\d$`)
	// As people are named, and a date that is somebody's.
	titled = regexp.MustCompile(`\b(?i:de heer|dhr|meneer|mevrouw|mevr|mw|mister|mr|mrs|miss|ms)\b\.? \p{Lu}`)
	born   = regexp.MustCompile(`(?i)\b(geboren|geboortedatum|born|date of birth)\b`)
)

// longNumber is from how many digits in a row, however grouped, a number may be somebody's: a BSN has nine, a V-number
// ten, and either may have lost zeros in front.
const longNumber = 7

// identifier says what in a text may point to one person; nil where nothing does.
func identifier(text string) error {
	bare := amounts.ReplaceAllString(dates.ReplaceAllString(text, " x "), " x ")
	switch {
	case mail.MatchString(text):
		return say.Errorf("an e-mail address")
	case titled.MatchString(text):
		return say.Errorf("the name of a person")
	case born.MatchString(text):
		return say.Errorf("a word about a birth")
	}
	n := 0
	for _, r := range bare {
		switch {
		case unicode.IsNumber(r):
			if n++; n == longNumber {
				return say.Errorf("a long number")
			}
		case unicode.IsLetter(r):
			n = 0
		}
	}
	for _, word := range numbered.FindAllString(bare, -1) {
		if !period.MatchString(word) {
			return say.Errorf("a word with a number in it, as cases have")
		}
	}
	return nil
}

// counted are the words for those whom small counts are about.
var counted = regexp.MustCompile(`(?i)^(mens(en)?|perso(on|nen)|casus(sen)?|traject(en)?|deelnemers?|bewoners?|cliënt(en)?|aanmelding(en)?|aanmelders?|man(nen)?|vrouw(en)?|kind(eren)?|gezin(nen)?|jongeren?|ouderen?|vertrokken(en)?|people|persons?|cases?|trajector(y|ies)|participants?|residents?|applications?|applicants?|m[ae]n|wom[ae]n|child(ren)?|famil(y|ies))$`)

// spelled are the numbers that people write as words.
var spelled = map[string]int64{
	"één": 1, "eén": 1, "een": 1, "twee": 2, "drie": 3, "vier": 4, "vijf": 5, "zes": 6, "zeven": 7, "acht": 8, "negen": 9, "tien": 10, "elf": 11, "twaalf": 12,
	"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
}

var (
	word      = regexp.MustCompile(`[\pL\d]+`)
	sentences = regexp.MustCompile(`[.!?]+\s`)
)

// Check refuses notes that tell what the document hides: a count of people below its smallest one, and a number that a
// hidden cell may have in a sentence that names the cell. All of them are told together, by section and date.
func Check(d *published.Document) error {
	if d.MinCell <= 1 {
		return nil
	}
	var faults []error
	for _, n := range d.Notes {
		for _, sentence := range sentences.Split(n.Text, -1) {
			if what := tells(d, sentence); what != nil {
				faults = append(faults, say.Errorf("the note of %v on %s says %w, which the report hides\n  Say it without the number, such as \"enkele\" or \"some\".", n.Date, n.Section, what))
				break
			}
		}
	}
	return errors.Join(faults...)
}

// reach is how many words may stand between a number and what it counts.
const reach = 3

// tells says which hidden number a sentence tells; nil for none.
func tells(d *published.Document, sentence string) error {
	bare := amounts.ReplaceAllString(dates.ReplaceAllString(sentence, " "), " ")
	words := word.FindAllString(bare, -1)
	var numbers []int64
	for i, w := range words {
		n, ok := spelled[strings.ToLower(w)]
		if !ok {
			parsed, err := strconv.ParseInt(w, 10, 64)
			if err != nil {
				continue
			}
			n = parsed
		}
		if strings.EqualFold(w, "een") { // an article
			continue
		}
		numbers = append(numbers, n)
		if n < 1 || n >= int64(d.MinCell) {
			continue
		}
		for _, next := range words[i+1 : min(len(words), i+1+reach)] {
			if counted.MatchString(next) {
				return say.Errorf("%q", w+" "+next)
			}
		}
	}
	lower := " " + strings.ToLower(strings.Join(words, " ")) + " "
	for i := range d.Figures {
		f := &d.Figures[i]
		if f.Hidden == "" && f.Range == nil {
			continue
		}
		label := named(lower, f, reports.Lang(d.Lang))
		if label == "" {
			continue
		}
		low, high := int64(1), int64(d.MinCell-1)
		if f.Range != nil {
			low, high = f.Range.Low, f.Range.High
		}
		for _, n := range numbers {
			if n >= low && (n <= high || high == published.Unbounded) {
				return say.Errorf("%d beside %q", n, label)
			}
		}
	}
	return nil
}

// named is the label of a cell by which a sentence names it, of any of its dimensions; empty for none.
func named(sentence string, f *published.Figure, lang reports.Lang) string {
	for _, dim := range f.Dims {
		label := strings.Join(word.FindAllString(strings.ToLower(reports.Label(dim.Name, dim.Value, lang)), -1), " ")
		if len(label) > 2 && strings.Contains(sentence, " "+label+" ") {
			return label
		}
	}
	return ""
}
