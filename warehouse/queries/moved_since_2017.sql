-- How far each actual figure has moved since 2017, the furthest first.
select company, metric, segment, region, period, amount, reference_period, reference_amount, change, change_pct, change_unit, note
from shifts
where against = '2017' and kind = 'actual'
order by abs(change_pct) desc nulls last, company, metric, period;
