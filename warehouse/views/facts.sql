-- What is held now, per authority.    Grain: one row per fact.
create view facts as
select
    fact_id, vintage_id, claim_id, claim_ids,
    company, metric, segment, region, period, basis, compared_to, kind, unit, currency, per, authority, bound, standing, disputes,
    amount::double as amount, amount_high::double as amount_high, alt_amount::double as alt_amount, alt_currency,
    rounding::double as rounding, restates::double as restates, sources,
    period_nature, period_start, period_end, first_said_at, last_said_at, recorded_at
from meta.fact_vintages
qualify row_number() over (partition by fact_id order by load_no desc) = 1;

comment on view facts is 'What is held now: the latest vintage of each fact. Grain: one row per company, metric, segment, region, period, basis, compared_to, kind, unit, currency, per and authority.';
comment on column facts.fact_id is 'Names the fact; `figurewatch why` takes its first digits.';
comment on column facts.vintage_id is 'Names this state of it.';
comment on column facts.claim_id is 'The best claim behind it: its quote is shown.';
comment on column facts.claim_ids is 'All claims that support it, oldest first.';
comment on column facts.company is 'Canonical name; MARKET for a whole market; GROUP:… and OS:… for groups and systems.';
comment on column facts.metric is 'What is counted: shipments, market_share, revenue and so on.';
comment on column facts.segment is 'Which part of the business: smartphones, company, product:Mi 5, segment:Redmi.';
comment on column facts.region is 'GLOBAL, ISO 3166-1 alpha-2 or a group such as EU; null where unclear.';
comment on column facts.period is 'The period as a label: 2017, 2017-Q2, asof:2017-07; null where none can be resolved.';
comment on column facts.basis is 'abs for a level; yoy, qoq, multi or since for a change.';
comment on column facts.compared_to is 'The earlier period of a change, as a label.';
comment on column facts.kind is 'actual, target (the company''s own aim) or forecast (someone else''s).';
comment on column facts.unit is 'units, currency, percent, pp, ratio, ordinal or count.';
comment on column facts.currency is 'ISO 4217, with the unit currency.';
comment on column facts.per is 'The rate as printed (second, day, year); null for a plain amount.';
comment on column facts.authority is 'Who measured or said it; press for the writer''s own voice.';
comment on column facts.bound is 'exact, approx, gt, lt or range.';
comment on column facts.standing is 'single, corroborated, disputed, restated or retracted.';
comment on column facts.disputes is 'The claims that cannot be true together with it, and over what.';
comment on column facts.amount is 'Whole devices, currency units, percent from 0 to 100; a fall is negative.';
comment on column facts.amount_high is 'Upper end of a range.';
comment on column facts.alt_amount is 'The same amount in another currency, as the source gave it.';
comment on column facts.alt_currency is 'That other currency, ISO 4217.';
comment on column facts.rounding is 'Half of the last printed digit, in the amount''s unit.';
comment on column facts.restates is 'The amount held before a restatement.';
comment on column facts.sources is 'Independent sources that say so.';
comment on column facts.period_nature is 'span, asof (a point in time) or cum (summed up since a beginning).';
comment on column facts.period_start is 'The period''s first day.';
comment on column facts.period_end is 'The period''s last day.';
comment on column facts.first_said_at is 'When it was first said, UTC.';
comment on column facts.last_said_at is 'When it was last said, UTC.';
comment on column facts.recorded_at is 'When this state of it was learnt, UTC.';
