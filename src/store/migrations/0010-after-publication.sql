-- What readers were told of a change after publication, in words of the editor; with the words that the post has since. One that is
-- neither approved nor dropped waits for a second person.
create table post_change (
  id bigint generated always as identity primary key,
  post_id uuid not null references post (id),
  kind text not null check (kind in ('correction', 'update')),
  line text not null check (length(btrim(line)) > 0),
  headline text not null check (length(btrim(headline)) > 0),
  body_html text not null check (length(btrim(body_html)) > 0),
  -- the version of the draft that it was written over
  base_version integer not null,
  made_by uuid not null references app_user (id),
  made_at timestamptz not null,
  approved_by uuid references app_user (id),
  approved_at timestamptz,
  -- the version of the draft that stands since
  version integer,
  dropped_by uuid references app_user (id),
  dropped_at timestamptz,
  check ((approved_by is null) = (approved_at is null) and (approved_at is null) = (version is null)),
  check (approved_at is null or dropped_at is null)
);
create index post_change_told on post_change (post_id, id);
create unique index post_change_waiting on post_change (post_id) where approved_at is null and dropped_at is null;

-- What happened to the source of a published post: one task for each incident, until a person says what was done about it.
create table watch_task (
  id bigint generated always as identity primary key,
  post_id uuid not null references post (id),
  kind text not null check (kind in ('changed', 'gone', 'dead-link')),
  -- the address of a dead link; else empty
  about text not null default '',
  reason text not null,
  began_at timestamptz not null,
  settled_at timestamptz,
  -- null: it was over by itself
  settled_by uuid references app_user (id),
  settled_as text check (settled_as in ('updated', 'corrected', 'withdrawn', 'nothing', 'over')),
  check ((settled_at is null) = (settled_as is null)),
  check (settled_by is not null or settled_as is null or settled_as = 'over')
);
create unique index watch_task_open on watch_task (post_id, kind, about) where settled_at is null;
create index watch_task_by_post on watch_task (post_id, id);
create trigger watch_task_told after insert or update on watch_task for each statement execute function tell_desk();

-- Links of published posts are asked again from time to time.
alter table draft add column links_checked_at timestamptz;
create index draft_links_again on draft (links_checked_at) where state = 'published';

-- Whether a second person must approve: SECOND_APPROVER, written here at every start, so that the rule holds below the desk too.
create table desk_rule (
  only_one boolean primary key default true check (only_one),
  second_approver text not null default 'never' check (second_approver in ('never', 'sensitive', 'always'))
);
-- Who approved it first, while a second person is awaited.
alter table draft add column first_approved_by uuid references app_user (id);
-- Whether the checks found something that may hurt somebody when it was approved.
alter table draft add column sensitive boolean not null default false;

create function second_person_needed(of_draft uuid) returns boolean language plpgsql stable as $$
begin
  return coalesce(
    (select r.second_approver = 'always' or (r.second_approver = 'sensitive' and d.sensitive)
     from desk_rule r, draft d where d.id = of_draft),
    false);
end $$;

-- The author: who wrote the version that stands; where that was the machine, who approved it first.
create function author_of(of_draft uuid) returns uuid language plpgsql stable as $$
begin
  return coalesce(
    (select v.by_user from draft d join draft_version v on v.draft_id = d.id and v.version = d.version where d.id = of_draft),
    (select d.first_approved_by from draft d where d.id = of_draft));
end $$;

-- A post exists only for a draft that a person approved, in the words that were approved; and where the rule says so, one that a
-- second person approved, who is not the author.
create or replace function post_needs_approval() returns trigger language plpgsql as $$
begin
  if not exists (
    select 1 from draft d join draft_event e on e.draft_id = d.id and e.to_state = 'approved' and e.by_user is not null
    where d.id = new.draft_id and d.approved_by = new.approved_by and d.state in ('approved', 'scheduled')
      and d.headline = new.headline and d.body_html = new.body_html
  ) then
    raise exception 'there is no approved draft with these words' using errcode = 'check_violation';
  end if;
  if second_person_needed(new.draft_id) and coalesce(author_of(new.draft_id) = new.approved_by, true) then
    raise exception 'a second person has not approved these words' using errcode = 'check_violation';
  end if;
  return new;
end $$;

-- Published words change only by a correction that a person approved, and that readers are told of; what a post is of, and who
-- published it when, does not change at all. Erasing a person's name is the exception: that says so.
create function post_keeps_its_words() returns trigger language plpgsql as $$
begin
  if coalesce(current_setting('newsdesk.erasing', true), '') = 'yes' then
    return new;
  end if;
  if (old.draft_id, old.slug, old.source_name, old.editor_name, old.original_url, old.approved_by, old.published_by, old.published_at)
    is distinct from
    (new.draft_id, new.slug, new.source_name, new.editor_name, new.original_url, new.approved_by, new.published_by, new.published_at)
  then
    raise exception 'a post keeps its address, its source, its editor and its day' using errcode = 'check_violation';
  end if;
  if (old.headline, old.body_html) is distinct from (new.headline, new.body_html) and not exists (
    select 1 from post_change c join draft d on d.id = new.draft_id
    where c.post_id = new.id and c.kind = 'correction' and c.approved_at = new.changed_at and c.version = d.version
      and d.state = 'published' and c.headline = new.headline and c.body_html = new.body_html
      and d.headline = new.headline and d.body_html = new.body_html
      and (not second_person_needed(d.id) or c.approved_by <> c.made_by)
  ) then
    raise exception 'there is no approved correction with these words' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger post_kept before update on post for each row execute function post_keeps_its_words();
