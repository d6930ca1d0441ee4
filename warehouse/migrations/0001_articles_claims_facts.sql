-- The machine's own tables. Rows are only ever added; the views make of them what analysts read.

create table meta.loads (
    load_id varchar not null, load_no bigint not null, articles bigint not null, claims bigint not null,
    vintages bigint not null, shifts bigint not null, alerts bigint not null, recorded_at timestamp not null
);
comment on table meta.loads is 'One transaction of the daemon. Grain: one row per load.';
comment on column meta.loads.load_id is 'Hash of what the load took in.';
comment on column meta.loads.load_no is 'Counts the loads from 1, in the order in which they were committed.';
comment on column meta.loads.articles is 'Articles handed in, copies too.';
comment on column meta.loads.claims is 'Claims handed in.';
comment on column meta.loads.vintages is 'Vintages of facts handed in.';
comment on column meta.loads.shifts is 'Shifts handed in.';
comment on column meta.loads.alerts is 'Alerts handed in.';
comment on column meta.loads.recorded_at is 'When the load was made, UTC.';

create table meta.articles (
    article_id varchar not null, url varchar not null, canonical_url varchar, title varchar not null, byline varchar[] not null,
    language varchar, site_name varchar, source varchar not null, text_sha256 varchar not null, page_sha256 varchar,
    published_at timestamp, published_from varchar, updated_at timestamp, load_id varchar not null, recorded_at timestamp not null
);
comment on table meta.articles is 'Every article that was read, copies too, without its text. Grain: one row per address and text.';
comment on column meta.articles.article_id is 'Hash of address and text.';
comment on column meta.articles.url is 'Where it was read.';
comment on column meta.articles.canonical_url is 'The address that the page itself calls the right one; null where it names none.';
comment on column meta.articles.title is 'The headline.';
comment on column meta.articles.byline is 'The people who wrote it.';
comment on column meta.articles.language is 'ISO 639-1; null where it could not be told.';
comment on column meta.articles.site_name is 'What the site calls itself; null where it does not say.';
comment on column meta.articles.source is 'The host without www.';
comment on column meta.articles.text_sha256 is 'Of the clean text, hex; it is there for copies too.';
comment on column meta.articles.page_sha256 is 'Of the raw page it was made from; null for text that was handed in.';
comment on column meta.articles.published_at is 'When it was published, UTC; null where no date can be believed.';
comment on column meta.articles.published_from is 'Where that date stands: json-ld, meta, time, htmldate, url, feed or manifest.';
comment on column meta.articles.updated_at is 'When the page says it was last changed, UTC.';
comment on column meta.articles.load_id is 'The load that brought it.';
comment on column meta.articles.recorded_at is 'When it was learnt, UTC.';

create table meta.texts (article_id varchar not null, text varchar not null);
comment on table meta.texts is 'The clean text of each article that is no copy. Grain: one row per article.';
comment on column meta.texts.article_id is 'The article.';
comment on column meta.texts.text is 'A paragraph a line, without the title. The spans of its claims count code points in it.';

create table meta.tellings (
    article_id varchar not null, telling_id varchar not null, verdict varchar not null, of_article_id varchar, group_id varchar not null,
    reason varchar not null, coverage double not null, load_id varchar not null, load_no bigint not null, recorded_at timestamp not null
);
comment on table meta.tellings is 'What each article is to those known before it. Grain: one row per article and verdict; the latest load counts.';
comment on column meta.tellings.article_id is 'The article.';
comment on column meta.tellings.telling_id is 'Hash of the verdict and all that belongs to it.';
comment on column meta.tellings.verdict is 'original, copy, revision, expanded, template, rewrite or same_event.';
comment on column meta.tellings.of_article_id is 'The article that it copies, revises or is linked to.';
comment on column meta.tellings.group_id is 'The first article of its syndication group: copies of one text count once as evidence.';
comment on column meta.tellings.reason is 'What decided: url, canonical, exact, coverage, numbers, figures.';
comment on column meta.tellings.coverage is 'Share of its words that stand in the other text, 0 to 1.';
comment on column meta.tellings.load_id is 'The load that brought it.';
comment on column meta.tellings.load_no is 'The number of that load.';
comment on column meta.tellings.recorded_at is 'When it was learnt, UTC.';

