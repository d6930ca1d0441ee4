-- Rows that point to nothing. Must stay empty.
create view meta.audit_orphans as
select 'claim without article' as fault, claim_id as row_id from meta.claims anti join meta.articles using (article_id)
union all
select 'fact without claim', fact_id from (select fact_id, unnest(claim_ids) as claim_id from meta.fact_vintages) anti join meta.claims using (claim_id)
union all
select 'best claim is no support', fact_id from meta.fact_vintages where not list_contains(claim_ids, claim_id)
union all
select 'shift without vintage', shift_id from meta.shifts anti join meta.fact_vintages using (vintage_id)
union all
select 'alert without shift', alert_id from (select alert_id, unnest(shift_ids) as shift_id from meta.alerts) anti join meta.shifts using (shift_id)
union all
select 'original without text', article_id from main.articles where verdict <> 'copy' and text is null;

comment on view meta.audit_orphans is 'Rows that point to nothing. Must stay empty.';
comment on column meta.audit_orphans.fault is 'What is wrong.';
comment on column meta.audit_orphans.row_id is 'The id of the row.';
