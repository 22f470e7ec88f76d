package disclose

import (
	"slices"
	"strconv"

	"lvv/internal/day"
)

// cameBack: the shares of those who came back within so many days rest on all who left, or left by a reason, up to so many days before
// the reference date. The days at which those end are edges of their own.
func (x *axis) cameBack() {
	type base struct {
		names []string
		until day.Day
		cell  int
	}
	var of []base
	fine := &axis{r: x.r, papers: x.papers, edges: slices.Clone(x.edges), pieces: map[string][]int{}}
	reasons := slices.DeleteFunc(x.names("outflow.shelter_exits"), func(name string) bool { return name == "outflow.shelter_exits" })
	for _, p := range x.papers {
		for i := range p.d.Figures {
			f := &p.d.Figures[i]
			c, ok := p.cell[f.Name()+"#d"]
			n, err := strconv.Atoi(f.Dim("horizon"))
			until := p.d.Period.AsOf + 1 - day.Day(n)
			if f.ID != "stability.sheltered_again" || !ok || err != nil || until <= p.d.Terms.Start {
				continue
			}
			names := reasons
			if reason := f.Dim("exit_reason"); reason != "" {
				names = []string{"outflow.shelter_exits|exit_reason=" + reason}
			}
			of = append(of, base{names, until, c})
			fine.edges = append(fine.edges, until)
		}
	}
	for n, p := range x.papers {
		if n > 0 {
			p.returnsSince(x.papers[n-1])
		}
	}
	slices.Sort(fine.edges)
	fine.edges = slices.Compact(fine.edges)
	for _, name := range reasons {
		if len(of) == 0 {
			break
		}
		fine.whole(name)
		for k := 1; k < len(x.edges) && x.pieces[name] != nil; k++ {
			x.r.equal(fine.between(name, x.edges[k-1], x.edges[k]), []int{x.of(name)[k]})
		}
	}
	for _, b := range of {
		var left []int
		for _, name := range b.names {
			left = append(left, fine.between(name, x.papers[0].d.Terms.Start, b.until)...)
		}
		if len(left) > 0 {
			x.r.equal(left, []int{b.cell})
		}
	}
}

// returns enters what is known of a report as it was handed out, not of it as it reads today: by each reason some of those who left came back and the
// others did not, also where the share is withheld, and all reasons come to all who left. Whoever did not come back within the longer horizon did not
// within the shorter one.
func (p *paper) returns() {
	const share = "stability.sheltered_again"
	longer := map[string]int{} // by reason: who did not come back within the longer horizon
	for _, horizon := range []string{"730", "365", "180"} {
		var back, left []int
		for _, reason := range p.values(share, "exit_reason", 2) {
			name := share + "|exit_reason=" + reason + "|horizon=" + horizon
			for _, of := range []string{"#n", "#d"} {
				if _, known := p.cell[name+of]; !known {
					p.cell[name+of] = p.r.unknown(p.d.Period.Label + " " + name + of)
				}
			}
			back, left = append(back, p.cell[name+"#n"]), append(left, p.cell[name+"#d"])
			not := p.r.atMost(back[len(back)-1:], left[len(left)-1:], p.d.Period.Label+" not back of "+name)
			if long, also := longer[reason]; also {
				p.r.atMost([]int{long}, []int{not}, "back in between, or left later")
			}
			longer[reason], p.cell[name+"#not"] = not, not
		}
		for n, of := range []string{"#n", "#d"} {
			if all, known := p.cell[share+"|horizon="+horizon+of]; known && len(back) > 0 {
				p.r.equal([][]int{back, left}[n], []int{all})
			}
		}
	}
}

// returnsSince: whoever had come back within a horizon has, and whoever had not has not.
func (p *paper) returnsSince(before *paper) {
	for i := range p.d.Figures {
		name := p.d.Figures[i].Name()
		for _, of := range []string{"#n", "#not"} {
			were, ok := before.cell[name+of]
			if are, also := p.cell[name+of]; ok && also && p.d.Figures[i].ID == "stability.sheltered_again" {
				p.r.atMost([]int{were}, []int{are}, "left since")
			}
		}
	}
}
