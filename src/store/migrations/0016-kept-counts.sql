-- How many drafts and items of each kind there are, so that no page counts them all. Kept by triggers in the transaction that changes
-- them: what is committed is counted, what is undone is not. What depends on the time of day (who sleeps just now) is no part of it.
-- Read them by the views draft_count and item_count.
create table draft_tally (
  state text not null,
  section text,
  updated_mark boolean not null,
  found_claims boolean not null,
  found_sensitive boolean not null,
  in_company boolean not null,
  n bigint not null,
  unique nulls not distinct (state, section, updated_mark, found_claims, found_sensitive, in_company)
);
-- What came since the sums above were made. Only ever added to, so that no two writers wait for each other; folded into the sums
-- from time to time by whoever adds a row.
create table draft_tally_change (
  id bigint generated always as identity primary key,
  state text not null,
  section text,
  updated_mark boolean not null,
  found_claims boolean not null,
  found_sensitive boolean not null,
  in_company boolean not null,
  n bigint not null
);
create view draft_count as
  select state, section, updated_mark, found_claims, found_sensitive, in_company, n from draft_tally
  union all
  select state, section, updated_mark, found_claims, found_sensitive, in_company, n from draft_tally_change;

create table item_tally (
  source_id text not null,
  disposition text not null,
  n bigint not null,
  unique (source_id, disposition)
);
create table item_tally_change (
  id bigint generated always as identity primary key,
  source_id text not null,
  disposition text not null,
  n bigint not null
);
create view item_count as
  select source_id, disposition, n from item_tally
  union all
  select source_id, disposition, n from item_tally_change;

-- One at a time, and nobody waits: whoever comes meanwhile leaves it to the next. Only the holder of the lock touches the sums, so
-- writers cannot block each other here. A transaction that sees an old picture of the database could not fold what came since.
create function may_fold(noun integer) returns boolean language plpgsql as $$
begin
  return current_setting('transaction_isolation') = 'read committed' and pg_try_advisory_xact_lock(7233016, noun);
end $$;

create function fold_draft_tally() returns void language plpgsql as $$
begin
  if not may_fold(1) then
    return;
  end if;
  with gone as (
    delete from draft_tally_change
    returning state, section, updated_mark, found_claims, found_sensitive, in_company, n
  )
  insert into draft_tally as t (state, section, updated_mark, found_claims, found_sensitive, in_company, n)
  select state, section, updated_mark, found_claims, found_sensitive, in_company, sum(n) from gone
  group by state, section, updated_mark, found_claims, found_sensitive, in_company having sum(n) <> 0
  on conflict (state, section, updated_mark, found_claims, found_sensitive, in_company) do update set n = t.n + excluded.n;
end $$;

create function fold_item_tally() returns void language plpgsql as $$
begin
  if not may_fold(2) then
    return;
  end if;
  with gone as (delete from item_tally_change returning source_id, disposition, n)
  insert into item_tally as t (source_id, disposition, n)
  select source_id, disposition, sum(n) from gone group by source_id, disposition having sum(n) <> 0
  on conflict (source_id, disposition) do update set n = t.n + excluded.n;
end $$;

-- Many rows that come or go in one statement are one change for each kind.
create function tally_drafts() returns trigger language plpgsql as $$
declare
  due boolean;
begin
  if tg_op = 'INSERT' then
    with added as (
      insert into draft_tally_change (state, section, updated_mark, found_claims, found_sensitive, in_company, n)
      select state, section, updated_mark, coalesce(found_claims, false), coalesce(found_sensitive, false), in_company, count(*)
      from new_rows group by 1, 2, 3, 4, 5, 6
      returning id
    )
    select bool_or(id % 64 = 0) into due from added;
  elsif tg_op = 'DELETE' then
    with added as (
      insert into draft_tally_change (state, section, updated_mark, found_claims, found_sensitive, in_company, n)
      select state, section, updated_mark, coalesce(found_claims, false), coalesce(found_sensitive, false), in_company, -count(*)
      from old_rows group by 1, 2, 3, 4, 5, 6
      returning id
    )
    select bool_or(id % 64 = 0) into due from added;
  else
    with added as (
      insert into draft_tally_change (state, section, updated_mark, found_claims, found_sensitive, in_company, n)
      values
        (old.state, old.section, old.updated_mark, coalesce(old.found_claims, false), coalesce(old.found_sensitive, false), old.in_company, -1),
        (new.state, new.section, new.updated_mark, coalesce(new.found_claims, false), coalesce(new.found_sensitive, false), new.in_company, 1)
      returning id
    )
    select bool_or(id % 64 = 0) into due from added;
  end if;
  if due then
    perform fold_draft_tally();
  end if;
  return null;
