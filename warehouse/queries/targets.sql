-- What companies aimed at, beside what came of it.
select aim.company, aim.metric, aim.segment, aim.region, aim.period, aim.amount as target, done.amount as actual,
    round(100 * done.amount / nullif(aim.amount, 0), 1) as reached_pct
from figures as aim
left join figures as done
    on done.company = aim.company and done.metric = aim.metric and done.segment = aim.segment and done.period = aim.period
    and done.region is not distinct from aim.region and done.basis = aim.basis and done.unit = aim.unit
    and done.currency is not distinct from aim.currency and done.per is not distinct from aim.per and done.kind = 'actual'
where aim.kind = 'target' and aim.basis = 'abs'
order by aim.company, aim.metric, aim.period_end;
