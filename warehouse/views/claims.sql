-- What each article says about each number.    Grain: one row per claim.
create view claims as
select
    claim_id, article_id,
    company, metric, segment, region, period, basis, compared_to, kind, unit, currency, per, authority, bound, printed, quote, source, url,
    amount::double as amount, amount_high::double as amount_high, alt_amount::double as alt_amount, alt_currency,
    rounding::double as rounding, confidence, span_start, span_end,
    period_start, period_end, published_at, recorded_at
from meta.claims;

comment on view claims is 'What one article says about one number, never edited. Grain: one row per claim.';
comment on column claims.claim_id is 'Names the claim; `figurewatch why` takes its first digits.';
comment on column claims.article_id is 'The article that says it.';
comment on column claims.company is 'Canonical name; MARKET for a whole market; GROUP:… and OS:… for groups and systems.';
comment on column claims.metric is 'What is counted: shipments, market_share, revenue and so on.';
comment on column claims.segment is 'Which part of the business: smartphones, company, product:Mi 5, segment:Redmi.';
comment on column claims.region is 'GLOBAL, ISO 3166-1 alpha-2 or a group such as EU; null where the text leaves it open.';
comment on column claims.period is 'The period as a label: 2017, 2017-Q2, asof:2017-07; null where none can be resolved.';
comment on column claims.basis is 'abs for a level; yoy, qoq, multi or since for a change.';
comment on column claims.compared_to is 'The earlier period of a change, as a label.';
comment on column claims.kind is 'actual, target (the company''s own aim) or forecast (someone else''s).';
comment on column claims.unit is 'units, currency, percent, pp, ratio, ordinal or count.';
comment on column claims.currency is 'ISO 4217, with the unit currency.';
comment on column claims.per is 'The rate as printed (second, day, year); null for a plain amount.';
comment on column claims.authority is 'Who measured or said it; null for the writer''s own voice.';
comment on column claims.bound is 'exact, approx, gt, lt or range.';
comment on column claims.printed is 'The number as printed.';
comment on column claims.quote is 'The sentence, word for word.';
comment on column claims.source is 'The article''s host.';
comment on column claims.url is 'The article''s address.';
comment on column claims.amount is 'Whole devices, currency units, percent from 0 to 100; a fall is negative.';
comment on column claims.amount_high is 'Upper end of a range.';
comment on column claims.alt_amount is 'The same amount in brackets in another currency.';
comment on column claims.alt_currency is 'That other currency, ISO 4217.';
comment on column claims.rounding is 'Half of the last printed digit, in the amount''s unit.';
comment on column claims.confidence is 'How sure the reading is, 0 to 1.';
comment on column claims.span_start is 'Where the number begins in the article''s text, in code points from 0.';
comment on column claims.span_end is 'Where it ends, exclusive.';
comment on column claims.period_start is 'The period''s first day.';
comment on column claims.period_end is 'The period''s last day.';
comment on column claims.published_at is 'When it was said, UTC.';
comment on column claims.recorded_at is 'When it was learnt, UTC.';
