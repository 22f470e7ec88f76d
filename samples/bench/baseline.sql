-- What a good hand-written DuckDB script does with the same files: nothing is checked, counted or
-- pseudonymised beyond the V-number, codes stay as they are, and the shape of every file is known
-- beforehand. It runs in the folder of the set; the variables key and places are set before.

-- step: read
SET preserve_insertion_order = false;

CREATE TABLE cases AS
SELECT casusnummer, substr(sha256(getvariable('key') || coalesce(v_nummer, casusnummer)), 1, 32)::UUID AS person,
       v_nummer IS NULL AS identity_unknown, geboortedatum, geslacht, nationaliteit, aanmelddatum, aangemeld_door,
       uitsluitingsgrond, uitzondering = 'ja' AS uitzondering, identiteitsonderzoek, besluit, besluitdatum, aanbod, bijzondere_groep
FROM read_csv('exports/casussen.csv', delim = ';', header = true, quote = '"', escape = '"', dateformat = '%d-%m-%Y',
  columns = {casusnummer: 'VARCHAR', v_nummer: 'VARCHAR', achternaam: 'VARCHAR', voornamen: 'VARCHAR', geboortedatum: 'DATE',
    geslacht: 'VARCHAR', nationaliteit: 'VARCHAR', aanmelddatum: 'DATE', aangemeld_door: 'VARCHAR', uitsluitingsgrond: 'VARCHAR',
    uitzondering: 'VARCHAR', identiteitsonderzoek: 'DATE', besluit: 'VARCHAR', besluitdatum: 'DATE', aanbod: 'VARCHAR',
    voorgedragen_op: 'DATE', oplossing_getest: 'VARCHAR', bijzondere_groep: 'VARCHAR'});

CREATE TABLE stays AS
SELECT * FROM read_csv('exports/verblijf_voorbeeldhuis.csv', delim = ';', header = true, quote = '"', dateformat = '%d-%m-%Y',
  columns = {verblijfnummer: 'VARCHAR', casusnummer: 'VARCHAR', locatie: 'VARCHAR', organisatie: 'VARCHAR', datum_in: 'DATE', datum_uit: 'DATE', reden_vertrek: 'VARCHAR'})
UNION ALL
SELECT * FROM read_csv('exports/verblijf_proefhaven.csv', delim = ',', header = true, quote = '"', dateformat = '%Y-%m-%d',
  columns = {verblijfnummer: 'VARCHAR', casusnummer: 'VARCHAR', locatie: 'VARCHAR', organisatie: 'VARCHAR', datum_in: 'DATE', datum_uit: 'DATE', reden_vertrek: 'VARCHAR'})
UNION ALL
SELECT * FROM read_csv('exports/verblijf_vangnet.csv', delim = ';', header = true, quote = '"', dateformat = '%d/%m/%Y', encoding = 'latin-1',
  columns = {verblijfnummer: 'VARCHAR', casusnummer: 'VARCHAR', locatie: 'VARCHAR', organisatie: 'VARCHAR', datum_in: 'DATE', datum_uit: 'DATE', reden_vertrek: 'VARCHAR'})
UNION ALL
SELECT * FROM read_csv('exports/verblijf_ontwerp.csv', delim = '\t', header = true, quote = '"', escape = '"', dateformat = '%d-%m-%Y',
  columns = {verblijfnummer: 'VARCHAR', casusnummer: 'VARCHAR', locatie: 'VARCHAR', organisatie: 'VARCHAR', datum_in: 'DATE', datum_uit: 'DATE', reden_vertrek: 'VARCHAR'});

CREATE TABLE trajectories AS
SELECT * REPLACE (amif = 'ja' AS amif, vertrekbewijs = 'ja' AS vertrekbewijs)
FROM read_csv('exports/trajecten.csv', delim = ';', header = true, quote = '"', escape = '"', dateformat = '%d-%m-%Y',
  columns = {trajectnummer: 'VARCHAR', casusnummer: 'VARCHAR', organisatie: 'VARCHAR', scenario: 'VARCHAR', startdatum: 'DATE', einddatum: 'DATE',
    uitkomst: 'VARCHAR', amif: 'VARCHAR', bestemming: 'VARCHAR', vertrekdatum: 'DATE', vertrekbewijs: 'VARCHAR'});

CREATE TABLE conferences AS
SELECT * REPLACE (consensus = 'ja' AS consensus)
FROM read_csv('exports/casusoverleg.csv', delim = ';', header = true, quote = '"', dateformat = '%d-%m-%Y',
  columns = {casusnummer: 'VARCHAR', datum: 'DATE', moment: 'VARCHAR', besluit: 'VARCHAR', consensus: 'VARCHAR', beeindigingsgrond: 'VARCHAR'});

