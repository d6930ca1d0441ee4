-- Facts that can't be compared with 2017 or with a year ago, and why.    Grain: one row per fact and comparison that is missing.
create view unmatched as
with latest as (
    select * from meta.shifts where event <> 'retracted'
    qualify row_number() over (partition by fact_id order by load_no desc, event) = 1
),
missing as (
    select fact_id, unnest(without_counterpart) as other from latest
)
select
    fact_id, fact.company, fact.metric, fact.segment, fact.region, fact.period, fact.basis, fact.kind, fact.unit, fact.currency, fact.per,
    fact.authority, fact.standing, fact.bound, this.other.against as against, this.other.reason as reason,
    fact.amount, fact.amount_high, fact.period_start, fact.period_end
from missing as this
join facts as fact using (fact_id)
where fact.standing <> 'retracted';

comment on view unmatched is 'Facts that can''t be compared with 2017 or with a year ago, and why. Grain: one row per fact and comparison that is missing.';
comment on column unmatched.fact_id is 'Names the fact; `figurewatch why` takes its first digits.';
comment on column unmatched.company is 'Canonical name; MARKET for a whole market; GROUP:… and OS:… for groups and systems.';
comment on column unmatched.metric is 'What is counted: shipments, market_share, revenue and so on.';
comment on column unmatched.segment is 'Which part of the business: smartphones, company, product:Mi 5, segment:Redmi.';
comment on column unmatched.region is 'GLOBAL, ISO 3166-1 alpha-2 or a group such as EU; null where unclear.';
comment on column unmatched.period is 'The period as a label: 2017, 2017-Q2, asof:2017-07; null where none can be resolved.';
comment on column unmatched.basis is 'abs for a level; yoy, qoq, multi or since for a change.';
comment on column unmatched.kind is 'actual, target (the company''s own aim) or forecast (someone else''s).';
comment on column unmatched.unit is 'units, currency, percent, pp, ratio, ordinal or count.';
comment on column unmatched.currency is 'ISO 4217, with the unit currency.';
comment on column unmatched.per is 'The rate as printed (second, day, year); null for a plain amount.';
comment on column unmatched.authority is 'Who measured or said it; press for the writer''s own voice.';
comment on column unmatched.standing is 'single, corroborated, disputed, restated or retracted.';
comment on column unmatched.bound is 'exact, approx, gt (at least), lt (at most) or range.';
comment on column unmatched.against is '2017 or year_ago.';
comment on column unmatched.reason is 'Why there is no counterpart.';
comment on column unmatched.amount is 'Whole devices, currency units, percent from 0 to 100; a fall is negative.';
comment on column unmatched.amount_high is 'The upper end of a range; null for a single amount.';
comment on column unmatched.period_start is 'The period''s first day.';
comment on column unmatched.period_end is 'The period''s last day.';
