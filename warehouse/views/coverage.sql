-- What each source has given so far.    Grain: one row per source and month of publication.
create view coverage as
with figures_of as (
    select article_id, count(*) as claims from meta.claims group by article_id
)
select
    this.source, date_trunc('month', this.published_at)::date as published_month,
    count(*) as articles, count(*) filter (where this.is_copy) as copies, count(said.article_id) as articles_with_claims,
    coalesce(sum(said.claims), 0)::bigint as claims, max(this.published_at) as last_published_at, max(this.recorded_at) as last_recorded_at
from articles as this
left join figures_of as said using (article_id)
group by all;

comment on view coverage is 'What each source has given so far. Grain: one row per source and month of publication.';
comment on column coverage.source is 'The host without www.';
comment on column coverage.published_month is 'First day of the month; null for articles without a date.';
comment on column coverage.articles is 'Articles read.';
comment on column coverage.copies is 'Those of them that were dropped as copies.';
comment on column coverage.articles_with_claims is 'Those of them that state a figure.';
comment on column coverage.claims is 'Figures read in them.';
comment on column coverage.last_published_at is 'Of the newest one, UTC.';
comment on column coverage.last_recorded_at is 'When the last one was learnt, UTC.';
