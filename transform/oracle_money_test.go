package transform

import (
	"math/big"
	"slices"
	"strconv"

	"lvv/internal/day"
	"lvv/transform/engine"
)

// euros writes a rational number of cents, rounded half-up, and an exact one as it is.
func euros(cents *big.Rat) string {
	n := new(big.Int).Mul(cents.Num(), big.NewInt(2))
	n.Add(n, cents.Denom())
	whole, _ := n.DivMod(n, new(big.Int).Mul(cents.Denom(), big.NewInt(2)), new(big.Int))
	return engine.CentsOf(whole.Int64()).String()
}

func (o *oracle) entitled(from, to day.Day) int64 {
	var cents int64
	for d := from; d <= to; d++ {
		if o.inPilot(d) {
			cents += o.t.PlacesOn(d) * o.t.RateCents
		}
	}
	return cents
}

func (o *oracle) funding() {
	money := func(id string, cents int64, dims ...string) { o.put(id, engine.CentsOf(cents).String(), dims...) }
	period, toDate := o.entitled(o.p.From, o.p.To), o.entitled(o.t.Start, o.p.AsOf)
	money("funding.entitlement", period)
	money("funding.entitlement_to_date", toDate)
	for _, y := range o.years() {
		money("funding.entitlement", o.entitled(day.Of(y, 1, 1), min(day.Of(y, 12, 31), o.p.AsOf)), "year", strconv.Itoa(y))
	}
	owed := o.shares(toDate)
	for source, cents := range o.shares(period) {
		money("funding.entitlement", cents, "source", source)
		money("funding.entitlement_to_date", owed[source], "source", source)
	}
	for _, b := range o.t.Budget {
		o.put("funding.budget", euros(big.NewRat(b.Cents*int64(o.t.Pilots), 5)), "year", strconv.Itoa(b.Year), "source", b.Source)
	}
	if len(o.t.Budget) == 0 {
		o.put("funding.budget", "not available: no budget in the terms")
	}
	o.unitCosts(period, toDate)
	if !o.needs(map[string]string{"payments": "financiering"}, func(put func(string, ...string)) {
		put("funding.received")
		put("funding.received_to_date")
		put("funding.balance")
		for _, s := range o.t.FundingSources {
			put("funding.received", "source", s.Name)
			put("funding.received_to_date", "source", s.Name)
			put("funding.balance", "source", s.Name)
		}
	}) {
		return
	}
	received, all, by, allBy := int64(0), int64(0), map[string]int64{}, map[string]int64{}
	for _, s := range o.t.FundingSources {
		by[s.Name] = 0
	}
	for _, x := range o.w.payments {
		if !o.known(x.on) {
			continue
		}
		all += x.cents
		cents := int64(0)
		if o.inPeriod(x.on) {
			cents = x.cents
		}
		received += cents
		source := x.source
		if source == "RIJK" {
			source = "rijk"
		}
		by[source] += cents
		allBy[source] += x.cents
	}
	money("funding.received", received)
	for s, cents := range by {
		money("funding.received", cents, "source", s)
		money("funding.received_to_date", allBy[s], "source", s)
		money("funding.balance", owed[s]-allBy[s], "source", s)
	}
	money("funding.received_to_date", all)
	money("funding.balance", toDate-all)
}

func (o *oracle) unitCosts(period, toDate int64) {
	per := func(id string, cents int64, n string) {
		units, _ := strconv.ParseInt(n, 10, 64)
		if units == 0 {
			o.put(id, "undefined")
			return
		}
		o.put(id, euros(big.NewRat(cents, units)))
	}
	per("funding.per_occupied_night", period, o.out["occupancy.person_nights"])
	per("funding.per_durable_solution", toDate, o.out["durable.cases"])
}

// shares divides an amount over the sources: each share cut off to cents, what is left over to the first.
func (o *oracle) shares(cents int64) map[string]int64 {
	out, left := map[string]int64{}, cents
	for i, s := range slices.Backward(o.t.FundingSources) {
		share, _ := new(big.Rat).SetString(s.Share)
		part := share.Mul(share, new(big.Rat).SetInt64(cents))
		out[s.Name] = new(big.Int).Div(part.Num(), part.Denom()).Int64()
		if i == 0 {
			out[s.Name] = left
		}
		left -= out[s.Name]
	}
	return out
}

// placeNights counts the places that there were, day by day.
func (o *oracle) placeNights(from, to day.Day) int64 {
	n := int64(0)
	for d := from; d <= to; d++ {
		for _, c := range o.w.capacity {
			if o.inPilot(d) && o.known(c.from) && c.from <= d && (c.to == day.None || d <= c.to) {
				n += c.places
			}
		}
	}
	return n
}

func (o *oracle) delivered() {
	if !o.needs(map[string]string{"capacity": "capaciteit"}, func(put func(string, ...string)) {
		put("funding.delivered")
		put("funding.undelivered_to_date")
	}) {
		return
	}
	o.put("funding.delivered", engine.CentsOf(o.placeNights(o.p.From, o.p.To)*o.t.RateCents).String())
	missing := o.entitled(o.t.Start, o.p.AsOf) - o.placeNights(o.t.Start, o.p.AsOf)*o.t.RateCents
	o.put("funding.undelivered_to_date", engine.CentsOf(missing).String())
}

func (o *oracle) costs() {
	needed := func(put func(string, ...string)) { put("cost.per_available_night") }
	complete := o.needs(map[string]string{"capacity": "capaciteit", "costs": "kosten"}, needed)
	if !o.needs(map[string]string{"costs": "kosten"}, func(put func(string, ...string)) {
		put("cost.total")
		put("cost.total_to_date")
		put("cost.coverage")
		for _, k := range costKinds {
			put("cost.total", "kind", k)
		}
	}) {
		return
	}
	total, toDate, by := int64(0), int64(0), map[string]int64{}
	for _, x := range o.w.costs {
		if o.inPeriod(x.on) {
			total += x.cents
			by[x.kind] += x.cents
		}
		if o.known(x.on) && x.on >= o.t.Start {
			toDate += x.cents
		}
	}
	o.put("cost.total", engine.CentsOf(total).String())
	o.put("cost.total_to_date", engine.CentsOf(toDate).String())
	for _, k := range costKinds {
		o.put("cost.total", engine.CentsOf(by[k]).String(), "kind", k)
	}
	o.ratio("cost.coverage", int(o.entitled(o.p.From, o.p.To)), int(total))
	if !complete {
		return
	}
	if nights := o.placeNights(o.p.From, o.p.To); nights > 0 {
		o.put("cost.per_available_night", euros(big.NewRat(total, nights)))
	} else {
		o.put("cost.per_available_night", "undefined")
	}
}
