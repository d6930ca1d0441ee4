-- Who carried one text, and when: what counts as one voice.    Grain: one row per syndication group.
create view syndication as
with members as (
    select this.*, held.text as words
    from articles as this
    left join meta.texts as held using (article_id)
    where this.group_id is not null
)
select
    group_id,
    first(article_id order by published_at nulls last, recorded_at, article_id) as original_article_id,
    first(source order by published_at nulls last, recorded_at, article_id) as original_source,
    first(article_id order by length(words) desc nulls last, published_at nulls last, article_id) as fullest_article_id,
    first(words order by length(words) desc nulls last, published_at nulls last, article_id) as fullest_text,
    list({
        'article_id': article_id, 'source': source, 'url': url, 'verdict': verdict, 'published_at': published_at
    } order by published_at nulls last, recorded_at, article_id) as carriers,
    count(*) as articles, count(*) filter (where is_copy) as copies, count(distinct source) as sources,
    min(published_at) as first_published_at, max(published_at) as last_published_at
from members
group by group_id;

comment on view syndication is 'Who carried one text, and when: what counts as one voice. Grain: one row per syndication group.';
comment on column syndication.group_id is 'Names the group; its article that was read first.';
comment on column syndication.original_article_id is 'The article that was published first, whenever it was read.';
comment on column syndication.original_source is 'Who published it first: the host without www.';
comment on column syndication.fullest_article_id is 'The article with the longest text, which may be a copy.';
comment on column syndication.fullest_text is 'That text.';
comment on column syndication.carriers is 'Every article of the group, the earliest first.';
comment on column syndication.articles is 'How many there are: original, copies, revised and longer versions.';
comment on column syndication.copies is 'Those of them that were dropped as copies.';
comment on column syndication.sources is 'Different hosts among them.';
comment on column syndication.first_published_at is 'When the first one was published, UTC.';
comment on column syndication.last_published_at is 'When the last one was published, UTC.';
