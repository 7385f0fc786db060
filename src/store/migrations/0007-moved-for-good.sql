-- Where a source's address led for good, and on how many polls running: proposed to the operator from the third on (POLL-6).
alter table source add column moved_seen text;
alter table source add column moved_times integer not null default 0;
