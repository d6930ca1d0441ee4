-- Xiaomi's smartphone shipments in the world, quarter by quarter, per authority.
select period, authority, amount / 1e6 as millions, standing, sources
from facts
where company = 'Xiaomi' and metric = 'shipments' and segment = 'smartphones' and region = 'GLOBAL' and basis = 'abs' and kind = 'actual'
order by period_start, period_end, authority;
