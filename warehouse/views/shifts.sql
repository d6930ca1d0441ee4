-- How far each fact is from 2017 and from a year ago.    Grain: one row per fact and comparison.
create view shifts as
with latest as (
    select * from meta.shifts where event <> 'retracted'
    qualify row_number() over (partition by fact_id order by load_no desc, event) = 1
),
compared as (
    select shift_id, fact_id, event, published_at, recorded_at, unnest(comparisons) as other from latest
)
select
    this.shift_id, fact_id, this.other.reference_id as reference_id,
    fact.company, fact.metric, fact.segment, fact.region, fact.period, fact.basis, fact.kind, fact.unit, fact.currency, fact.per,
    fact.authority, fact.standing, this.event, this.other.against as against, this.other.reference as reference,
    this.other.reference_period as reference_period, this.other.note as note,
    fact.amount, this.other.reference_amount::double as reference_amount, this.other.change::double as change,
    this.other.change_pct::double as change_pct, this.other.change_unit as change_unit,
    fact.period_start, fact.period_end, this.published_at, this.recorded_at
from compared as this
join facts as fact using (fact_id)
where fact.standing <> 'retracted';

comment on view shifts is 'How far each fact is from its counterpart: like with like, the same part of the year. Grain: one row per fact and comparison; a fact without a counterpart has none.';
comment on column shifts.shift_id is 'Names the shift.';
comment on column shifts.fact_id is 'Names the fact; `figurewatch why` takes its first digits.';
comment on column shifts.reference_id is 'The baseline entry or the fact it is compared with.';
comment on column shifts.company is 'Canonical name; MARKET for a whole market; GROUP:… and OS:… for groups and systems.';
comment on column shifts.metric is 'What is counted: shipments, market_share, revenue and so on.';
comment on column shifts.segment is 'Which part of the business: smartphones, company, product:Mi 5, segment:Redmi.';
comment on column shifts.region is 'GLOBAL, ISO 3166-1 alpha-2 or a group such as EU; null where unclear.';
comment on column shifts.period is 'The period as a label: 2017, 2017-Q2, asof:2017-07; null where none can be resolved.';
comment on column shifts.basis is 'abs for a level; yoy, qoq, multi or since for a change.';
comment on column shifts.kind is 'actual, target (the company''s own aim) or forecast (someone else''s).';
comment on column shifts.unit is 'units, currency, percent, pp, ratio, ordinal or count.';
comment on column shifts.currency is 'ISO 4217, with the unit currency.';
comment on column shifts.per is 'The rate as printed (second, day, year); null for a plain amount.';
comment on column shifts.authority is 'Who measured or said it; press for the writer''s own voice.';
comment on column shifts.standing is 'single, corroborated, disputed, restated or retracted.';
comment on column shifts.event is 'What the fact''s newest vintage is to what was held before.';
comment on column shifts.against is '2017 or year_ago.';
comment on column shifts.reference is 'curated (config/baseline) or news (a held fact).';
comment on column shifts.reference_period is 'The period compared with.';
comment on column shifts.note is 'How the periods answer to each other where they are not the same part of the year.';
comment on column shifts.amount is 'Whole devices, currency units, percent from 0 to 100; a fall is negative.';
comment on column shifts.reference_amount is 'What it is compared with.';
comment on column shifts.change is 'In change_unit; percentage points for shares, places for ranks.';
comment on column shifts.change_pct is 'In percent; null for shares, ranks and a reference of zero.';
comment on column shifts.change_unit is 'The unit of change.';
comment on column shifts.period_start is 'The period''s first day.';
comment on column shifts.period_end is 'The period''s last day.';
comment on column shifts.published_at is 'When the newest claim behind it was said, UTC.';
comment on column shifts.recorded_at is 'When it was learnt, UTC.';
