-- Documents are added or replaced after publication: an item's own page is looked at again after two hours, a day and a week.
alter table item add column last_look_at timestamptz;
create index capture_newest on capture (fetched_at);
