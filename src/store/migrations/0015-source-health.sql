-- What proved the outcome of a poll, in words: the list is the same, the host said 304, what was missing.
alter table poll add column proof text;
-- The first bad poll of an incident: what the last good look saw, and what this one saw (model/sight.ts, both), side by side.
alter table poll add column incident jsonb;
create index poll_incident on poll (source_id, started_at desc) where incident is not null;
-- The polls of the last day, of all sources.
create index poll_newest on poll using brin (started_at);
-- What the last good look saw.
alter table source add column last_sight jsonb;
