-- From a fact to the sentences that say it.    Grain: one row per fact and supporting claim.
create view provenance as
with supports as (
    select fact_id, claim_id as best_claim_id, unnest(claim_ids) as claim_id from facts
)
select
    this.fact_id, claim_id, said.article_id,
    said.company, said.metric, said.authority, claim_id = this.best_claim_id as is_best,
    said.printed, said.quote, said.source, said.url, said.title, said.confidence, said.span_start, said.span_end,
    said.published_at, said.recorded_at
from supports as this
join meta.claims as said using (claim_id);

comment on view provenance is 'From a fact to the sentences that say it. Grain: one row per fact and supporting claim.';
comment on column provenance.fact_id is 'Names the fact; `figurewatch why` takes its first digits.';
comment on column provenance.claim_id is 'The claim.';
comment on column provenance.article_id is 'Its article.';
comment on column provenance.company is 'Canonical name; MARKET for a whole market; GROUP:… and OS:… for groups and systems.';
comment on column provenance.metric is 'What is counted: shipments, market_share, revenue and so on.';
comment on column provenance.authority is 'Who measured or said it; null for the writer''s own voice.';
comment on column provenance.is_best is 'True for the claim whose amount the fact shows.';
comment on column provenance.printed is 'The number as printed.';
comment on column provenance.quote is 'The sentence, word for word.';
comment on column provenance.source is 'The article''s host.';
comment on column provenance.url is 'The article''s address.';
comment on column provenance.title is 'The article''s headline.';
comment on column provenance.confidence is 'How sure the reading is, 0 to 1.';
comment on column provenance.span_start is 'Where the number begins in the article''s text, in code points from 0.';
comment on column provenance.span_end is 'Where it ends, exclusive.';
comment on column provenance.published_at is 'When it was said, UTC.';
comment on column provenance.recorded_at is 'When it was learnt, UTC.';