CREATE TABLE reviews AS
SELECT * REPLACE (voorgelegd = '1' AS voorgelegd, overgenomen = '1' AS overgenomen)
FROM read_csv('exports/mrt.csv', delim = ';', header = true, quote = '"', dateformat = '%d-%m-%Y',
  columns = {casusnummer: 'VARCHAR', ingediend_op: 'DATE', advies_op: 'DATE', voorgelegd: 'VARCHAR', overgenomen: 'VARCHAR'});

CREATE TABLE procedures AS
SELECT * FROM read_csv('exports/procedures.csv', delim = ',', header = true, quote = '"', dateformat = '%Y-%m-%d',
  columns = {casusnummer: 'VARCHAR', soort: 'VARCHAR', ingediend_op: 'DATE', beslist_op: 'DATE', uitkomst: 'VARCHAR'});

CREATE TABLE guidance AS
SELECT * REPLACE (bewijsstuk = 'j' AS bewijsstuk)
FROM read_csv('exports/begeleiding.csv', delim = ';', header = true, quote = '"', dateformat = '%d-%m-%Y', decimal_separator = ',',
  columns = {trajectnummer: 'VARCHAR', datum: 'DATE', soort: 'VARCHAR', uren: 'DECIMAL(18, 2)', bewijsstuk: 'VARCHAR'});

CREATE TABLE capacity AS
SELECT * FROM read_csv('exports/capaciteit.csv', delim = ';', header = true, quote = '"', dateformat = '%d-%m-%Y', encoding = 'latin-1',
  columns = {locatie: 'VARCHAR', vanaf: 'DATE', tot_en_met: 'DATE', plaatsen: 'BIGINT'});

CREATE TABLE payments AS
SELECT datum, bron, replace(replace(replace(bedrag, '€ ', ''), '.', ''), ',', '.')::DECIMAL(18, 2) AS bedrag, kenmerk
FROM read_csv('exports/financiering.csv', delim = ';', header = true, quote = '"', dateformat = '%d-%m-%Y',
  columns = {datum: 'DATE', bron: 'VARCHAR', bedrag: 'VARCHAR', kenmerk: 'VARCHAR'});

CREATE TABLE meetings AS
SELECT * FROM read_csv('exports/overleggen.csv', delim = ';', header = true, quote = '"', dateformat = '%d-%m-%Y', columns = {datum: 'DATE', soort: 'VARCHAR', aanwezig: 'VARCHAR'});

CREATE TABLE escalations AS
SELECT * FROM read_csv('exports/escalaties.csv', delim = ';', header = true, quote = '"', dateformat = '%d-%m-%Y',
  columns = {vraagstuk: 'VARCHAR', soort: 'VARCHAR', ingediend_op: 'DATE', advies_op: 'DATE', overgenomen: 'VARCHAR'});

-- step: write
COPY cases TO 'baseline/cases.parquet' (FORMAT parquet);
COPY stays TO 'baseline/stays.parquet' (FORMAT parquet);
COPY trajectories TO 'baseline/trajectories.parquet' (FORMAT parquet);
COPY conferences TO 'baseline/conferences.parquet' (FORMAT parquet);
COPY reviews TO 'baseline/reviews.parquet' (FORMAT parquet);
COPY procedures TO 'baseline/procedures.parquet' (FORMAT parquet);
COPY guidance TO 'baseline/guidance.parquet' (FORMAT parquet);
COPY capacity TO 'baseline/capacity.parquet' (FORMAT parquet);
COPY payments TO 'baseline/payments.parquet' (FORMAT parquet);
COPY meetings TO 'baseline/meetings.parquet' (FORMAT parquet);
COPY escalations TO 'baseline/escalations.parquet' (FORMAT parquet);

-- step: occupancy
CREATE MACRO first_day() AS DATE '2020-07-01';
CREATE MACRO last_day() AS DATE '2020-09-30';
CREATE MACRO pilot_start() AS DATE '2019-03-01';
CREATE MACRO pilot_end() AS DATE '2022-02-28';
CREATE TABLE figures (id VARCHAR, dims VARCHAR, value DOUBLE);

-- The stays that touch the period, with the nights that they have in it: [a, b).
CREATE TABLE housed AS
SELECT c.person, s.verblijfnummer, s.locatie, s.datum_in, greatest(s.datum_in, first_day()) AS a,
       least(coalesce(s.datum_uit, last_day() + 1), last_day() + 1) AS b,
       CASE WHEN c.besluit = 'toegelaten' THEN c.besluitdatum END AS admitted_on
