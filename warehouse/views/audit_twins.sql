-- Ids that stand more than once where each must be alone. Must stay empty.
create view meta.audit_twins as
select 'article' as fault, article_id as row_id, count(*) as copies from meta.articles group by all having count(*) > 1
union all
select 'text', article_id, count(*) from meta.texts group by all having count(*) > 1
union all
select 'claim', claim_id, count(*) from meta.claims group by all having count(*) > 1
union all
select 'shift', shift_id, count(*) from meta.shifts group by all having count(*) > 1
union all
select 'alert', alert_id, count(*) from meta.alerts group by all having count(*) > 1
union all
select 'load', load_id, count(*) from meta.loads group by all having count(*) > 1;

comment on view meta.audit_twins is 'Ids that stand more than once where each must be alone. Must stay empty.';
comment on column meta.audit_twins.fault is 'Which table.';
comment on column meta.audit_twins.row_id is 'The id.';
comment on column meta.audit_twins.copies is 'How often it stands there.';
