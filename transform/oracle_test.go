package transform

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"lvv/internal/day"
)

// oracle computes every figure anew, night by night and row by row, in plain Go. It shares nothing
// with the SELECTs, the catalogue or the survival code: code lists are written out, loops are naive.
type oracle struct {
	w   *world
	t   *Terms // as known on the reference date
	all *Terms // whatever was decided when
	p   Period
	out map[string]string // "id dim=value ..." → what kpis.json should say
	// counts are all that are whole numbers, the numerators and denominators of shares too.
	counts map[string]int
}

func newOracle(w *world, t *Terms, p Period) *oracle {
	o := &oracle{w: w, t: asKnown(t, p), all: t, p: p, out: map[string]string{}, counts: map[string]int{}}
	o.occupancy()
	o.population()
	o.inflow()
	o.admissions()
	o.waiting()
	o.outflow()
	o.leavers()
	o.stability()
	o.durable()
	o.pace()
	o.duration()
	o.survival()
	o.courses()
	o.caseload()
	o.procedures()
	o.conferences()
	o.deadlines()
	o.escalations()
	o.attendance()
	o.subgoals()
	o.forward()
	o.funding()
	o.delivered()
	o.costs()
	o.amif()
	return o
}

// asKnown lets an extension that was decided by the reference date move end and target.
func asKnown(t *Terms, p Period) *Terms {
	known := *t
	for _, x := range t.Extensions {
		if x.Decided <= p.AsOf {
			known.End, known.TargetCases = x.End, x.TargetCases
		}
	}
	return &known
}

var (
	referredBy   = []string{"self", "municipality", "dtv", "ind", "police", "ngo", "other", "unknown"}
	grounds      = []string{"none", "entry_ban", "undesirable", "eu_citizen", "dublin", "state_reception", "unknown"}
	specials     = []string{"none", "medical", "stateless", "hard_to_return", "other", "unknown"}
	exitReasons  = []string{"durable_solution", "transfer", "state_reception", "own_accord", "unknown_destination", "ended_by_decision", "detention", "died", "other", "unknown"}
	scenarios    = []string{"return", "onward", "legalisation", "undecided"}
	costKinds    = []string{"shelter", "guidance", "allowance", "medical", "overhead", "other"}
	parties      = []string{"municipality", "ministry", "dtv", "ind", "police"}
	outcomes     = []string{"return", "onward", "legalisation", "repeat_application", "medical_deferral", "unknown_destination", "ended_by_decision", "state_reception", "detention", "died", "other"}
	moments      = []string{"scenario", "change", "progress"}
	decisions    = []string{"continue", "change", "end", "escalate", "unknown"}
	endGrounds   = []string{"no_cooperation", "no_prospect", "entitled_elsewhere", "nuisance", "left", "other", "unknown"}
	meetingKinds = []string{"steering_group", "programme_council", "administrative"}
	issueKinds   = []string{"interpretation", "organisation"}
	sexes        = []string{"male", "female", "other", "unknown"}
	ageBands     = []string{"<18", "18-60", ">60", "unknown"}
)

// put notes a value; dims are name, value, name, value.
func (o *oracle) put(id, value string, dims ...string) {
	k := oracleKey(id, dims...)
	if _, ok := o.out[k]; ok {
		panic("twice: " + k)
	}
	o.out[k] = value
}

func oracleKey(id string, dims ...string) string {
	var pairs []string
	for i := 0; i < len(dims); i += 2 {
		pairs = append(pairs, dims[i]+"="+dims[i+1])
	}
	slices.Sort(pairs)
	return strings.Join(append([]string{id}, pairs...), " ")
}

func (o *oracle) count(id string, n int, dims ...string) {
	o.put(id, strconv.Itoa(n), dims...)
	o.counts[oracleKey(id, dims...)] = n
}

func (o *oracle) real(id string, f float64, dims ...string) {
	o.put(id, strconv.FormatFloat(f, 'g', -1, 64), dims...)
}

// ratio is undefined over nothing.
func (o *oracle) ratio(id string, numerator, denominator int, dims ...string) {
	o.counts[oracleKey(id+".numerator", dims...)], o.counts[oracleKey(id+".denominator", dims...)] = numerator, denominator
	if denominator == 0 {
		o.put(id, "undefined", dims...)
		return
	}
	o.real(id, float64(numerator)/float64(denominator), dims...)
}

