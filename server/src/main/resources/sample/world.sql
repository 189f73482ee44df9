-- The world that all datasets share: who buys, what is sold, and who sells it. Every value follows
-- from a number by a hash, so a customer is the same in each dataset.

-- Both are mixed before they meet: hash(n, k) alone leaves the values of one n alike for all k.
CREATE MACRO mixed(n, k) AS hash(xor(hash(n), hash(k)));
-- A number from 0 up to 1, the same for the same n and k.
CREATE MACRO u(n, k) AS (mixed(n, k) >> 11)::DOUBLE / 9007199254740992.0;
-- A whole number from 0 up to m.
CREATE MACRO roll(n, k, m) AS (mixed(n, k) % m)::INT;
-- One of a list, the first ones more often.
CREATE MACRO pick(n, k, choices) AS choices[1 + (pow(u(n, k), 1.4) * len(choices))::INT % len(choices)];
CREATE MACRO flag(n, k, share) AS u(n, k) < share;
-- Sometimes no value at all; and, for text, sometimes an empty one.
CREATE MACRO maybe(n, k, x) AS CASE WHEN u(n, k + 1) < 0.03 THEN NULL ELSE x END;
CREATE MACRO blank(n, k, x) AS CASE WHEN u(n, k + 2) < 0.02 THEN '' ELSE maybe(n, k, x) END;
CREATE MACRO guid_text(a, b) AS concat(a[1:8], '-', a[9:12], '-4', a[14:16], '-a', b[2:4], '-', b[5:16]);
CREATE MACRO guid(n, k) AS guid_text(printf('%016x', mixed(n, k)), printf('%016x', mixed(n, k + 7)));
-- Heavy tails: log-normal around a median, and Pareto from one up.
CREATE MACRO lognormal(n, k, median, spread) AS
  median * exp(spread * sqrt(-2 * ln(u(n, k) + 1e-9)) * cos(2 * pi() * u(n, k + 3)));
CREATE MACRO pareto(n, k) AS least(100000, floor(pow(1 - u(n, k), -0.8)))::BIGINT;

CREATE TABLE place AS SELECT row_number() OVER () - 1 AS n, * FROM (VALUES
  ('United States', 'US', 'USD', 'en-US', 1.0, 'Americas', 'Seattle', 'Washington', '98', ['Smith', 'Johnson', 'O''Brien'], ['Mary', 'James', 'Linda']),
  ('Germany', 'DE', 'EUR', 'de-DE', 0.92, 'EMEA', 'München', 'Bayern', '80', ['Müller', 'Schäfer', 'Weiß'], ['Jörg', 'Anna', 'Käthe']),
  ('United Kingdom', 'GB', 'GBP', 'en-GB', 0.79, 'EMEA', 'London', 'England', 'EC1', ['Taylor', 'Evans', 'Clarke'], ['Oliver', 'Amelia', 'Harry']),
  ('Japan', 'JP', 'JPY', 'ja-JP', 151.2, 'Asia', '東京', '東京都', '100', ['佐藤', '鈴木', '高橋'], ['花子', '太郎', '陽子']),
  ('France', 'FR', 'EUR', 'fr-FR', 0.92, 'EMEA', 'Paris', 'Île-de-France', '75', ['Lefèvre', 'Dubois', 'Noël'], ['Zoé', 'René', 'Chloé']),
  ('Canada', 'CA', 'CAD', 'en-CA', 1.36, 'Americas', 'Montréal', 'Québec', 'H3', ['Tremblay', 'Roy', 'Martin'], ['Emma', 'Liam', 'Océane']),
  ('India', 'IN', 'INR', 'hi-IN', 83.4, 'Asia', 'मुंबई', 'Maharashtra', '400', ['Sharma', 'Patel', 'Iyer'], ['Aarav', 'Priya', 'अनिता']),
  ('Brazil', 'BR', 'BRL', 'pt-BR', 5.1, 'Americas', 'São Paulo', 'São Paulo', '01', ['Silva', 'Gonçalves', 'Araújo'], ['João', 'Maria', 'Inês']),
  ('Greece', 'GR', 'EUR', 'el-GR', 0.92, 'EMEA', 'Αθήνα', 'Αττική', '105', ['Παπαδόπουλος', 'Νικολάου', 'Γεωργίου'], ['Ελένη', 'Γιώργος', 'Μαρία']),
  ('Saudi Arabia', 'SA', 'SAR', 'ar-SA', 3.75, 'EMEA', 'الرياض', 'منطقة الرياض', '114', ['العتيبي', 'القحطاني', 'الحربي'], ['فاطمة', 'محمد', 'نورة']),
  ('Ukraine', 'UA', 'UAH', 'uk-UA', 39.5, 'EMEA', 'Київ', 'Київ', '010', ['Шевченко', 'Коваленко', 'Бондар'], ['Олена', 'Андрій', 'Ірина']),
  ('Sweden', 'SE', 'SEK', 'sv-SE', 10.6, 'EMEA', 'Göteborg', 'Västra Götaland', '411', ['Åkesson', 'Lindström', 'Öberg'], ['Åsa', 'Björn', 'Elsa']),
  ('Türkiye', 'TR', 'TRY', 'tr-TR', 32.3, 'EMEA', 'İstanbul', 'İstanbul', '34', ['Yılmaz', 'Işık', 'Çelik'], ['İpek', 'Ömer', 'Ayşe']),
  ('Australia', 'AU', 'AUD', 'en-AU', 1.52, 'Asia', 'Sydney', 'New South Wales', '20', ['Nguyen', 'Wilson', 'Kelly'], ['Jack', 'Isla', 'Noah'])
) AS t(country, code, currency, culture, rate, area, city, state, postal, lasts, firsts);