end $$;

create function tally_items() returns trigger language plpgsql as $$
declare
  due boolean;
begin
  if tg_op = 'INSERT' then
    with added as (
      insert into item_tally_change (source_id, disposition, n)
      select source_id, disposition, count(*) from new_rows group by 1, 2
      returning id
    )
    select bool_or(id % 64 = 0) into due from added;
  elsif tg_op = 'DELETE' then
    with added as (
      insert into item_tally_change (source_id, disposition, n)
      select source_id, disposition, -count(*) from old_rows group by 1, 2
      returning id
    )
    select bool_or(id % 64 = 0) into due from added;
  else
    with added as (
      insert into item_tally_change (source_id, disposition, n)
      values (old.source_id, old.disposition, -1), (new.source_id, new.disposition, 1)
      returning id
    )
    select bool_or(id % 64 = 0) into due from added;
  end if;
  if due then
    perform fold_item_tally();
  end if;
  return null;
end $$;

create trigger draft_came_tallied after insert on draft
  referencing new table as new_rows for each statement execute function tally_drafts();
create trigger draft_went_tallied after delete on draft
  referencing old table as old_rows for each statement execute function tally_drafts();
-- Most updates are of another kind, and pay nothing.
create trigger draft_changed_tallied after update on draft for each row
  when (
    (old.state, old.section, old.updated_mark, coalesce(old.found_claims, false), coalesce(old.found_sensitive, false), old.in_company)
    is distinct from
    (new.state, new.section, new.updated_mark, coalesce(new.found_claims, false), coalesce(new.found_sensitive, false), new.in_company)
  )
  execute function tally_drafts();
create trigger item_came_tallied after insert on item
  referencing new table as new_rows for each statement execute function tally_items();
create trigger item_went_tallied after delete on item
  referencing old table as old_rows for each statement execute function tally_items();
create trigger item_changed_tallied after update on item for each row
  when ((old.source_id, old.disposition) is distinct from (new.source_id, new.disposition))
  execute function tally_items();

-- Counts everything anew. Needed here once, after a table was emptied at once, and where somebody changed rows with triggers switched off.
create function recount_tallies() returns void language plpgsql as $$
begin
  lock table item, draft in share row exclusive mode;
  delete from draft_tally;
  delete from draft_tally_change;
  insert into draft_tally (state, section, updated_mark, found_claims, found_sensitive, in_company, n)
  select state, section, updated_mark, coalesce(found_claims, false), coalesce(found_sensitive, false), in_company, count(*)
  from draft group by 1, 2, 3, 4, 5, 6;
  delete from item_tally;
  delete from item_tally_change;
  insert into item_tally (source_id, disposition, n)
  select source_id, disposition, count(*) from item group by 1, 2;
end $$;
create function recount_emptied() returns trigger language plpgsql as $$
begin
  perform recount_tallies();
  return null;
end $$;
create trigger draft_emptied after truncate on draft for each statement execute function recount_emptied();
create trigger item_emptied after truncate on item for each statement execute function recount_emptied();
select recount_tallies();

-- Who sleeps just now: however many ever slept, only those are read. The counts of the states are kept above.
create index draft_sleeping on draft (snoozed_until) include (state, in_company) where snoozed_until is not null;
drop index draft_awake;
drop index draft_asleep;

-- Drafts that share their story, the few whose entries must be told apart; all that the queue can be filtered and ordered by.
create index draft_in_company on draft (story_id)
  include (state, source_id, snoozed_until, updated_mark, claimed_by, section, found_claims, found_sensitive, found_on, score, created_at, id)
  where in_company;
create index draft_claimed on draft (claimed_by) include (state, snoozed_until, in_company, story_id) where claimed_by is not null;

-- What is rare among everything found, newest first; the rest is met soon enough in item_newest.
create index item_rare on item (disposition, found_at desc, id desc) where disposition in ('joined', 'failed');
