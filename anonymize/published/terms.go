package published

import "lvv/transform"

// TermsOf takes from the pilot's terms what a report on the period prints.
func TermsOf(t *transform.Terms, p transform.Period) Terms {
	out := Terms{
		Start: t.Start, End: t.End, TargetCases: t.TargetCases, RateCents: t.RateCents, MeetingsPerYear: t.MeetingsPerYear,
		LongStayDays: t.LongStayDays, Attention: Attention(t.Attention),
	}
	for _, places := range t.Places {
		if places.From <= p.To {
			out.Places = places.Places
		}
	}
	for _, m := range t.Milestones {
		out.Milestones = append(out.Milestones, Milestone(m))
	}
	return out
}
