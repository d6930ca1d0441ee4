-- From here on the text of a copy is kept too: the index of duplicates is made again from it, and it may be fuller than its original's.
comment on table meta.texts is 'The clean text of each article, copies too. Grain: one row per article.';