FROM stays s JOIN cases c USING (casusnummer)
WHERE s.datum_in <= last_day() AND (s.datum_uit IS NULL OR s.datum_uit > first_day()) AND (s.datum_uit IS NULL OR s.datum_uit > s.datum_in);

-- Only persons whose stays overlap need their nights one by one.
CREATE TABLE overlapping AS
SELECT DISTINCT person FROM (
  SELECT person, a < max(b) OVER (PARTITION BY person ORDER BY a, b, verblijfnummer ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS doubled FROM housed)
WHERE doubled;

CREATE TABLE pieces AS
SELECT person, locatie, a, b, admitted_on FROM housed ANTI JOIN overlapping USING (person)
UNION ALL
SELECT person, locatie, night, night + 1, admitted_on FROM (
  SELECT person, locatie, admitted_on, unnest(generate_series(a, b - 1, INTERVAL 1 DAY))::DATE AS night, datum_in, verblijfnummer
  FROM housed SEMI JOIN overlapping USING (person))
QUALIFY row_number() OVER (PARTITION BY person, night ORDER BY datum_in DESC, verblijfnummer) = 1;

INSERT INTO figures
WITH nights AS (
  SELECT locatie, sum(b - a) AS nights, sum(greatest(b - greatest(a, coalesce(admitted_on, b)), 0)) AS admitted
  FROM pieces GROUP BY locatie),
places AS (
  SELECT locatie, sum((least(coalesce(tot_en_met, last_day()), last_day()) - greatest(vanaf, first_day()) + 1) * plaatsen) AS nights
  FROM capacity WHERE vanaf <= last_day() AND (tot_en_met IS NULL OR tot_en_met >= first_day()) GROUP BY locatie),
sweep AS (
  SELECT day, sum(sum(step)) OVER (ORDER BY day) AS persons
  FROM (SELECT a AS day, 1 AS step FROM pieces UNION ALL SELECT b, -1 FROM pieces) GROUP BY day),
daily AS (
  SELECT d.day, s.persons FROM (SELECT unnest(generate_series(first_day(), last_day(), INTERVAL 1 DAY))::DATE AS day) d ASOF JOIN sweep s ON d.day >= s.day)
SELECT 'occupancy.person_nights', '', sum(nights) FROM nights
UNION ALL SELECT 'occupancy.person_nights', 'location=' || locatie, nights FROM nights
UNION ALL SELECT 'occupancy.person_nights', 'population=admitted', sum(admitted) FROM nights
UNION ALL SELECT 'occupancy.person_nights', 'population=not_admitted', sum(nights - admitted) FROM nights
UNION ALL SELECT 'occupancy.rate', '', sum(nights) / (getvariable('places') * (last_day() - first_day() + 1)) FROM nights
UNION ALL SELECT 'capacity.place_nights', '', sum(nights) FROM places
UNION ALL SELECT 'capacity.place_nights', 'location=' || locatie, nights FROM places
UNION ALL SELECT 'occupancy.persons', '', count(DISTINCT person) FROM pieces
UNION ALL SELECT 'occupancy.persons_on_reference_date', '', count(*) FROM pieces WHERE b > last_day()
UNION ALL SELECT 'occupancy.persons_on_reference_date', 'location=' || locatie, count(*) FROM pieces WHERE b > last_day() GROUP BY locatie
UNION ALL SELECT 'occupancy.daily', 'date=' || day, persons FROM daily
UNION ALL SELECT 'occupancy.peak', '', max(persons) FROM daily
UNION ALL SELECT 'occupancy.double_nights', '', (SELECT sum(b - a) FROM housed) - (SELECT sum(nights) FROM nights);

-- step: durable
INSERT INTO figures
WITH ended AS (
  SELECT casusnummer, trajectnummer, scenario, uitkomst, einddatum,
         CASE WHEN uitkomst IN ('terugkeer', 'doormigratie', 'legalisering') THEN 'durable'
              WHEN uitkomst IN ('herhaalde_aanvraag', 'uitstel_medisch') THEN 'semi_durable' ELSE 'none' END AS level
  FROM trajectories WHERE uitkomst IS NOT NULL AND einddatum BETWEEN pilot_start() AND last_day()),
by_case AS (
  SELECT casusnummer, bool_or(level = 'durable') AS strict, bool_or(level <> 'none') AS broad,
         min(einddatum) FILTER (level = 'durable') AS first_on,
         arg_min(uitkomst, (einddatum, trajectnummer)) FILTER (level = 'durable') AS outcome
  FROM ended GROUP BY casusnummer),
exits AS (
  SELECT s.reden_vertrek, c.person, s.datum_uit, s.datum_in, s.verblijfnummer
  FROM stays s JOIN cases c USING (casusnummer) WHERE s.datum_uit BETWEEN first_day() AND last_day()),
left_on AS (
  SELECT reden_vertrek FROM exits e
  WHERE NOT EXISTS (SELECT 1 FROM housed h WHERE h.person = e.person AND h.datum_in <= e.datum_uit AND h.b > e.datum_uit)
  QUALIFY row_number() OVER (PARTITION BY person, datum_uit ORDER BY datum_in DESC, verblijfnummer) = 1)
SELECT 'durable.cases', '', count(*) FROM by_case WHERE strict
UNION ALL SELECT 'durable.cases', 'outcome=' || CASE outcome WHEN 'terugkeer' THEN 'return' WHEN 'doormigratie' THEN 'onward' ELSE 'legalisation' END, count(*) FROM by_case WHERE strict GROUP BY outcome
UNION ALL SELECT 'durable.cases_in_period', '', count(*) FROM by_case WHERE first_on >= first_day()
UNION ALL SELECT 'durable.share_strict', '', avg(strict::INT) FROM by_case
UNION ALL SELECT 'durable.share_broad', '', avg(broad::INT) FROM by_case
UNION ALL SELECT 'outflow.trajectories', '', count(*) FROM ended WHERE einddatum >= first_day()
UNION ALL SELECT 'outflow.level', 'level=' || level, count(*) FROM ended WHERE einddatum >= first_day() GROUP BY level
UNION ALL SELECT 'outflow.shelter_exits', '', count(*) FROM left_on;

-- step: duration
INSERT INTO figures
SELECT 'duration.ended', 'stat=' || stat, value FROM (
  UNPIVOT (SELECT count(*)::DOUBLE AS n, avg(days) AS mean, quantile_cont(days, 0.5) AS median, quantile_cont(days, 0.25) AS p25, quantile_cont(days, 0.75) AS p75
           FROM (SELECT einddatum - startdatum AS days FROM trajectories WHERE einddatum BETWEEN first_day() AND last_day()))
  ON n, mean, median, p25, p75 INTO NAME stat VALUE value);

INSERT INTO figures
SELECT 'duration.running', 'stat=' || stat, value FROM (
  UNPIVOT (SELECT count(*)::DOUBLE AS n, avg(days) AS mean, quantile_cont(days, 0.5) AS median
           FROM (SELECT last_day() - startdatum AS days FROM trajectories WHERE startdatum <= last_day() AND (einddatum IS NULL OR einddatum > last_day())))
  ON n, mean, median INTO NAME stat VALUE value);

-- Kaplan-Meier with Greenwood's variance, and Aalen-Johansen, over the distinct days. What began before the pilot is at risk
-- from the pilot's start only.
CREATE TABLE curve AS
WITH spells AS (
  SELECT least(coalesce(einddatum, last_day()), last_day()) - startdatum AS days, greatest(pilot_start() - startdatum, 0) AS entry, einddatum <= last_day() AS ended,
         CASE WHEN uitkomst IN ('terugkeer', 'doormigratie', 'legalisering') THEN uitkomst ELSE 'anders' END AS cause
  FROM trajectories WHERE startdatum <= last_day() AND (einddatum IS NULL OR einddatum >= pilot_start())),
entries AS (SELECT entry AS days, count(*) AS entered FROM spells GROUP BY entry),
exits AS (
  SELECT days, count(*) AS n, count(*) FILTER (ended) AS d, count(*) FILTER (ended AND cause = 'terugkeer') AS back,
         count(*) FILTER (ended AND cause = 'doormigratie') AS onward, count(*) FILTER (ended AND cause = 'legalisering') AS permit
  FROM spells GROUP BY days),
risk AS (
  SELECT days, coalesce(entered, 0) AS entered, coalesce(n, 0) AS n, coalesce(d, 0) AS d, coalesce(back, 0) AS back, coalesce(onward, 0) AS onward,
         coalesce(permit, 0) AS permit, sum(coalesce(entered, 0)) OVER w - sum(coalesce(n, 0)) OVER w + coalesce(n, 0) AS at_risk
  FROM exits FULL JOIN entries USING (days) WINDOW w AS (ORDER BY days)),
survival AS (
  SELECT *, CASE WHEN min(at_risk - d) OVER w = 0 THEN 0 ELSE exp(sum(ln(nullif(1 - d / at_risk, 0))) OVER w) END AS s,
         sum(d / nullif(at_risk * (at_risk - d), 0)) OVER w AS greenwood
  FROM risk WINDOW w AS (ORDER BY days))
SELECT *, sum(lag_s * back / at_risk) OVER (ORDER BY days) AS ci_return, sum(lag_s * onward / at_risk) OVER (ORDER BY days) AS ci_onward,
       sum(lag_s * permit / at_risk) OVER (ORDER BY days) AS ci_permit
FROM (SELECT *, lag(s, 1, 1.0) OVER (ORDER BY days) AS lag_s FROM survival);

INSERT INTO figures
WITH days AS (SELECT unnest([90, 180, 365, 540, 730]) AS day),
last AS (SELECT d.day, c.* FROM days d ASOF JOIN curve c ON d.day >= c.days)
SELECT 'duration.survival', 'day=' || day || ',stat=estimate', s FROM last
UNION ALL SELECT 'duration.survival', 'day=' || day || ',stat=low', s ** exp(1.959963984540054 * sqrt(greenwood) / abs(ln(s))) FROM last WHERE s > 0 AND s < 1
UNION ALL SELECT 'duration.survival', 'day=' || day || ',stat=high', s ** exp(-1.959963984540054 * sqrt(greenwood) / abs(ln(s))) FROM last WHERE s > 0 AND s < 1
UNION ALL SELECT 'duration.survival', 'day=' || day || ',stat=at_risk', (SELECT coalesce(sum(entered) FILTER (days <= day), 0) - coalesce(sum(n) FILTER (days < day), 0) FROM curve) FROM last
UNION ALL SELECT 'duration.survival_median', 'stat=estimate', min(days) FROM curve WHERE s <= 0.5
UNION ALL SELECT 'duration.cumulative_incidence', 'day=' || day || ',outcome=return', ci_return FROM last
UNION ALL SELECT 'duration.cumulative_incidence', 'day=' || day || ',outcome=onward', ci_onward FROM last
UNION ALL SELECT 'duration.cumulative_incidence', 'day=' || day || ',outcome=legalisation', ci_permit FROM last;

INSERT INTO figures
WITH there AS (SELECT person, s.datum_in AS a, coalesce(s.datum_uit, last_day() + 1) AS b FROM stays s JOIN cases USING (casusnummer) JOIN (SELECT DISTINCT person FROM pieces WHERE b > last_day()) USING (person) WHERE s.datum_in <= last_day()),
spells AS (SELECT person, a, a > coalesce(max(b) OVER (PARTITION BY person ORDER BY a, b ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), a - 1) AS begins FROM there)
SELECT 'duration.long_stay', '', count(*) FROM (SELECT max(a) FILTER (begins) AS since FROM spells GROUP BY person) WHERE last_day() - since + 1 > 540; -- nights

-- step: funding
INSERT INTO figures
WITH money AS (
  SELECT sum(bedrag) FILTER (datum BETWEEN first_day() AND last_day()) AS received, sum(bedrag) FILTER (datum BETWEEN pilot_start() AND last_day()) AS to_date FROM payments),
due AS (SELECT (50 * getvariable('places') * (last_day() - first_day() + 1))::DECIMAL(18, 2) AS period, (50 * getvariable('places') * (last_day() - pilot_start() + 1))::DECIMAL(18, 2) AS to_date)
SELECT 'funding.entitlement', '', period FROM due
UNION ALL SELECT 'funding.entitlement_to_date', '', to_date FROM due
UNION ALL SELECT 'funding.received', '', received FROM money
UNION ALL SELECT 'funding.received_to_date', '', to_date FROM money
UNION ALL SELECT 'funding.balance', '', due.to_date - money.to_date FROM due, money
UNION ALL SELECT 'funding.received', 'source=' || bron, sum(bedrag) FROM payments WHERE datum BETWEEN first_day() AND last_day() GROUP BY bron
UNION ALL SELECT 'funding.per_occupied_night', '', round(period / (SELECT value::DECIMAL(18, 2) FROM figures WHERE id = 'occupancy.person_nights' AND dims = ''), 2) FROM due
UNION ALL SELECT 'funding.per_durable_solution', '', round(to_date / (SELECT value::DECIMAL(18, 2) FROM figures WHERE id = 'durable.cases' AND dims = ''), 2) FROM due;
