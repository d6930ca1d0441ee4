-- Claims whose place in the text does not hold what was printed. Must stay empty.
create view meta.audit_spans as
select said.claim_id, said.printed, text.text[said.span_start + 1 : said.span_end] as found
from meta.claims as said
join meta.texts as text using (article_id)
where text.text[said.span_start + 1 : said.span_end] <> said.printed;

comment on view meta.audit_spans is 'Claims whose place in the text does not hold what was printed. Must stay empty.';
comment on column meta.audit_spans.claim_id is 'The claim.';
comment on column meta.audit_spans.printed is 'What it says was printed.';
comment on column meta.audit_spans.found is 'What stands there.';
