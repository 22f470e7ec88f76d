package html

// internal is the area whose figures are for the State alone and not in this report.
const internal = "amif"

// title is what the catalogue calls a figure.
func (b *builder) title(id string) string {
	if f := b.catalogue.Figure(id); f != nil {
		return f.Title.In(string(b.lang))
	}
	return id
}

// definitions lists what every figure of the report means, area by area.
func (b *builder) definitions() []chapter {
	var list []chapter
	lang := string(b.lang)
	for _, area := range b.catalogue.Areas {
		if area.ID == internal {
			continue
		}
		c := chapter{Title: area.Title.In(lang)}
		for i := range b.catalogue.Figures {
			if f := &b.catalogue.Figures[i]; f.Area == area.ID {
				c.Entries = append(c.Entries, definition{ID: f.ID, Title: f.Title.In(lang), Text: f.Definition.In(lang),
					Article: f.Article, Numerator: f.Numerator.In(lang), Denominator: f.Denominator.In(lang)})
			}
		}
		list = append(list, c)
	}
	return list
}
