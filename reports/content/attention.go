package content

import (
	"slices"

	"lvv/anonymize/published"
)

// Item is one line of a list, with the part or section that says more.
type Item struct {
	Text string
	Link string // id; empty for none
}

// Verdict says in a word how it stands, and by which rule.
type Verdict struct {
	Word string
	Rule string
	Tone Tone
}

// Tone is how a verdict is meant.
type Tone string

// The tones of a verdict.
const (
	OnCourse Tone = "on-course"
	Watch    Tone = "watch"
	Behind   Tone = "behind"
)

func (b *builder) verdict(t Tone, nl, en string, args ...any) *Verdict {
	words := map[Tone]string{OnCourse: b.Pick("op koers", "on course"), Watch: b.Pick("let op", "watch"), Behind: b.Pick("achter", "behind")}
	return &Verdict{Word: words[t], Tone: t, Rule: "(" + b.say(nl, en, args...) + ")"}
}

// fewestInRate is on how many a share must rest before the report draws attention to it.
const fewestInRate = 5

// attention lists what the steering group may have to decide on: what lies outside the bounds of the pilot's
// terms, each with its number and its bound.
func (b *builder) attention() Part {
	p := Part{ID: "attention", Title: b.Pick("Aandacht en besluiten", "Attention and decisions")}
	if text := b.staleRegisters(); text != "" {
		p.Items = append(p.Items, Item{text, "quality"})
	}
	for _, list := range [][]Item{b.occupancyAttention(), b.deadlineAttention(), b.meetingsAttention(), b.solutionAttention(), b.moneyAttention()} {
		p.Items = append(p.Items, list...)
	}
	if len(p.Items) == 0 {
		p.Text = b.Pick("Geen van de cijfers ligt buiten de grenzen die de voorwaarden van de pilot noemen.", "None of the figures lies outside the bounds that the pilot's terms set.")
	}
	return p
}

func (b *builder) bound(share float64) string { return b.Percent(share, 0) }

func (b *builder) occupancyAttention() []Item {
	var list []Item
	bounds := b.doc.Terms.Attention
	if f := b.figure("occupancy.rate"); f.Known() && f.Value.Float() < bounds.Occupancy {
		list = append(list, Item{b.say("De bezetting is %s; de grens is %s.", "Occupancy is %s; the bound is %s.", b.show(f), b.bound(bounds.Occupancy)), "occupancy-daily"})
	}
	for _, f := range b.doc.Breakdown("occupancy.utilisation", "location") {
		switch {
		case !f.Known():
		case f.Value.Float() > bounds.LocationHigh:
			list = append(list, Item{b.say("%s is voller dan de plaatsen daar: %s; de grens is %s.", "%s holds more than its places: %s; the bound is %s.", f.Dim("location"), b.show(f), b.bound(bounds.LocationHigh)), "occupancy-location"})
		case f.Value.Float() < bounds.LocationLow:
			list = append(list, Item{b.say("%s is voor %s benut; de grens is %s.", "%s is used for %s; the bound is %s.", f.Dim("location"), b.show(f), b.bound(bounds.LocationLow)), "occupancy-location"})
		}
	}
	return list
}

// deadlineAttention looks at what must happen within a term.
func (b *builder) deadlineAttention() []Item {
	var list []Item
	norm := b.doc.Terms.Attention.OnTime
	for _, of := range []struct{ id, link string }{{"review.within_deadline", "guidance-deadlines"}, {"escalation.within_deadline", "guidance-deadlines"},
		{"conference.change_followed", "guidance-deadlines"}, {"conference.scenario_set", "guidance-deadlines"}, {"caseload.review_current", "caseload"}} {
		f := b.figure(of.id)
		if b.ofHowMany(f) != "" && f.Denominator.Float() >= fewestInRate && f.Value.Float() < norm {
			list = append(list, Item{b.say("%s: %s (%s); de grens is %s.", "%s: %s (%s); the bound is %s.", b.title(of.id), b.ofHowMany(f), b.show(f), b.bound(norm)), of.link})
		}
	}
	return list
}