create table meta.claims (
    claim_id varchar not null, article_id varchar not null, group_id varchar not null,
    company varchar not null, metric varchar not null, segment varchar not null, region varchar,
    period varchar, period_nature varchar, period_start date, period_end date,
    basis varchar not null, compared_to varchar, compared_to_nature varchar, compared_to_start date, compared_to_end date,
    kind varchar not null, unit varchar not null, currency varchar, per varchar, authority varchar, bound varchar not null,
    printed varchar not null, quote varchar not null, span_start bigint not null, span_end bigint not null,
    rules struct(field varchar, rule varchar)[] not null,
    url varchar not null, title varchar not null, source varchar not null, "owner" varchar not null, may_mail boolean not null,
    amount decimal(38, 10) not null, amount_high decimal(38, 10), alt_amount decimal(38, 10), alt_currency varchar,
    rounding decimal(38, 10) not null, confidence double not null,
    published_at timestamp, load_id varchar not null, recorded_at timestamp not null
);
comment on table meta.claims is 'What one article says about one number, never edited. Grain: one row per claim.';
comment on column meta.claims.claim_id is 'Hash of the article, the place in its text and what is claimed.';
comment on column meta.claims.article_id is 'The article that says it.';
comment on column meta.claims.group_id is 'The syndication group of that article.';
comment on column meta.claims.company is 'Canonical name; MARKET for a whole market; GROUP:… and OS:… for groups and systems.';
comment on column meta.claims.metric is 'What is counted, see config/metrics.';
comment on column meta.claims.segment is 'Which part of the business: smartphones, company, product:Mi 5, segment:Redmi.';
comment on column meta.claims.region is 'GLOBAL, ISO 3166-1 alpha-2 or a group such as EU; null where the text leaves it open.';
comment on column meta.claims.period is 'The period as a label: 2017, 2017-Q2, asof:2017-07; null where none can be resolved.';
comment on column meta.claims.period_nature is 'span, asof (a point in time) or cum (summed up since a beginning).';
comment on column meta.claims.period_start is 'Its first day; null for a sum without a known beginning.';
comment on column meta.claims.period_end is 'Its last day.';
comment on column meta.claims.basis is 'abs for a level; yoy, qoq, multi or since for a change.';
comment on column meta.claims.compared_to is 'The earlier period of a change, as a label.';
comment on column meta.claims.compared_to_nature is 'span, asof or cum.';
comment on column meta.claims.compared_to_start is 'First day of the earlier period.';
comment on column meta.claims.compared_to_end is 'Last day of the earlier period.';
comment on column meta.claims.kind is 'actual, target (the company''s own aim) or forecast (someone else''s).';
comment on column meta.claims.unit is 'units, currency, percent, pp, ratio, ordinal or count.';
comment on column meta.claims.currency is 'ISO 4217, with the unit currency.';
comment on column meta.claims.per is 'The rate as printed (second, day, year); null for a plain amount.';
comment on column meta.claims.authority is 'Who measured or said it; null for the writer''s own voice.';
comment on column meta.claims.bound is 'exact, approx, gt, lt or range.';
comment on column meta.claims.printed is 'The number as printed.';
comment on column meta.claims.quote is 'The sentence, word for word.';
comment on column meta.claims.span_start is 'Where the number begins in the article''s text, in code points from 0.';
comment on column meta.claims.span_end is 'Where it ends, exclusive.';
comment on column meta.claims.rules is 'Which rule gave each field from which words.';
comment on column meta.claims.url is 'The article''s address.';
comment on column meta.claims.title is 'The article''s headline.';
comment on column meta.claims.source is 'The article''s host.';
comment on column meta.claims."owner" is 'The publisher''s owner group, or the host where none is declared.';
comment on column meta.claims.may_mail is 'Polled live and dated, so that it may cause a mail.';
comment on column meta.claims.amount is 'Whole devices, currency units, percent from 0 to 100; a fall is negative.';
comment on column meta.claims.amount_high is 'Upper end of a range.';
comment on column meta.claims.alt_amount is 'The same amount in brackets in another currency.';
comment on column meta.claims.alt_currency is 'That other currency, ISO 4217.';
comment on column meta.claims.rounding is 'Half of the last printed digit, in the amount''s unit.';
comment on column meta.claims.confidence is '0 to 1.';
comment on column meta.claims.published_at is 'When it was said, UTC.';
comment on column meta.claims.load_id is 'The load that brought it.';
comment on column meta.claims.recorded_at is 'When it was learnt, UTC.';

