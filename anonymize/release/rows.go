package release

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"lvv/internal/day"
	"lvv/internal/say"
	"lvv/transform"
	"lvv/transform/engine"
)

// readTables reads the three tables out of the engine. Trajectories and courses are those of persons
// with an admitted case, who are the rows of personen.
func readTables(ctx context.Context, o *Options) ([]*table, error) {
	years := &span{first: 9999}
	persons, err := readPersons(ctx, o, years)
	if err != nil {
		return nil, say.Errorf("read persons: %w", err)
	}
	inScope := make(map[string]bool, len(persons))
	for _, r := range persons {
		inScope[r.person] = true
	}
	trajectories, err := readTrajectories(ctx, o, inScope)
	if err != nil {
		return nil, say.Errorf("read trajectories: %w", err)
	}
	courses, err := readCourses(ctx, o, inScope)
	if err != nil {
		return nil, say.Errorf("read courses: %w", err)
	}
	tables := []*table{personsTable(years), trajectoriesTable(), coursesTable(courses)}
	for i, rows := range [][]*row{persons, trajectories, courses} {
		slices.SortFunc(rows, func(a, b *row) int { return strings.Compare(a.person+a.id, b.person+b.id) })
		tables[i].rows = rows
	}
	return tables, nil
}

// span is a range of calendar years.
type span struct{ first, last int }

func (s *span) add(d day.Day) {
	y, _, _ := d.Civil()
	s.first, s.last = min(s.first, y), max(s.last, y)
}

func readPersons(ctx context.Context, o *Options, years *span) (rows []*row, err error) {
	err = transform.Select(ctx, o.Engine, o.Terms, o.Period, "release_persons", func(v engine.Row) error {
		admitted := v.Get("admitted_on").Day()
		years.add(admitted)
		rows = append(rows, &row{
			person: v.Get("person_key").Str(),
			qi: []string{
				v.Get("sex").Str(), ageLeaf(v.Get("age")), v.Get("nationality").Str(), monthLeaf(admitted), countLeaf(v.Get("trajectories").Int()), dayLeaf(v.Get("nights").Int(), nightWidths[0]),
			},
			sensitive: []string{v.Get("special_group").Str(), v.Get("final_outcome").Str()},
		})
		return nil
	})
	return rows, err
}

func readTrajectories(ctx context.Context, o *Options, inScope map[string]bool) (rows []*row, err error) {
	err = transform.Select(ctx, o.Engine, o.Terms, o.Period, "release_trajectories", func(v engine.Row) error {
		if !inScope[v.Get("person_key").Str()] {
			return nil
		}
		rows = append(rows, &row{
			person: v.Get("person_key").Str(), id: v.Get("trajectory_key").Str(), days: v.Get("days").Int(),
			qi: []string{
				v.Get("scenario").Str(), v.Get("is_running").Str(), dayLeaf(v.Get("days").Int(), durationWidths[0]),
				v.Get("guidance_hours_band").Str(), v.Get("days_to_scenario_band").Str(), v.Get("review").Str(),
			},
			sensitive: []string{v.Get("outcome").Str()},
		})
		return nil
	})
	return rows, err
}

// readCourses folds the trajectories of a course into one row.
func readCourses(ctx context.Context, o *Options, inScope map[string]bool) (rows []*row, err error) {
	err = transform.Select(ctx, o.Engine, o.Terms, o.Period, "release_courses", func(v engine.Row) error {
		switch {
		case !inScope[v.Get("person_key").Str()]:
		case v.Get("position").Int() == 1:
			rows = append(rows, &row{
				person: v.Get("person_key").Str(), id: v.Get("trajectory_key").Str(), days: v.Get("days").Int(),
				qi:        []string{v.Get("scenario").Str(), dayLeaf(v.Get("days").Int(), courseWidths[0]), v.Get("is_running").Str()},
				sensitive: []string{v.Get("outcome_level").Str()},
			})
		default:
			rows[len(rows)-1].qi[0] += then + v.Get("scenario").Str()
		}
		return nil
	})
	return rows, err
}

func ageLeaf(v engine.Value) string {
	switch {
	case v.IsNull() || v.Int() < 0:
		return unknown
	case v.Int() >= oldest:
		return fmt.Sprintf("%d+", oldest)
	}
	return fmt.Sprint(v.Int())
}

// The values of a column that tells whether something runs.
const (
	isRunning = "true"
	hasEnded  = "false"
)
