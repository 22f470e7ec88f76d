-- What DuckDB says in its own way. Another engine brings a file of the same macros.

CREATE OR REPLACE MACRO add_days(d, n) AS d + CAST(n AS INTEGER);

CREATE OR REPLACE MACRO days_between(a, b) AS b - a;

-- Whole quotient of whole numbers, rounded down; neither may be negative.
CREATE OR REPLACE MACRO floor_divide(a, b) AS CAST(a AS HUGEINT) // CAST(b AS HUGEINT);

-- Whole quotient rounded half-up; neither may be negative.
CREATE OR REPLACE MACRO round_divide(a, b) AS (2 * CAST(a AS HUGEINT) + CAST(b AS HUGEINT)) // (2 * CAST(b AS HUGEINT));

-- Whole quotient rounded up; neither may be negative.
CREATE OR REPLACE MACRO ceiling_divide(a, b) AS (CAST(a AS HUGEINT) + CAST(b AS HUGEINT) - 1) // CAST(b AS HUGEINT);

-- Quantile of type 7: linear interpolation between order statistics.
CREATE OR REPLACE MACRO quantile7(x, q) AS quantile_cont(x, q);

-- The value that belongs to the smallest (a, b).
CREATE OR REPLACE MACRO first_by(x, a, b) AS min_by(x, ROW(a, b));

-- The same among the rows for which c is true; NULL where there is none.
CREATE OR REPLACE MACRO first_by_where(x, c, a, b) AS min_by(x, CASE WHEN c THEN ROW(a, b) END);

-- The n-th part of a ROW. Rows compare part by part, so that min(ROW(...)) finds the first of them.
CREATE OR REPLACE MACRO part(r, n) AS struct_extract(r, n);

CREATE OR REPLACE MACRO first_of_year(y) AS make_date(y, 1, 1);

CREATE OR REPLACE MACRO last_of_month(d) AS last_day(d);

CREATE OR REPLACE MACRO first_of_quarter(d) AS CAST(date_trunc('quarter', d) AS DATE);

CREATE OR REPLACE MACRO last_of_quarter(d) AS CAST(date_trunc('quarter', d) + INTERVAL 3 MONTH - INTERVAL 1 DAY AS DATE);

CREATE OR REPLACE MACRO quarter_label(d) AS CAST(extract(year FROM d) AS VARCHAR) || '-Q' || CAST(extract(quarter FROM d) AS VARCHAR);

-- Every day from f up to and including u; none if u lies before f.
CREATE OR REPLACE MACRO days_from(f, u) AS TABLE
SELECT CAST(unnest(generate_series(CAST(f AS TIMESTAMP), CAST(u AS TIMESTAMP), INTERVAL 1 DAY)) AS DATE) AS day;

-- Every whole number from a up to and including b.
CREATE OR REPLACE MACRO whole_numbers(a, b) AS TABLE
SELECT unnest(generate_series(CAST(a AS BIGINT), CAST(b AS BIGINT))) AS n;

-- Whole cents as an exact amount.
CREATE OR REPLACE MACRO euros(cents) AS CAST(cents AS DECIMAL(18, 0)) * CAST(0.01 AS DECIMAL(3, 2));
