-- One figure where several authorities give one: the preferred authority's, with the range over all.
-- Grain: one row per company, metric, segment, region, period, basis, compared_to, kind, unit, currency and per.
create view figures as
with ranked as (
    select facts.*, coalesce(named.rank, own.rank, 1000) as authority_rank
    from facts
    left join meta.authorities as named on named.name = facts.authority
    left join meta.authorities as own on own.name = 'company' and facts.authority = facts.company
    where facts.standing <> 'retracted'
),
ranges as (
    select
        *,
        min(amount) over same as lowest, max(greatest(amount, amount_high)) over same as highest,
        list(authority) over same as all_authorities, bool_or(standing = 'disputed') over same as has_dispute,
        row_number() over (same_best) as place
    from ranked
    window
        same as (partition by company, metric, segment, region, period, basis, compared_to, kind, unit, currency, per),
        same_best as (
            partition by company, metric, segment, region, period, basis, compared_to, kind, unit, currency, per
            order by authority_rank, sources desc, rounding, fact_id
        )
)
select
    fact_id, claim_id,
    company, metric, segment, region, period, basis, compared_to, kind, unit, currency, per, authority, bound, standing, has_dispute,
    amount, amount_high, alt_amount, alt_currency, lowest, highest, list_sort(list_distinct(all_authorities)) as authorities, sources,
    period_start, period_end, first_said_at, last_said_at
from ranges
where place = 1;

comment on view figures is 'The preferred authority''s figure, with the range over all; what was retracted is left out. Grain: one row per company, metric, segment, region, period, basis, compared_to, kind, unit, currency and per.';
comment on column figures.fact_id is 'Names the fact; `figurewatch why` takes its first digits.';
comment on column figures.claim_id is 'The best claim behind it: its quote is shown.';
comment on column figures.company is 'Canonical name; MARKET for a whole market; GROUP:… and OS:… for groups and systems.';
comment on column figures.metric is 'What is counted: shipments, market_share, revenue and so on.';
comment on column figures.segment is 'Which part of the business: smartphones, company, product:Mi 5, segment:Redmi.';
comment on column figures.region is 'GLOBAL, ISO 3166-1 alpha-2 or a group such as EU; null where unclear.';
comment on column figures.period is 'The period as a label: 2017, 2017-Q2, asof:2017-07; null where none can be resolved.';
comment on column figures.basis is 'abs for a level; yoy, qoq, multi or since for a change.';
comment on column figures.compared_to is 'The earlier period of a change, as a label.';
comment on column figures.kind is 'actual, target (the company''s own aim) or forecast (someone else''s).';
comment on column figures.unit is 'units, currency, percent, pp, ratio, ordinal or count.';
comment on column figures.currency is 'ISO 4217, with the unit currency.';
comment on column figures.per is 'The rate as printed (second, day, year); null for a plain amount.';
comment on column figures.authority is 'The preferred one; press for the writer''s own voice. None is averaged.';
comment on column figures.bound is 'exact, approx, gt, lt or range.';
comment on column figures.standing is 'single, corroborated, disputed, restated or retracted.';
comment on column figures.has_dispute is 'True where a claim contradicts this figure or one of another authority.';
comment on column figures.amount is 'Whole devices, currency units, percent from 0 to 100; a fall is negative.';
comment on column figures.amount_high is 'Upper end of a range.';
comment on column figures.alt_amount is 'The same amount in another currency, as the source gave it.';
comment on column figures.alt_currency is 'That other currency, ISO 4217.';
comment on column figures.lowest is 'The least that any authority gives.';
comment on column figures.highest is 'The most that any authority gives.';
comment on column figures.authorities is 'All that give a figure here.';
comment on column figures.sources is 'Independent sources that say so.';
comment on column figures.period_start is 'The period''s first day.';
comment on column figures.period_end is 'The period''s last day.';
comment on column figures.first_said_at is 'When it was first said, UTC.';
comment on column figures.last_said_at is 'When it was last said, UTC.';
