-- What DuckDB says in its own way; expanded as text. Another engine brings a file of the same macros.

MACRO add_days(d, n) AS d + CAST(n AS INTEGER);

MACRO days_between(a, b) AS b - a;

-- A whole number in a width in which products of two counts or amounts are exact.
MACRO exact(n) AS CAST(n AS HUGEINT);

-- Whole quotient of whole numbers, rounded down; neither may be negative.
MACRO floor_divide(a, b) AS exact(a) // exact(b);

-- Whole quotient rounded half-up; the divisor is positive. What is divided may be negative, and a whole quotient
-- is cut off towards zero.
MACRO round_divide(a, b) AS
CASE WHEN a < 0 THEN -((exact(b) - 2 * exact(a) - 1) // (2 * exact(b))) ELSE (2 * exact(a) + exact(b)) // (2 * exact(b)) END;

-- Whole quotient rounded up; neither may be negative.
MACRO ceiling_divide(a, b) AS (exact(a) + exact(b) - 1) // exact(b);

-- Quantile of type 7: linear interpolation between order statistics.
MACRO quantile7(x, q) AS quantile_cont(x, q);

-- Tuples compare part by part, so that the least of them is the first by its first part, then by its second.
MACRO tuple2(a, b) AS ROW(a, b);

MACRO tuple4(a, b, c, d) AS ROW(a, b, c, d);

MACRO part1(r) AS struct_extract(r, 1);

MACRO part2(r) AS struct_extract(r, 2);

MACRO part3(r) AS struct_extract(r, 3);

MACRO part4(r) AS struct_extract(r, 4);

-- The value that belongs to the smallest (a, b).
MACRO first_by(x, a, b) AS min_by(x, ROW(a, b));

-- The same among the rows for which c is true; NULL where there is none.
MACRO first_by_where(x, c, a, b) AS min_by(x, CASE WHEN c THEN ROW(a, b) END);

-- Completed years of age on a day.
MACRO age_on(birth, d) AS extract(year FROM d) - extract(year FROM birth)
    - CASE WHEN extract(month FROM d) * 100 + extract(day FROM d) < extract(month FROM birth) * 100 + extract(day FROM birth) THEN 1 ELSE 0 END;

MACRO first_of_year(y) AS make_date(y, 1, 1);

MACRO last_of_month(d) AS last_day(d);

MACRO first_of_quarter(d) AS CAST(date_trunc('quarter', d) AS DATE);

MACRO last_of_quarter(d) AS CAST(date_trunc('quarter', d) + INTERVAL 3 MONTH - INTERVAL 1 DAY AS DATE);

MACRO quarter_label(d) AS CAST(extract(year FROM d) AS VARCHAR) || '-Q' || CAST(extract(quarter FROM d) AS VARCHAR);

-- Every day from f up to and including u; none if u lies before f.
MACRO days_from(f, u) AS
SELECT CAST(unnest(generate_series(CAST(f AS TIMESTAMP), CAST(u AS TIMESTAMP), INTERVAL 1 DAY)) AS DATE) AS day;

-- Every whole number from a up to and including b.
MACRO whole_numbers(a, b) AS
SELECT unnest(generate_series(CAST(a AS BIGINT), CAST(b AS BIGINT))) AS n;

-- Whole cents as an exact amount.
MACRO euros(cents) AS CAST(cents AS DECIMAL(18, 0)) * CAST(0.01 AS DECIMAL(3, 2));

MACRO year_label(d) AS CAST(extract(year FROM d) AS VARCHAR);

MACRO month_label(d) AS strftime(d, '%Y-%m');

-- A number as the engine's own floating-point number.
MACRO real(n) AS CAST(n AS DOUBLE);
