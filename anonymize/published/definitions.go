package published

import "lvv/sql"

// Carries reports whether the figures of an id belong in a published document.
func Carries(c *sql.Catalogue, id string) bool {
	f := c.Figure(id)
	return f != nil && f.Printed
}

// DefinitionsOf says what every figure that a document carries means, area by area, in a language.
func DefinitionsOf(c *sql.Catalogue, lang string) []Area {
	var list []Area
	for _, area := range c.Areas {
		if area.Account {
			continue
		}
		a := Area{ID: area.ID, Title: area.Title.In(lang)}
		for i := range c.Figures {
			if f := &c.Figures[i]; f.Area == area.ID && f.Printed {
				a.Entries = append(a.Entries, Definition{
					ID: f.ID, Title: f.Title.In(lang), Text: f.Definition.In(lang), Unit: f.Unit, Article: f.Article,
					Numerator: f.Numerator.In(lang), Denominator: f.Denominator.In(lang),
				})
			}
		}
		list = append(list, a)
	}
	return list
}
