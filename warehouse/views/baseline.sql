-- The curated figures of 2017.    Grain: one row per figure.
create view baseline as
select
    baseline_id,
    company, metric, segment, region, period, basis, kind, unit, currency, per, bound, authority, source, reading, reason,
    amount::double as amount, period_start, period_end
from meta.baseline;

comment on view baseline is 'The curated figures of 2017 that shifts compare with; news never overwrites them. Grain: one row per figure.';
comment on column baseline.baseline_id is 'The figure''s name.';
comment on column baseline.company is 'Canonical name; MARKET for a whole market; GROUP:… and OS:… for groups and systems.';
comment on column baseline.metric is 'What is counted: shipments, market_share, revenue and so on.';
comment on column baseline.segment is 'Which part of the business: smartphones, company, product:Mi 5, segment:Redmi.';
comment on column baseline.region is 'GLOBAL, ISO 3166-1 alpha-2 or a group such as EU; null where unclear.';
comment on column baseline.period is 'The period as a label: 2017, 2017-Q2, asof:2017-07; null where none can be resolved.';
comment on column baseline.basis is 'abs for a level; yoy, qoq, multi or since for a change.';
comment on column baseline.kind is 'actual, target (the company''s own aim) or forecast (someone else''s).';
comment on column baseline.unit is 'units, currency, percent, pp, ratio, ordinal or count.';
comment on column baseline.currency is 'ISO 4217, with the unit currency.';
comment on column baseline.per is 'The rate as printed (second, day, year); null for a plain amount.';
comment on column baseline.bound is 'exact, approx, gt, lt or range.';
comment on column baseline.authority is 'Who measured or said it.';
comment on column baseline.source is 'Where it was read.';
comment on column baseline.reading is 'How it is read, in our own words.';
comment on column baseline.reason is 'Why this figure was chosen where sources conflict.';
comment on column baseline.amount is 'Whole devices, currency units, percent from 0 to 100; a fall is negative.';
comment on column baseline.period_start is 'The period''s first day.';
comment on column baseline.period_end is 'The period''s last day.';
