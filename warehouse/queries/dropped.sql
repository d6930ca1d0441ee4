-- Why an article or a figure isn't in the warehouse: what was dropped or failed, and why.
select room, outcome, reason, item, detail, recorded_at
from meta.endings
where outcome <> 'kept'
order by recorded_at desc, room, item;
