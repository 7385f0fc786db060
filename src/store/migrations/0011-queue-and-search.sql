-- The day on which it was found, in London: the queue is read by day.
alter table draft add column found_on date not null generated always as ((created_at at time zone 'Europe/London')::date) stored;
-- Whether its story has another draft: then the queue shows one entry for both.
alter table draft add column in_company boolean not null default false;
-- What the checks found in the words as they stand: claims that the source does not hold, and what could hurt somebody. Null: not
-- looked at yet.
alter table draft add column found_claims boolean;
alter table draft add column found_sensitive boolean;

create index draft_by_story on draft (story_id);
create index draft_by_source on draft (source_id, created_at desc);

-- Once a statement: a restore inserts a hundred thousand.
create function company_came() returns trigger language plpgsql as $$
begin
  update draft d set in_company = true
  where d.story_id in (select n.story_id from new_rows n) and not d.in_company
    and exists (select from draft o where o.story_id = d.story_id and o.id <> d.id);
  return null;
end $$;
create trigger draft_story_set after insert on draft
  referencing new table as new_rows for each statement execute function company_came();

-- For each draft that goes to another story: that is rare, and all other updates pay nothing.
create function company_changed() returns trigger language plpgsql as $$
begin
  update draft d set in_company = not d.in_company
  where d.story_id in (old.story_id, new.story_id)
    and d.in_company <> exists (select from draft o where o.story_id = d.story_id and o.id <> d.id);
  return null;
end $$;
create trigger draft_story_changed after update of story_id on draft for each row
  when (old.story_id is distinct from new.story_id) execute function company_changed();
update draft d set in_company = true where exists (select from draft o where o.story_id = d.story_id and o.id <> d.id);

-- What was found in other words says nothing of these.
create function forget_findings() returns trigger language plpgsql as $$
begin
  new.found_claims := null;
  new.found_sensitive := null;
  return new;
end $$;
create trigger draft_words_changed before update of version on draft for each row
  when (old.version is distinct from new.version) execute function forget_findings();
-- Once, for those that are there: the job that asks their links also looks at their words.
update draft set links_version = 0 where state in ('drafted', 'in-review', 'approved', 'scheduled');

-- Each order of the queue, with all that it can be filtered by: pages, totals and counts are read from the index alone.
create index draft_newest on draft (created_at desc, id desc)
  include (state, source_id, snoozed_until, updated_mark, claimed_by, section, story_id, in_company, found_claims, found_sensitive);
create index draft_by_day on draft (found_on desc, score desc, created_at desc, id desc)
  include (state, source_id, snoozed_until, updated_mark, claimed_by, section, story_id, in_company, found_claims, found_sensitive);
create index draft_relevant on draft (score desc, created_at desc, id desc)
  include (state, source_id, snoozed_until, updated_mark, claimed_by, section, story_id, in_company, found_claims, found_sensitive);

-- For the counts of the states: small, and read whole.
create index draft_awake on draft (state) where snoozed_until is null;
create index draft_asleep on draft (state, snoozed_until) where snoozed_until is not null;

-- The same for everything that was found.
create index item_newest on item (found_at desc, id desc) include (disposition, source_id);

alter table post add column search tsvector not null generated always as (
  setweight(to_tsvector('english', left(headline, 2000)), 'A')
  || setweight(to_tsvector('english', left(regexp_replace(left(body_html, 300000), '<[^>]*>', ' ', 'g'), 200000)), 'B')
) stored;
create index post_search on post using gin (search);

-- A filter of the queue with its order, under a name that its owner gave it.
create table saved_view (
  id bigint generated always as identity primary key,
  user_id uuid not null references app_user (id) on delete cascade,
  name text not null check (length(btrim(name)) between 1 and 40),
  -- as the address of the queue says it
  query text not null,
  created_at timestamptz not null default now()
);
create unique index saved_view_name on saved_view (user_id, lower(name));

-- How each person wants the desk.
alter table app_user add column queue_order text not null default 'day' check (queue_order in ('day', 'relevance', 'newest', 'oldest'));
alter table app_user add column theme text not null default 'system' check (theme in ('system', 'light', 'dark'));
alter table app_user add column single_keys boolean not null default true;
alter table app_user add column page_size integer not null default 50 check (page_size in (25, 50, 100));
