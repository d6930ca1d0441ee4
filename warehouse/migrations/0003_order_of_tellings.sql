-- From here on a load's articles are told apart in the order in which they stood in the queue, and that order is kept.
-- In the loads before it was by date of publication, then by article_id: their rows stay null, and are read in that order.
alter table meta.tellings add column told_no bigint;
comment on column meta.tellings.told_no is 'Which of its load''s articles it was, in the order in which they were told apart, from 1; null in loads that went by date.';
