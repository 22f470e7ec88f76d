package transform

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"lvv/anonymize/pseudonym"
	"lvv/internal/say"
	"lvv/transform/engine"
)

// Gap says what an organisation must complete or check before the account can be submitted.
type Gap struct {
	Organisation string
	Reason       string
	People       []GapPerson // in the order of the account
}

// GapPerson is a participant with a gap. File counts the run's files; Line is the row in it of the
// trajectory that the gap concerns.
type GapPerson struct {
	Pseudonym  string // under purpose amif; "" when the gaps were asked for without an account
	File, Line int64
}

// AMIFGaps says what is missing for an account of the period. It needs no key, so that a delivery can
// be mended before the deadline.
func AMIFGaps(ctx context.Context, eng engine.Engine, t *Terms, p Period) ([]Gap, error) {
	people, err := loadPeople(ctx, eng, t, p)
	if err != nil {
		return nil, say.Errorf("read AMIF trajectories: %w", err)
	}
	// The store's order is that of pseudonyms; readers expect that of the source.
	slices.SortFunc(people, func(x, y Participant) int {
		return cmp.Or(cmp.Compare(x.Trajectories[0].file, y.Trajectories[0].file), cmp.Compare(x.Trajectories[0].line, y.Trajectories[0].line))
	})
	return gapsOf(people), nil
}

// gapReasons orders the reasons: what costs the claim first.
var gapReasons = []string{
	ReasonNoEvidence, ReasonNoDepartureDate, ReasonNoGuidance, ReasonDouble, ReasonIdentityUnknown, ReasonUnknownBirthDate, ReasonUnknownSex,
}

// gapsOf groups the persons' gaps by organisation and reason.
func gapsOf(people []Participant) []Gap {
	type group struct{ organisation, reason string }
	groups := map[group]Gap{}
	for i := range people {
		p := &people[i]
		for _, reason := range p.Reasons {
			t := p.concerned(reason)
			k := group{t.Organisation, reason}
			g := groups[k]
			g.Organisation, g.Reason = k.organisation, k.reason
			g.People = append(g.People, GapPerson{Pseudonym: p.Pseudonym, File: t.file, Line: t.line})
			groups[k] = g
		}
	}
	return slices.SortedFunc(maps.Values(groups), func(x, y Gap) int {
		return cmp.Or(cmp.Compare(x.Organisation, y.Organisation),
			cmp.Compare(slices.Index(gapReasons, x.Reason), slices.Index(gapReasons, y.Reason)))
	})
}

// concerned is the trajectory that a gap concerns: the one that lacks evidence or a date, the later
// one of a double participation, and the first for what is unknown of the person.
func (p *Participant) concerned(reason string) *AccountTrajectory {
	for i := range p.Trajectories {
		t := &p.Trajectories[i]
		if reason == ReasonNoEvidence && t.noEvidence || reason == ReasonNoDepartureDate && t.noDeparture {
			return t
		}
	}
	if reason == ReasonDouble && len(p.Trajectories) > 1 {
		return &p.Trajectories[1]
	}
	return &p.Trajectories[0]
}

// sourceRow is where a piece of the account's evidence stands.
type sourceRow struct {
	person   int32 // index into Participants, then Earlier
	sequence int32
	file     int32
	register uint8 // index into originRegisters
	line     int64
}

// originRegisters are the registers that the account rests on.
var originRegisters = []string{"cases", "trajectories", "guidance"}

// Origin is a row of an export that the account rests on.
type Origin struct {
	Steward  string // pseudonym under purpose beheer
	Sequence int64  // of the person's trajectory
	Register string // canonical name
	File     int    // counts the run's files
	Line     int64
}

// loadSources reads where the evidence stands, in the order of the steward's pseudonyms.
func (a *Account) loadSources(ctx context.Context, eng engine.Engine, t *Terms, p Period) error {
	index := map[pseudonym.Pseudonym]int32{}
	for p := range a.people {
		index[p.key] = int32(len(index))
	}
	err := selectPersons(ctx, eng, t, p, "account_sources", func(key pseudonym.Pseudonym, row engine.Row) error {
		a.sources = append(a.sources, sourceRow{
			person: index[key], sequence: int32(row.Get("sequence").Int()), register: uint8(slices.Index(originRegisters, row.Get("register").Str())),
			file: int32(row.Get("file_no").Int()), line: row.Get("line_no").Int(),
		})
		return nil
	})
	if err != nil {
		return err
	}
	slices.SortFunc(a.sources, func(x, y sourceRow) int {
		return cmp.Or(cmp.Compare(a.person(x.person).Steward, a.person(y.person).Steward), cmp.Compare(x.sequence, y.sequence),
			cmp.Compare(x.register, y.register), cmp.Compare(x.file, y.file), cmp.Compare(x.line, y.line))
	})
	return nil
}

// person is a participant by its index in both lists together.
func (a *Account) person(i int32) *Participant {
	if n := int32(len(a.Participants)); i >= n {
		return &a.Earlier[i-n]
	}
	return &a.Participants[i]
}

// people yields who is in both lists together, in their order.
func (a *Account) people(yield func(*Participant) bool) {
	for i := range len(a.Participants) + len(a.Earlier) {
		if !yield(a.person(int32(i))) {
			return
		}
	}
}

// Origins yields where the evidence of the account stands, by the steward's pseudonym.
func (a *Account) Origins(yield func(Origin) bool) {
	for _, s := range a.sources {
		o := Origin{Steward: a.person(s.person).Steward, Sequence: int64(s.sequence), Register: originRegisters[s.register], File: int(s.file), Line: s.line}
		if !yield(o) {
			return
		}
	}
}

// StewardOf returns the steward's pseudonym of a participant by that of the account: the join between
// what an auditor holds and the origins, which only a run with the key can make.
func (a *Account) StewardOf(pseudonym string) (string, bool) {
	for p := range a.people {
		if p.Pseudonym == pseudonym {
			return p.Steward, true
		}
	}
	return "", false
}