// needs says whether the tables are there; if not it notes the figure as not available.
func (o *oracle) needs(tables map[string]string, note func(put func(id string, dims ...string))) bool {
	var stems []string
	for _, name := range []string{"conferences", "reviews", "procedures", "guidance", "capacity", "payments", "meetings", "escalations", "costs"} {
		if stem, ok := tables[name]; ok && o.w.missing[name] {
			stems = append(stems, stem)
		}
	}
	if len(stems) == 0 {
		return true
	}
	// Two missing tables are named in the order in which the figure needs them.
	if len(stems) == 2 && stems[0] == "casusoverleg" && stems[1] == "procedures" {
		stems[0], stems[1] = stems[1], stems[0]
	}
	note(func(id string, dims ...string) {
		o.put(id, "not available: "+strings.Join(stems, ", ")+" not delivered", dims...)
	})
	return false
}

// stats are the mean and median of days, undefined over nothing.
func (o *oracle) meanMedian(id string, values []int, dims ...string) {
	total := 0
	for _, v := range values {
		total += v
	}
	o.ratio(id, total, len(values), append(dims, "stat", "mean")...)
	o.quantile(id, values, 0.5, append(dims, "stat", "median")...)
}

func (o *oracle) quantile(id string, values []int, q float64, dims ...string) {
	if len(values) == 0 {
		o.put(id, "undefined", dims...)
		return
	}
	values = slices.Clone(values)
	slices.Sort(values)
	at := q * float64(len(values)-1)
	low := int(math.Floor(at))
	high := min(low+1, len(values)-1)
	o.real(id, float64(values[low])+(at-float64(low))*float64(values[high]-values[low]), dims...)
}

func orUnknown(s string) string {
	if s == "" {
		return "unknown"
	}
	return s
}

func (o *oracle) inPeriod(d day.Day) bool { return d != day.None && o.p.From <= d && d <= o.p.To }
func (o *oracle) known(d day.Day) bool    { return d != day.None && d <= o.p.AsOf }
func (o *oracle) inPilot(d day.Day) bool  { return o.t.Start <= d && d <= o.t.End }

func (o *oracle) caseOf(n int) *aCase {
	for i := range o.w.cases {
		if o.w.cases[i].id == n {
			return &o.w.cases[i]
		}
	}
	panic(fmt.Sprint("no case ", n))
}

// holds reports whether the stay fills the night, as known on the reference date.
func (o *oracle) holds(s *aStay, night day.Day) bool {
	return night <= o.p.AsOf && s.in <= night && (s.out == day.None || night < s.out)
}

// owners returns for each person the stay that the night goes to, whether or not the pilot runs.
func (o *oracle) owners(night day.Day) map[int]*aStay {
	owners := map[int]*aStay{}
	for i := range o.w.stays {
		s := &o.w.stays[i]
		if !o.holds(s, night) {
			continue
		}
		person := o.caseOf(s.caseID).person
		was := owners[person]
		if was == nil || s.in > was.in || s.in == was.in && s.id < was.id {
			owners[person] = s
		}
	}
	return owners
}

