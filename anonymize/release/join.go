package release

import (
	"math"
	"slices"
)

// join puts every class of groups in which nobody has an outcome yet under one set of labels with a
// class that has l outcomes, so that each class as written has them. The groups keep their size, and
// with it k over deliveries. Where there is no such class they are left out.
func (d *delivery) join(groups [][]*person) {
	joining := map[*person]bool{}
	for _, p := range slices.Concat(groups...) {
		joining[p] = true
	}
	others := group(slices.DeleteFunc(slices.Clone(d.scope), func(p *person) bool { return joining[p] || !p.delivered() }), (*person).classText)
	for _, g := range groups {
		for _, class := range group(g, (*person).classText) {
			labels, at := d.cheapestCover(class, others)
			if at >= 0 {
				class = append(class, others[at]...)
				others[at] = class
			}
			for _, p := range class {
				p.published = labels
			}
		}
	}
}

// cheapestCover returns the labels that cover the class together with one of the others, and the
// place of that one, where they lose least; -1 where there are no others.
func (d *delivery) cheapestCover(class []*person, others [][]*person) (labels [qiCount]string, at int) {
	at = -1
	least := math.Inf(1)
	for i, other := range others[:min(len(others), companySeen)] {
		l, rise := d.cover(class, other), 0.0
		for q := range l {
			after := d.cellLoss(q, l[q])
			rise += float64(len(class))*after + float64(len(other))*(after-d.cellLoss(q, other[0].published[q]))
		}
		if rise < least {
			labels, at, least = l, i, rise
		}
	}
	return labels, at
}

// cover returns the narrowest labels that stand for what is published of the other class, and for all
// persons of this one. Every hierarchy ends in one that stands for all.
func (d *delivery) cover(class, other []*person) (labels [qiCount]string) {
	for q := range labels {
		path := d.path[q][other[0].qi[q]]
		path = path[slices.Index(path, other[0].published[q]):]
		labels[q] = path[slices.IndexFunc(path, func(label string) bool {
			return !slices.ContainsFunc(class, func(p *person) bool { return !slices.Contains(d.path[q][p.qi[q]], label) })
		})]
	}
	return labels
}
