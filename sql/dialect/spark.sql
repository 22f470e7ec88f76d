-- What Spark and Sail say in their own way, in ANSI mode; expanded as text. The macros are those of duckdb.sql.

-- A name that would be a word of the language.
MACRO quoted(x) AS `x`;

MACRO add_days(d, n) AS date_add(d, CAST(n AS INT));

MACRO days_between(a, b) AS datediff(b, a);

MACRO exact(n) AS CAST(n AS DECIMAL(38, 0));

MACRO floor_divide(a, b) AS exact(a) DIV exact(b);

MACRO round_divide(a, b) AS
CASE WHEN a < 0 THEN -((exact(b) - 2 * exact(a) - 1) DIV (2 * exact(b))) ELSE (2 * exact(a) + exact(b)) DIV (2 * exact(b)) END;

MACRO ceiling_divide(a, b) AS (exact(a) + exact(b) - 1) DIV exact(b);

MACRO quantile7(x, q) AS percentile(x, q);

MACRO tuple2(a, b) AS named_struct('p1', a, 'p2', b);

MACRO tuple4(a, b, c, d) AS named_struct('p1', a, 'p2', b, 'p3', c, 'p4', d);

MACRO part1(r) AS r.p1;

MACRO part2(r) AS r.p2;

MACRO part3(r) AS r.p3;

MACRO part4(r) AS r.p4;

MACRO first_by(x, a, b) AS min_by(x, named_struct('p1', a, 'p2', b));

MACRO first_by_where(x, c, a, b) AS min_by(x, CASE WHEN c THEN named_struct('p1', a, 'p2', b) END);

MACRO age_on(birth, d) AS extract(year FROM d) - extract(year FROM birth)
    - CASE WHEN extract(month FROM d) * 100 + extract(day FROM d) < extract(month FROM birth) * 100 + extract(day FROM birth) THEN 1 ELSE 0 END;

MACRO first_of_year(y) AS make_date(y, 1, 1);

MACRO last_of_month(d) AS last_day(d);

MACRO first_of_quarter(d) AS CAST(date_trunc('QUARTER', d) AS DATE);

MACRO last_of_quarter(d) AS last_day(add_months(CAST(date_trunc('QUARTER', d) AS DATE), 2));

MACRO quarter_label(d) AS CAST(year(d) AS STRING) || '-Q' || CAST(quarter(d) AS STRING);

MACRO days_from(f, u) AS
SELECT explode(CASE WHEN f <= u THEN sequence(f, u, INTERVAL 1 DAY) ELSE array() END) AS day;

MACRO whole_numbers(a, b) AS
SELECT explode(CASE WHEN a <= b THEN sequence(CAST(a AS BIGINT), CAST(b AS BIGINT)) ELSE array() END) AS n;

MACRO euros(cents) AS CAST(cents AS DECIMAL(18, 0)) * CAST(0.01 AS DECIMAL(3, 2));

MACRO year_label(d) AS CAST(year(d) AS STRING);

MACRO month_label(d) AS date_format(d, 'yyyy-MM');

MACRO real(n) AS CAST(n AS DOUBLE);