func (o *oracle) locations() []string {
	var names []string
	for _, s := range o.w.stays {
		if o.known(s.in) {
			names = append(names, s.location)
		}
	}
	if !o.w.missing["capacity"] {
		for _, c := range o.w.capacity {
			if o.known(c.from) {
				names = append(names, c.location)
			}
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

func (o *oracle) occupancy() {
	agreed, nights, pairs, admitted := 0, 0, 0, 0
	at, reference := map[string]int{}, map[string]int{}
	persons := map[int]bool{}
	peak, peakDay := -1, day.None
	for d := o.p.From; d <= o.p.To; d++ {
		housed := 0
		if o.inPilot(d) {
			agreed += int(o.t.PlacesOn(d))
			for person, s := range o.owners(d) {
				housed++
				persons[person] = true
				at[s.location]++
				c := o.caseOf(s.caseID)
				if c.decision == "admitted" && c.decided <= d {
					admitted++
				}
			}
			for i := range o.w.stays {
				if o.holds(&o.w.stays[i], d) {
					pairs++
				}
			}
		}
		nights += housed
		o.count("occupancy.daily", housed, "date", d.String())
		if housed > peak {
			peak, peakDay = housed, d
		}
	}
	onReference := 0
	if o.inPilot(o.p.AsOf) {
		for _, s := range o.owners(o.p.AsOf) {
			onReference++
			reference[s.location]++
		}
	}
	o.count("capacity.agreed_place_nights", agreed)
	o.count("occupancy.person_nights", nights)
	o.count("occupancy.person_nights", admitted, "population", "admitted")
	o.count("occupancy.person_nights", nights-admitted, "population", "not_admitted")
	o.ratio("occupancy.rate", nights, agreed)
	o.count("occupancy.persons", len(persons))
	o.count("occupancy.persons_on_reference_date", onReference)
	o.put("occupancy.peak", fmt.Sprintf("%d on %s", peak, peakDay))
	o.count("occupancy.double_nights", pairs-nights)
	for _, l := range o.locations() {
		o.count("occupancy.person_nights", at[l], "location", l)
		o.count("occupancy.persons_on_reference_date", reference[l], "location", l)
	}
	o.capacity(nights, at)
	o.longStay()
}

func (o *oracle) capacity(nights int, at map[string]int) {
	delivered := o.needs(map[string]string{"capacity": "capaciteit"}, func(put func(string, ...string)) {
		put("capacity.place_nights")
		put("occupancy.utilisation")
		for _, l := range o.locations() {
			put("capacity.place_nights", "location", l)
			put("occupancy.utilisation", "location", l)
		}
	})
	if !delivered {
		return
	}
	total, by := 0, map[string]int{}
	for d := o.p.From; d <= o.p.To; d++ {
		for _, c := range o.w.capacity {
			if o.inPilot(d) && c.from <= d && (c.to == day.None || d <= c.to) {
				total += int(c.places)
				by[c.location] += int(c.places)
			}
		}
	}
	o.count("capacity.place_nights", total)
	o.ratio("occupancy.utilisation", nights, total)
	for _, l := range o.locations() {
		o.count("capacity.place_nights", by[l], "location", l)
		o.ratio("occupancy.utilisation", at[l], by[l], "location", l)
	}
}

func (o *oracle) longStay() {
	long := 0
	if o.inPilot(o.p.AsOf) {
		for person := range o.owners(o.p.AsOf) {
			nights := 0
			for d := o.p.AsOf; d >= o.t.Start && o.owners(d)[person] != nil; d-- {
				nights++
			}
			if nights > o.t.LongStayDays {
				long++
			}
		}
	}
	o.count("duration.long_stay", long)
}

func (o *oracle) inflow() {
	applied, refused := map[string]int{}, map[string]int{}
	applications, admissions, refusals, exceptional, pending, checks := 0, 0, 0, 0, 0, 0
	persons := map[int]bool{}
	var days []int
	for _, c := range o.w.cases {
		if !o.known(c.applied) {
			continue
		}
		if o.inPeriod(c.applied) {
			applications++
			applied[orUnknown(c.referred)]++
		}
		if o.inPeriod(c.identityCheckedOn) {
			checks++
		}
		if c.decision == "pending" || !o.known(c.decided) {
			pending++
			continue
		}
		if !o.inPeriod(c.decided) {
			continue
		}
		days = append(days, int(c.decided-c.applied))
		switch c.decision {
		case "admitted":
			admissions++
			persons[c.person] = true
			if c.ground != "" && c.ground != "none" {
				exceptional++
			}
		case "refused":
			refusals++
			refused[orUnknown(c.ground)]++
		}
	}
	o.count("inflow.applications", applications)
	for _, r := range referredBy {
		o.count("inflow.applications", applied[r], "referred_by", r)
	}
	o.count("inflow.admissions", admissions)
	o.count("inflow.admitted_persons", len(persons))
	o.count("inflow.refusals", refusals)
	for _, g := range grounds {
		o.count("inflow.refusals", refused[g], "exclusion_ground", g)
	}
	o.count("inflow.exceptional_admissions", exceptional)
	o.count("inflow.pending_on_reference_date", pending)
	o.meanMedian("inflow.days_to_decision", days)
	o.count("inflow.identity_checks", checks)
}