create table meta.fact_vintages (
    fact_id varchar not null, vintage_id varchar not null, claim_id varchar not null, claim_ids varchar[] not null,
    company varchar not null, metric varchar not null, segment varchar not null, region varchar,
    period varchar, period_nature varchar, period_start date, period_end date,
    basis varchar not null, compared_to varchar, compared_to_nature varchar, compared_to_start date, compared_to_end date,
    kind varchar not null, unit varchar not null, currency varchar, per varchar, authority varchar not null, bound varchar not null,
    standing varchar not null, disputes struct("over" varchar, claim_id varchar, fact_id varchar, detail varchar)[] not null,
    amount decimal(38, 10) not null, amount_high decimal(38, 10), alt_amount decimal(38, 10), alt_currency varchar,
    rounding decimal(38, 10) not null, restates decimal(38, 10), sources bigint not null,
    first_said_at timestamp, last_said_at timestamp, load_id varchar not null, load_no bigint not null, recorded_at timestamp not null
);
comment on table meta.fact_vintages is 'Everything that was ever held. Grain: one row per fact and load in which anything about it changed.';
comment on column meta.fact_vintages.fact_id is 'Hash of the grain: company, metric, segment, region, period, basis, compared_to, kind, unit, currency, per, authority.';
comment on column meta.fact_vintages.vintage_id is 'Hash of the grain and all that was held about it.';
comment on column meta.fact_vintages.claim_id is 'The best claim behind it.';
comment on column meta.fact_vintages.claim_ids is 'All claims that support it, oldest first.';
comment on column meta.fact_vintages.company is 'Canonical name; MARKET for a whole market; GROUP:… and OS:… for groups and systems.';
comment on column meta.fact_vintages.metric is 'What is counted, see config/metrics.';
comment on column meta.fact_vintages.segment is 'Which part of the business.';
comment on column meta.fact_vintages.region is 'GLOBAL, ISO 3166-1 alpha-2 or a group; null where unclear.';
comment on column meta.fact_vintages.period is 'The period as a label; null where none can be resolved.';
comment on column meta.fact_vintages.period_nature is 'span, asof or cum.';
comment on column meta.fact_vintages.period_start is 'Its first day.';
comment on column meta.fact_vintages.period_end is 'Its last day.';
comment on column meta.fact_vintages.basis is 'abs for a level; yoy, qoq, multi or since for a change.';
comment on column meta.fact_vintages.compared_to is 'The earlier period of a change, as a label.';
comment on column meta.fact_vintages.compared_to_nature is 'span, asof or cum.';
comment on column meta.fact_vintages.compared_to_start is 'First day of the earlier period.';
comment on column meta.fact_vintages.compared_to_end is 'Last day of the earlier period.';
comment on column meta.fact_vintages.kind is 'actual, target or forecast.';
comment on column meta.fact_vintages.unit is 'units, currency, percent, pp, ratio, ordinal or count.';
comment on column meta.fact_vintages.currency is 'ISO 4217, with the unit currency.';
comment on column meta.fact_vintages.per is 'The rate as printed; null for a plain amount.';
comment on column meta.fact_vintages.authority is 'Who measured or said it; press for the writer''s own voice.';
comment on column meta.fact_vintages.bound is 'exact, approx, gt, lt or range.';
comment on column meta.fact_vintages.standing is 'single, corroborated, disputed, restated or retracted.';
comment on column meta.fact_vintages.disputes is 'The claims that cannot be true together with it, and over what: amount, basis or period.';
comment on column meta.fact_vintages.amount is 'Whole devices, currency units, percent from 0 to 100; a fall is negative.';
comment on column meta.fact_vintages.amount_high is 'Upper end of a range.';
comment on column meta.fact_vintages.alt_amount is 'The same amount in another currency.';
comment on column meta.fact_vintages.alt_currency is 'That other currency, ISO 4217.';
comment on column meta.fact_vintages.rounding is 'Half of the last printed digit.';
comment on column meta.fact_vintages.restates is 'The amount held before a restatement.';
comment on column meta.fact_vintages.sources is 'Independent sources: other syndication group and other owner.';
comment on column meta.fact_vintages.first_said_at is 'When the oldest claim behind it was published, UTC.';
comment on column meta.fact_vintages.last_said_at is 'When the newest claim behind it was published, UTC.';
comment on column meta.fact_vintages.load_id is 'The load that brought it.';
comment on column meta.fact_vintages.load_no is 'The number of that load.';
comment on column meta.fact_vintages.recorded_at is 'When it was learnt, UTC.';

create table meta.shifts (
    shift_id varchar not null, fact_id varchar not null, vintage_id varchar not null, event varchar not null, may_mail boolean not null,
    without_counterpart struct(against varchar, reason varchar)[] not null, known_amount decimal(38, 10),
    comparisons struct(
        against varchar, reference varchar, reference_id varchar, reference_period varchar, reference_amount decimal(38, 10),
        change decimal(38, 10), change_pct decimal(38, 10), change_unit varchar, note varchar
    )[] not null,
    published_at timestamp, load_id varchar not null, load_no bigint not null, recorded_at timestamp not null
);
comment on table meta.shifts is 'What each new vintage of a fact changed. Grain: one row per vintage and event.';
comment on column meta.shifts.shift_id is 'Hash of vintage and event.';
comment on column meta.shifts.fact_id is 'The fact.';
comment on column meta.shifts.vintage_id is 'Its vintage.';
comment on column meta.shifts.event is 'new, restated, disputed, corroborated, unplaced or retracted.';
comment on column meta.shifts.may_mail is 'The newest claim behind it came live and dated.';
comment on column meta.shifts.without_counterpart is 'Against what it could not be compared, and why.';
comment on column meta.shifts.known_amount is 'The amount held before, for a restatement or a dispute.';
comment on column meta.shifts.comparisons is 'How far it is from 2017 and from a year ago.';
comment on column meta.shifts.published_at is 'When the newest claim behind it was said, UTC.';
comment on column meta.shifts.load_id is 'The load that brought it.';
comment on column meta.shifts.load_no is 'The number of that load.';
comment on column meta.shifts.recorded_at is 'When it was learnt, UTC.';

