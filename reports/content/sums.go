package content

import "lvv/internal/lists"

// reasons say of figures that do not add up, or do not equal others, why: those of a table or picture whose figures a
// reader would add up, or hold beside others. Breakdowns are not here: their parts make their total.
type reasons []struct{ nl, en string }

var (
	sumLocations = reasons{{
		"Beschikbare nachten volgen uit de plaatsen die de locaties opgeven, afgesproken nachten uit het convenant. Die twee hoeven niet gelijk te zijn.",
		"Nights available follow from the places that the locations report, agreed nights from the covenant. The two need not be equal."}}
	sumPersons = reasons{{
		"Wie in de periode vertrok, telt mee bij de mensen die minstens één nacht bleven, maar niet op de peildatum.",
		"Whoever left in the period counts among the people who stayed at least one night, but not on the reference date."}}
	sumInflow = reasons{{
		"Toelatingen, afwijzingen en aanmeldingen zonder besluit zijn samen niet het aantal aanmeldingen: ze gaan ook over aanmeldingen van vóór de periode.",
		"Admissions, refusals and undecided applications together are not the number of applications: they are about applications from before the period too."}, {
		"Wie twee keer is toegelaten, telt twee keer bij de toelatingen en één keer bij de toegelaten mensen.",
		"Whoever was admitted twice counts twice among the admissions and once among the people admitted."}}
	sumQuarters = reasons{{
		"Beëindigde trajecten zijn hier alle trajecten die eindigden, ook die zonder uitkomst.",
		"Trajectories ended are all that ended here, those without an outcome too."}}
	sumOutcomes = reasons{{
		"Trajecten die zonder uitkomst eindigden, staan hier niet bij. Bij de duur van de trajecten tellen ze wel mee.",
		"Trajectories that ended without an outcome are not in here. Among the durations they do count."}}
	sumExits = reasons{{
		"Iemand kan de opvang verlaten zonder dat een traject eindigt, en andersom. Daarom zijn dit niet dezelfde aantallen als bij de trajecten.",
		"Someone may leave the shelter while no trajectory ends, and the other way round. These are therefore not the numbers of the trajectories."}}
	sumDurable = reasons{{
		"Een casus telt één keer, bij de eerste bestendige oplossing. Een casus kan meer trajecten met een uitkomst hebben.",
		"A case counts once, by its first durable solution. A case may have several trajectories with an outcome."}}
	sumDuration = reasons{{
		"Hier tellen alle trajecten die eindigden, ook zonder uitkomst; bij de uitstroom alleen die met een uitkomst.",
		"All trajectories that ended count here, those without an outcome too; under outflow only those with one."}, {
		"Lopende trajecten zijn niet de mensen in de opvang: begeleiding en verblijf hoeven niet op dezelfde dag te beginnen of te eindigen.",
		"Running trajectories are not the people in the shelter: guidance and stay need not begin or end on the same day."}}
	sumShares = reasons{{
		"Door afronding kan een rij samen net geen 100% zijn.",
		"Because of rounding a row may add up to just not 100%."}}
	sumGuidance = reasons{{
		"Niet elk verandermoment leidt tot een overleg. Daarom verschillen de aantallen.",
		"Not every moment of change leads to a conference. These numbers therefore differ."}, {
		"Voorleggen en advies tellen elk op hun eigen dag: een advies kan gaan over een casus die in een eerdere periode is voorgelegd.",
		"Submission and advice each count on their own day: advice may be about a case that was submitted in an earlier period."}}
	sumSubgoals = reasons{{
		"Hier tellen alleen toegelaten casussen, sinds het begin van de pilot, met hun beste uitkomst. Elders telt elke casus mee, met de eerste oplossing.",
		"Only admitted cases count here, since the start of the pilot, by their best outcome. The number of durable solutions elsewhere counts every case, by its first."}}
	sumFunding = reasons{{
		"Wat is ontvangen, telt op de dag van betaling; dat kan voor een ander tijdvak zijn. Bedragen per nacht en per oplossing zijn afgerond op centen.",
		"What was received counts on the day of payment, which may be for another span of time. Amounts a night and a solution are rounded to cents."}}
	sumBudget = reasons{{
		"De begroting geldt voor hele jaren; de bijdrage volgt dag voor dag uit de afgesproken plaatsen, tot de peildatum.",
		"The budget is for whole years; the contribution follows from the agreed places day by day, up to the reference date."}}
)

// whyNot says beside figures that a reader would add up or compare why they do not come out.
func (b *builder) whyNot(of reasons) []string {
	return lists.Map(of, func(text struct{ nl, en string }) string { return b.Pick(text.nl, text.en) })
}
