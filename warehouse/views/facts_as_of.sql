-- What was held at a moment in the past: select * from facts_as_of(timestamp '2018-01-01').    Grain: one row per fact.
create or replace macro facts_as_of(t) as table
select
    fact_id, vintage_id, claim_id, claim_ids,
    company, metric, segment, region, period, basis, compared_to, kind, unit, currency, per, authority, bound, standing, disputes,
    amount::double as amount, amount_high::double as amount_high, alt_amount::double as alt_amount, alt_currency,
    rounding::double as rounding, restates::double as restates, sources,
    period_nature, period_start, period_end, first_said_at, last_said_at, recorded_at
from meta.fact_vintages
where recorded_at <= t
qualify row_number() over (partition by fact_id order by load_no desc) = 1;

comment on macro table facts_as_of is 'What was held at a moment in the past, with the columns of facts.';