CREATE TABLE customer AS
WITH base AS (
  SELECT n, (14 * pow(u(n, 101), 1.7))::INT % 14 AS place,
    CASE WHEN u(n, 102) < 0.04 THEN ['日本データ株式会社', 'شركة النور للتقنية', 'Ελληνικά Δίκτυα Α.Ε.', 'Київські Системи', 'Rocket 🚀 Labs', 'Quote "Unquote" Media', 'Müller & Söhne, GmbH'][1 + n % 7] || ' ' || n
      ELSE concat(
        ['Contoso', 'Fabrikam', 'Northwind', 'Adatum', 'Litware', 'Proseware', 'Tailspin', 'Wingtip', 'Relecloud', 'Fourth', 'Alpine', 'Blue Yonder', 'Coho', 'Graphic', 'Humongous', 'Lucerne', 'Margie''s', 'Trey', 'Woodgrove', 'Zåland', 'Östra', 'Élan', 'Lamna', 'Munson'][1 + n % 24], ' ',
        ['Energy', 'Foods', 'Health', 'Logistics', 'Media', 'Retail', 'Robotics', 'Software', 'Steel', 'Travel', 'Bank', 'Insurance', 'Pharma', 'Motors', 'Textiles', 'Water', 'Aerospace', 'Design', 'Farms', 'Games'][1 + (n // 24) % 20],
        CASE WHEN n < 480 THEN '' ELSE ' ' || ['North', 'South', 'East', 'West', 'Group', 'Holding', 'Partners', 'International'][1 + (n // 480) % 8] END,
        [' Inc.', ' Ltd', '', ', LLC', ' AG', ' S.A.'][1 + roll(n, 103, 6)]) END AS name,
    (['Enterprise', 'Corporate', 'Small Medium', 'Public Sector', 'Education'])[1 + (5 * pow(u(n, 104), 1.3))::INT % 5] AS segment,
    (['Manufacturing', 'Retail & Consumer Goods', 'Financial Services', 'Healthcare', 'Professional Services', 'Government', 'Education', 'Media & Telco'])[1 + roll(n, 105, 8)] AS industry
  FROM range(3000) AS t(n))
SELECT base.n, base.name, segment, industry, country, code, currency, culture, rate, area, city, state, firsts[1 + roll(base.n, 107, 3)] AS first_name, lasts[1 + roll(base.n, 108, 3)] AS last_name,
  postal || printf('%03d', roll(base.n, 106, 1000)) AS postal_code, 'customer' || base.n || '.example' AS domain, guid(base.n, 109) AS id, guid(base.n, 110) AS tenant_id, (1000000 + base.n * 37)::VARCHAR AS tpid,
  printf('%09d', roll(base.n, 111, 1000000000)) AS duns, guid(base.n, 112) || ':' || base.n AS billing_account,
  industry || ' - ' || ['Core', 'Services', 'Digital'][1 + roll(base.n, 113, 3)] AS vertical, segment || ' ' || ['Growth', 'Managed', 'Scale'][1 + roll(base.n, 114, 3)] AS sub_segment
FROM base JOIN place ON place.n = base.place;

CREATE TABLE offer AS
SELECT n, concat(['Nimbus', 'Aurora', 'Quartz', 'Harbor', 'Sentinel', 'Lumen', 'Atlas', 'Vega', 'Kestrel', 'Orchid'][1 + n % 10], ' ', ['Backup', 'Insights', 'Firewall', 'Analytics', 'CRM', 'Observability'][1 + n // 10]) AS name,
  'contoso.' || lower(['nimbus', 'aurora', 'quartz', 'harbor', 'sentinel', 'lumen', 'atlas', 'vega', 'kestrel', 'orchid'][1 + n % 10]) || '-' || n AS id, guid(n, 200) AS product_id,
  ['SaaS', 'Virtual Machine Licenses', 'Azure Applications', 'vm core image', 'SaaS', 'multisolution'][1 + n % 6] AS type,
  ['Storage', 'Analytics', 'Security', 'Analytics', 'Business Applications', 'IT & Management Tools'][1 + n // 10] AS category,
  round(lognormal(n, 201, 40, 1.1), 2) AS price, ['USD', 'EUR', 'GBP'][1 + n % 3] AS payout, [1.0, 0.92, 0.79][1 + n % 3] AS payout_rate
FROM range(60) AS t(n);

CREATE TABLE partner AS
SELECT t.n, concat(['Adventure', 'Best', 'City', 'First Up', 'Liberty', 'Nod', 'School of', 'Southridge', 'VanArsdel', 'Wide World', 'Bellows', 'Fincher', 'Λάμδα', 'Сигма', 'さくら', 'Größe'][1 + t.n % 16], ' ', ['Consulting', 'Cloud', 'Systems', 'IT Services', 'Distribution'][1 + (t.n // 16) % 5], CASE WHEN t.n < 80 THEN '' ELSE ' ' || (t.n // 80 + 1) END) AS name,
  (4000000 + t.n * 211)::VARCHAR AS mpn, (5000000 + (t.n // 2) * 307)::VARCHAR AS pga, (9000000 + t.n * 13)::VARCHAR AS location_id, place.country, place.code, place.city
FROM range(400) AS t(n) JOIN place ON place.n = roll(t.n, 301, 14);

CREATE TABLE product AS SELECT row_number() OVER () - 1 AS n, * FROM (VALUES
  ('Microsoft 365', 'Microsoft 365 E3', 'M365-E3', 'AAD-33200', 'Office Services', 'Modern Work'),
  ('Microsoft 365', 'Microsoft 365 E5', 'M365-E5', 'AAD-33177', 'Office Services', 'Modern Work'),
  ('Microsoft 365', 'Microsoft 365 Business Premium', 'M365-BP', 'KLT-00012', 'Office Services', 'Modern Work'),
  ('Dynamics 365', 'Dynamics 365 Sales Enterprise', 'D365-SE', 'DDM-00003', 'Dynamics Sales', 'Business Applications'),
  ('Dynamics 365', 'Dynamics 365 Business Central', 'D365-BC', 'DDX-00010', 'Dynamics ERP', 'Business Applications'),
  ('Dynamics 365', 'Dynamics 365 Customer Service', 'D365-CS', 'DDN-00008', 'Dynamics Service', 'Business Applications'),
  ('Enterprise Mobility + Security', 'Enterprise Mobility + Security E3', 'EMS-E3', 'AAA-10732', 'EMS Services', 'Security'),
  ('Enterprise Mobility + Security', 'Enterprise Mobility + Security E5', 'EMS-E5', 'CE6-00004', 'EMS Services', 'Security'),
  ('Enterprise Mobility + Security', 'Microsoft Intune Plan 1', 'INTUNE-A', 'U4A-00003', 'EMS Services', 'Security'),
  ('Power BI', 'Power BI Pro', 'PBI-PRO', 'NK4-00002', 'Power BI Services', 'Data & AI'),
  ('Power BI', 'Power BI Premium Per User', 'PBI-PPU', 'SEI-00001', 'Power BI Services', 'Data & AI'),
  ('Power BI', 'Power BI Embedded', 'PBI-EMB', 'GSL-00004', 'Power BI Services', 'Data & AI'),
  ('Microsoft Azure', 'Azure Plan', 'AZ-PLAN', 'DZH-318Z', 'Azure Services', 'Azure Infrastructure'),
  ('Microsoft Azure', 'Azure Reserved Instances', 'AZ-RI', 'DZH-318X', 'Azure Services', 'Azure Infrastructure'),
  ('Microsoft Azure', 'Azure Monetary Commitment', 'AZ-MC', '6QK-00001', 'Azure Services', 'Azure Infrastructure')
) AS t(family, name, sku, part, division, area);
