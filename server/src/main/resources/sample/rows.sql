-- One dataset. The row's number alone decides its day, ever closer to today from three years before
-- and ever further to one year after, so that the table is clustered by date without a sort.
CREATE TABLE sample."$dataset" AS
WITH placed AS (
  SELECT i, $seed + i AS s, (i + 0.5) / $rows AS share FROM numbers),
dated AS (
  SELECT *, (DATE '$today' + CASE WHEN share < 0.85
      THEN -1 - floor(1095 * pow(1 - share / 0.85, 2))::INT
      ELSE floor(365 * pow((share - 0.85) / 0.15, 2))::INT END)::DATE AS day,
    (3000 * pow(u(s, 1), 3))::INT % 3000 AS customer FROM placed),
owned AS (
  SELECT *, date_trunc('month', day)::DATE AS month, day + to_seconds(floor(86400 * u(s, 2))::BIGINT) AS moment,
    customer * 6 + (6 * u(s, 3))::INT % 6 AS asset,
    CASE WHEN '$dataset' = 'Profile' THEN i % 400 ELSE (400 * pow(u(customer, 4), 2))::INT % 400 END AS partner,
    CASE WHEN '$dataset' LIKE 'ISV%' THEN pareto(s, 5) ELSE 1 + lognormal(s, 5, 60, 1.3)::BIGINT END AS quantity, u(s, 6) AS fate FROM dated),
bought AS (
  SELECT *, (60 * pow(u(asset, 7), 2))::INT % 60 AS offer, (3 * pow(u(asset, 8), 1.5))::INT % 3 AS plan, partner * 7 % 400 AS reseller, partner * 11 % 40 AS provider,
    fate < 0.15 AS canceled, u(asset, 9) < 0.2 AS private, (quantity * u(s, 10))::BIGINT AS assigned,
    CASE '$dataset' WHEN 'DynamicsUsage' THEN 3 WHEN 'EMSUsage' THEN 6 WHEN 'PowerBIUsage' THEN 9
      ELSE ([0, 3, 6, 9, 12])[1 + roll(asset, 13, 5)] END + roll(asset, 14, 3) AS product,
    (DATE '$today' - 1100 - roll(asset, 11, 1500))::DATE AS started,
    [12, 1, 36][1 + (asset % 3)] AS term_months, ([1.0, 2.5, 6.0])[1 + plan] AS plan_factor FROM owned),
r AS (
  SELECT *, (quantity * (0.2 + u(s, 12) * 9.8))::DECIMAL(18, 2) AS usage FROM bought)
SELECT
$fields
FROM r$joins
