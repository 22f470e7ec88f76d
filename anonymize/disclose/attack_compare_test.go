package disclose

import (
	"slices"
)

// cumulative are the figures that only grow, by their dimension.
var cumulative = map[string][]string{
	"durable.cases": {"outcome"}, "durable.region": {"region"}, "durable.destination": {"region"}, "population.admitted": {"sex", "age_band", "region"},
	"conference.end_grounds_to_date": {"end_ground"}, "subgoal.admitted": {"special_group"}, "subgoal.put_forward": {"special_group"}, "subgoal.solution_tested": {"special_group"},
}

// compare enters what follows from two successive quarters: what only grows, the part that was added, best outcomes that
// only get better, and procedures that stay pending until they are decided.
func compare(before, after *paper) {
	r := after.r
	for _, id := range slices.Sorted(func(yield func(string) bool) {
		for id := range cumulative {
			if !yield(id) {
				return
			}
		}
	}) {
		for _, dim := range cumulative[id] {
			for _, v := range after.values(id, dim, 1) {
				was, ok := before.one(id, dim+"="+v)
				is, also := after.one(id, dim+"="+v)
				if !ok || !also {
					continue
				}
				added := r.atMost([]int{was}, []int{is}, "added to "+id)
				if g, ok := after.cell["added "+v]; ok && id == "durable.cases" {
					r.equal([]int{added}, []int{g})
				}
				if now, ok := after.one("conference.end_grounds", dim+"="+v); ok && id == "conference.end_grounds_to_date" {
					r.equal([]int{added}, []int{now})
				}
			}
		}
	}
	for _, g := range after.values("subgoal.admitted", "special_group", 1) {
		var was, is []int
		for _, level := range []string{"durable", "semi_durable", "none"} {
			a, ok := before.one("subgoal.level", "special_group="+g, "level="+level)
			b, also := after.one("subgoal.level", "special_group="+g, "level="+level)
			if !ok || !also {
				break
			}
			was, is = append(was, a), append(is, b)
			r.atMost(was, is, "bettered since")
		}
	}
	for _, k := range after.values("procedure.filed", "kind", 1) {
		pending, ok1 := before.one("procedure.pending_on_reference_date", "kind="+k)
		filed, ok2 := after.one("procedure.filed", "kind="+k)
		decided, ok3 := after.one("procedure.decided", "kind="+k)
		still, ok4 := after.one("procedure.pending_on_reference_date", "kind="+k)
		if ok1 && ok2 && ok3 && ok4 {
			r.equal([]int{pending, filed}, []int{decided, still})
		}
	}
}
