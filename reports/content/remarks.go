package content

import (
	"cmp"
	"slices"

	"lvv/anonymize/published"
	"lvv/internal/day"
	"lvv/transform/engine"
)

func (b *builder) remarks(section string) []Remark {
	var list []Remark
	for _, n := range b.doc.Notes {
		if n.Section == section {
			list = append(list, Remark{From: b.say("Toelichting van de projectleider, %s", "Note of the project leader, %s", b.DateLong(n.Date)), Text: n.Text})
		}
	}
	return list
}

// events marks the pilot's milestones, and the days of the remarks on the section, in a chart over dates. Each has a
// number, which a key explains.
func (b *builder) events(section string, c *Chart) {
	if c == nil || c.X.Format != "date" {
		return
	}
	marked := slices.Clone(b.doc.Terms.Milestones)
	for _, n := range b.doc.Notes {
		if n.Section == section {
			marked = append(marked, published.Milestone{Date: n.Date, Name: b.Pick("toelichting van de projectleider, hierboven", "note of the project leader, above")})
		}
	}
	slices.SortStableFunc(marked, func(x, y published.Milestone) int { return cmp.Compare(x.Date, y.Date) })
	from, to := c.span()
	for _, m := range marked {
		if m.Date < from || m.Date > to {
			continue
		}
		name := b.Count(int64(len(c.Events) + 1))
		c.Events = append(c.Events, Event{engine.DateOf(m.Date), name})
		c.Keys = append(c.Keys, Key{Mark: name, Text: b.DateLong(m.Date) + ": " + m.Name})
	}
}

// span is from which day to which a chart over dates goes.
func (c *Chart) span() (from, to day.Day) {
	from, to = day.None, day.None
	for _, s := range c.Series {
		for _, p := range s.Points {
			if d := p.X.Day(); d != day.None {
				if from == day.None || d < from {
					from = d
				}
				to = max(to, d)
			}
		}
	}
	return from, to
}
