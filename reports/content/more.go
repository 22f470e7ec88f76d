package content

import (
	"slices"
	"strings"

	"lvv/anonymize/published"
)

// showTheRest gives every figure that no table has one in its chapter, under its own name: the section that its id begins with, else
// that of its area. So a figure needs no place of its own to be shown.
func (b *builder) showTheRest(sections []Section) {
	shown, known := map[*published.Figure]bool{}, map[string]bool{}
	for i := range sections {
		for k := range sections[i].Parts {
			if t := sections[i].Parts[k].Table; t != nil {
				for _, f := range t.figures {
					if f != nil {
						shown[f], known[f.ID] = true, true
					}
				}
			}
		}
	}
	sectionOf := map[string]string{} // of the figures that have a definition
	for _, area := range b.doc.Definitions {
		for _, of := range area.Entries {
			sectionOf[of.ID] = area.ID
			if own, _, _ := strings.Cut(of.ID, "."); slices.ContainsFunc(sections, func(s Section) bool { return s.ID == own }) {
				sectionOf[of.ID] = own
			}
		}
	}
	rows := map[string][]row{} // by section
	for i := range b.doc.Figures {
		f := &b.doc.Figures[i]
		if in := sectionOf[f.ID]; in != "" && !shown[f] && (len(f.Dims) > 0 || !known[f.ID]) { // a total that no breakdown has is for those who add up
			var dims []string
			for _, d := range f.Dims {
				dims = append(dims, d.Name, d.Value)
			}
			rows[in] = append(rows[in], row{b.titled(f.ID, f.Dims), f.ID, dims})
		}
	}
	for i := range sections {
		s := &sections[i]
		if of := rows[s.ID]; len(of) > 0 {
			s.Parts = append(s.Parts, b.tablePart(b.list(s.ID+"-more", b.Pick("Meer cijfers", "More figures"), of...)))
		}
	}
}
