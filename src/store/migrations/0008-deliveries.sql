-- How often a post was asked to be delivered to an output: an answer to an earlier asking never hides a later one.
alter table delivery add column asked integer not null default 1;
alter table delivery add column delivered_at timestamptz;
-- Where it stands over there, and whether it was withdrawn there the last time that we wrote.
alter table delivery add column remote_url text;
alter table delivery add column remote_withdrawn boolean not null default false;
create index delivery_waiting on delivery (try_after) where state = 'waiting';
create trigger delivery_told after insert or update on delivery for each statement execute function tell_desk();
-- Until then one process has it in hand: no other may make it too, also when it is asked for again meanwhile.
alter table delivery add column taken_until timestamptz not null default '-infinity';