func (b *builder) meetingsAttention() []Item {
	var list []Item
	for _, required := range b.doc.Breakdown("governance.meetings_required", "year") {
		held := b.figure("governance.meetings", "kind", "steering_group", "year", required.Dim("year"))
		if held.Known() && required.Known() && held.Value.Float() < required.Value.Float() {
			list = append(list, Item{b.say("Vergaderingen van de stuurgroep in %s: %s; afgesproken zijn er %s.", "Meetings of the steering group in %s: %s; %s were agreed.",
				required.Dim("year"), b.show(held), b.show(required)), "meetings"})
		}
	}
	return list
}

func (b *builder) solutionAttention() []Item {
	if f := b.figure("stability.durable_sheltered_again"); f.Suppressed() || f.Known() && f.Value.Float() > 0 {
		return []Item{{b.say("Weer in de opvang na een bestendige oplossing: %s.", "Back in the shelter after a durable solution: %s.", b.show(f)), "stability"}}
	}
	return nil
}

func (b *builder) moneyAttention() []Item {
	var list []Item
	if f := b.figure("cost.coverage"); f.Known() && f.Value.Float() < 1 {
		list = append(list, Item{b.say("De bijdrage dekt %s van de kosten.", "The contribution covers %s of the costs.", b.show(f)), "cost"})
	}
	for _, f := range b.sourcesBehind() {
		period := b.figure("funding.entitlement", "source", f.Dim("source"))
		list = append(list, Item{b.say("Van %s moet nog %s binnenkomen; dat is meer dan de bijdrage van deze periode (%s).", "Of %s %s is still to come in; that is more than the contribution of this period (%s).",
			f.Dim("source"), b.inText(f.Value, "eur"), b.inText(period.Value, "eur")), "funding-source"})
	}
	return list
}

// sourcesBehind are the balances of the sources of which more is outstanding than the contribution of the period.
func (b *builder) sourcesBehind() []*published.Figure {
	return slices.DeleteFunc(b.doc.Breakdown("funding.balance", "source"), func(f *published.Figure) bool {
		period := b.figure("funding.entitlement", "source", f.Dim("source"))
		return !f.Known() || !period.Known() || f.Value.Float() <= period.Value.Float()
	})
}

func (b *builder) occupancyVerdict() *Verdict {
	f, bounds := b.figure("occupancy.rate"), b.doc.Terms.Attention
	if !f.Known() || b.staleRegisters() != "" || bounds.Occupancy == 0 {
		return nil
	}
	const nl = "achter onder %s bezet; let op als een locatie boven %s of onder %s ligt"
	const en = "behind below %s occupied; watch where a location lies above %s or below %s"
	tone := OnCourse
	switch {
	case f.Value.Float() < bounds.Occupancy:
		tone = Behind
	case len(b.occupancyAttention()) > 0:
		tone = Watch
	}
	return b.verdict(tone, nl, en, b.bound(bounds.Occupancy), b.bound(bounds.LocationHigh), b.bound(bounds.LocationLow))
}

// durableVerdict goes by the forecast at the pilot's end.
func (b *builder) durableVerdict() *Verdict {
	target, low, high := b.figure("durable.target"), b.figure("durable.forecast", "stat", "p10"), b.figure("durable.forecast", "stat", "p90")
	if b.noVerdict() != "" || !target.Known() || !low.Known() || !high.Known() {
		return nil
	}
	tone, goal := Watch, target.Value.Float()
	switch {
	case low.Value.Float() >= goal:
		tone = OnCourse
	case high.Value.Float() < goal:
		tone = Behind
	}
	return b.verdict(tone, "op koers als de lage verwachting (%s) het doel haalt, achter als de hoge (%s) het niet haalt",
		"on course where the low forecast (%s) meets the target, behind where the high one (%s) does not", b.show(low), b.show(high))
}

func (b *builder) fundingVerdict() *Verdict {
	balance, period := b.figure("funding.balance"), b.figure("funding.entitlement")
	if !balance.Known() || !period.Known() {
		return nil
	}
	tone := OnCourse
	if balance.Value.Float() > period.Value.Float() {
		tone = Behind
	} else if len(b.sourcesBehind()) > 0 {
		tone = Watch
	}
	return b.verdict(tone, "achter als meer openstaat dan de bijdrage van een periode; let op als dat voor één bron geldt",
		"behind where more is outstanding than the contribution of a period; watch where that holds for one source")
}