create table meta.alerts (
    alert_id varchar not null, shift_ids varchar[] not null, rule varchar not null, alert_group varchar not null, receivers varchar[] not null,
    subject varchar not null, message_id varchar not null, load_id varchar not null, recorded_at timestamp not null
);
comment on table meta.alerts is 'Mails that a load called for; whether they went out stands in the outbox. Grain: one row per mail.';
comment on column meta.alerts.alert_id is 'Hash of rule, group and shifts.';
comment on column meta.alerts.shift_ids is 'The shifts it tells of.';
comment on column meta.alerts.rule is 'The rule of config/alerts.toml.';
comment on column meta.alerts.alert_group is 'What the rule grouped by.';
comment on column meta.alerts.receivers is 'Whom it goes to.';
comment on column meta.alerts.subject is 'Its subject line.';
comment on column meta.alerts.message_id is 'Its Message-ID, the same at each attempt.';
comment on column meta.alerts.load_id is 'The load that called for it.';
comment on column meta.alerts.recorded_at is 'When that was, UTC.';

create table meta.endings (
    load_id varchar not null, room varchar not null, item varchar not null, outcome varchar not null, reason varchar not null,
    detail varchar not null, recorded_at timestamp not null
);
comment on table meta.endings is 'Where each item of a load ended up. Grain: one row per load, room and item.';
comment on column meta.endings.load_id is 'The load.';
comment on column meta.endings.room is 'articles, duplicates, claims and so on.';
comment on column meta.endings.item is 'An address or an id.';
comment on column meta.endings.outcome is 'kept, dropped or failed.';
comment on column meta.endings.reason is 'Why it was dropped or failed; empty where it was kept.';
comment on column meta.endings.detail is 'What else there is to say.';
comment on column meta.endings.recorded_at is 'When that was, UTC.';

create table meta.authorities (name varchar not null, kind varchar not null, rank bigint not null);
comment on table meta.authorities is 'config/authorities.toml as it was when the daemon started. Grain: one row per authority.';
comment on column meta.authorities.name is 'Its name.';
comment on column meta.authorities.kind is 'filing, company, research, analyst or press.';
comment on column meta.authorities.rank is 'The lower is shown first.';

create table meta.baseline (
    baseline_id varchar not null, company varchar not null, metric varchar not null, segment varchar not null, region varchar,
    period varchar not null, period_start date, period_end date not null, basis varchar not null, kind varchar not null, unit varchar not null,
    currency varchar, per varchar, bound varchar not null, authority varchar, source varchar, reading varchar, reason varchar, amount decimal(38, 10) not null
);
comment on table meta.baseline is 'config/baseline as it was when the daemon started. Grain: one row per curated figure.';
comment on column meta.baseline.baseline_id is 'The figure''s name in the file.';
comment on column meta.baseline.company is 'Canonical name.';
comment on column meta.baseline.metric is 'What is counted.';
comment on column meta.baseline.segment is 'Which part of the business.';
comment on column meta.baseline.region is 'GLOBAL, ISO 3166-1 alpha-2 or a group.';
comment on column meta.baseline.period is 'The period as a label.';
comment on column meta.baseline.period_start is 'Its first day.';
comment on column meta.baseline.period_end is 'Its last day.';
comment on column meta.baseline.basis is 'abs for a level; yoy, qoq, multi or since for a change.';
comment on column meta.baseline.kind is 'actual, target or forecast.';
comment on column meta.baseline.unit is 'units, currency, percent, pp, ratio, ordinal or count.';
comment on column meta.baseline.currency is 'ISO 4217, with the unit currency.';
comment on column meta.baseline.per is 'The rate as printed; null for a plain amount.';
comment on column meta.baseline.bound is 'exact, approx, gt, lt or range.';
comment on column meta.baseline.authority is 'Who measured or said it.';
comment on column meta.baseline.source is 'Where it was read.';
comment on column meta.baseline.reading is 'How it is read, in our own words.';
comment on column meta.baseline.reason is 'Why this figure was chosen where sources conflict.';
comment on column meta.baseline.amount is 'Whole devices, currency units, percent from 0 to 100.';
