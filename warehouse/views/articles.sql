-- What was read, and what each text is to those known before it.    Grain: one row per article.
create view articles as
with verdicts as (
    select * from meta.tellings qualify row_number() over (partition by article_id order by load_no desc) = 1
)
select
    this.article_id, told.of_article_id, told.group_id,
    this.url, this.canonical_url, this.title, this.byline, this.language, this.site_name, this.source, told.verdict,
    told.verdict = 'copy' as is_copy, told.coverage, case when told.verdict is distinct from 'copy' then texts.text end as text,
    this.published_at, this.published_from, this.updated_at, this.recorded_at
from meta.articles as this
left join verdicts as told using (article_id)
left join meta.texts as texts using (article_id);

comment on view articles is 'What was read, copies too. Grain: one row per address and text.';
comment on column articles.article_id is 'Names the article.';
comment on column articles.of_article_id is 'The article that it copies, revises or is linked to.';
comment on column articles.group_id is 'The first article of its syndication group.';
comment on column articles.url is 'Where it was read.';
comment on column articles.canonical_url is 'The address that the page itself calls the right one.';
comment on column articles.title is 'The headline.';
comment on column articles.byline is 'The people who wrote it.';
comment on column articles.language is 'ISO 639-1.';
comment on column articles.site_name is 'What the site calls itself.';
comment on column articles.source is 'The host without www.';
comment on column articles.verdict is 'original, copy, revision, expanded, template, rewrite or same_event.';
comment on column articles.is_copy is 'True where it was dropped as a copy; its figures stand with the original.';
comment on column articles.coverage is 'Share of its words that stand in the other text, 0 to 1.';
comment on column articles.text is 'The clean text; null for copies.';
comment on column articles.published_at is 'When it was published, UTC.';
comment on column articles.published_from is 'Where that date stands.';
comment on column articles.updated_at is 'When the page says it was last changed, UTC.';
comment on column articles.recorded_at is 'When it was learnt, UTC.';
