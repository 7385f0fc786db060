-- Sources: the configuration is in sources.config.ts; this row is what we know of the source from polling it.
create table source (
  id text primary key,
  name text not null,
  kind text not null,
  url text not null,
  enabled boolean not null default true,
  state text not null default 'new'
    check (state in ('new', 'good', 'quiet', 'changed', 'refused', 'unreachable', 'slow-down', 'gone')),
  memory jsonb,
  validators jsonb,
  -- the configuration and the version of the readers that the validators belong to: SHA-256
  validators_for text,
  next_poll_at timestamptz not null default now(),
  next_poll_because text,
  lease_until timestamptz,
  lease_holder text,
  failure_code text,
  failure_message text,
  failing_since timestamptz,
  failures_in_row integer not null default 0,
  first_polled_at timestamptz,
  last_good_at timestamptz,
  last_new_at timestamptz,
  paused_until timestamptz,
  paused_because text,
  moved_to text,
  hints jsonb not null default '[]'
);

create table poll (
  id uuid primary key default gen_random_uuid(),
  source_id text not null references source (id),
  started_at timestamptz not null,
  ended_at timestamptz not null,
  outcome text not null check (outcome in ('new', 'nothing-new', 'unchanged', 'changed', 'failed')),
  found integer not null default 0,
  new integer not null default 0,
  changed integer not null default 0,
  vanished integer not null default 0,
  bytes integer not null default 0,
  http_status integer,
  failure_code text,
  failure_message text
);
create index poll_by_source on poll (source_id, started_at desc);

-- Pacing of a host, across all processes and machines.
create table host (
  host text primary key,
  not_before timestamptz not null default '-infinity',
  lease_until timestamptz,
  lease_holder text,
  slow_downs integer not null default 0,
  robots text,
  robots_status integer,
  robots_fetched_at timestamptz
);

create table item (
  id uuid primary key default gen_random_uuid(),
  source_id text not null references source (id),
  key text not null,
  kind text not null check (kind in ('article', 'document', 'section')),
  url text not null,
  read_url text,
  guid text,
  title text not null,
  summary text,
  -- the FoundItem as the reader gave it last
  found jsonb not null,
  found_at timestamptz not null,
  revision integer not null default 1,
  changed_at timestamptz,
  vanished_at timestamptz,
  disposition text not null default 'found'
    check (disposition in ('found', 'read', 'drafted', 'joined', 'held', 'failed')),
  reason_code text,
  -- in words; null only while found or read
  reason text,
  disposed_at timestamptz,
  search tsvector not null generated always as (
    to_tsvector('english', left(title, 2000) || ' ' || left(coalesce(summary, ''), 20000))
  ) stored,
  -- the revision that read-item has captured last
  read_revision integer not null default 0,
  attempts integer not null default 0,
  try_after timestamptz not null default '-infinity',
  -- when a sweep handed it out last: the longest forgotten comes first
  handed_at timestamptz not null default '-infinity',
  unique (source_id, key),
  check (disposition in ('found', 'read') or reason is not null)
);
create index item_unfinished on item (handed_at, found_at) where disposition in ('found', 'read');
create index item_unread on item (source_id, found_at) where disposition = 'found';
create index item_by_source on item (source_id, found_at desc);
create index item_search on item using gin (search);

-- Every address under which an item is known: as found, redirect target, canonical. Items of several sources may share one.
create table item_alias (
  key text not null,
  item_id uuid not null references item (id),
  kind text not null check (kind in ('found', 'redirect', 'canonical', 'guid', 'content-id')),
  primary key (key, item_id)
);
create index item_alias_by_item on item_alias (item_id);

create table capture (
  id uuid primary key default gen_random_uuid(),
  item_id uuid not null references item (id),
  revision integer not null,
  url text not null,
  final_url text not null,
  fetched_at timestamptz not null,
  http_status integer not null,
  headers jsonb not null,
  content_type text,
  sha256 text not null,
  byte_length integer not null,
  -- gzip; null when retention took it
  body bytea,
  article jsonb not null,
  text_sha256 text not null,
  unique (item_id, revision)
);

create table story (
  id uuid primary key default gen_random_uuid(),
  created_at timestamptz not null default now()
);

create table app_user (
  id uuid primary key default gen_random_uuid(),
  email text not null,
  name text not null check (length(btrim(name)) > 0),
  role text not null check (role in ('editor', 'operator', 'admin')),
  password_hash text,
  created_at timestamptz not null default now(),
  disabled_at timestamptz,
  failed_sign_ins integer not null default 0,
  locked_until timestamptz
);
create unique index app_user_email on app_user (lower(email));

create table story_tie (
  item_id uuid primary key references item (id),
  story_id uuid not null references story (id),
  tie text not null check (tie in ('lead', 'same-item', 'copy', 'possible-copy', 'same-story', 'sibling')),
  standing text not null check (standing in ('suggested', 'confirmed', 'detached')),
  because text not null,
  by_user uuid references app_user (id),
  at timestamptz not null default now()
);
create index story_tie_by_story on story_tie (story_id);

create table draft (
  id uuid primary key default gen_random_uuid(),
  item_id uuid not null unique references item (id),
  story_id uuid not null references story (id),
  source_id text not null references source (id),
  state text not null default 'drafted'
    check (state in ('drafted', 'in-review', 'approved', 'scheduled', 'published', 'withdrawn', 'rejected')),
  version integer not null default 1,
  headline text not null,
  body_html text not null,
  slug text,
  original_url text not null,
  source_name text not null,
  cuts jsonb not null default '[]',
  updated_mark boolean not null default false,
  -- the revision of the item that this draft knows of
  item_revision integer not null default 1,
  score double precision not null default 0,
  reject_reason text,
  publish_at timestamptz,
  approved_by uuid references app_user (id),
  -- who works on it; another may take over at any time
  claimed_by uuid references app_user (id),
  claimed_at timestamptz,
  -- hidden from the queue until then, at an editor's wish
  snoozed_until timestamptz,
  created_at timestamptz not null default now(),
  changed_at timestamptz not null default now(),
  search tsvector not null generated always as (
    setweight(to_tsvector('english', left(headline, 2000)), 'A')
    || setweight(to_tsvector('english', left(regexp_replace(left(body_html, 300000), '<[^>]*>', ' ', 'g'), 200000)), 'B')
  ) stored
);
create index draft_search on draft using gin (search);
create index draft_by_state on draft (state, created_at desc);
create index draft_due on draft (publish_at) where state = 'scheduled';

create table draft_version (
  draft_id uuid not null references draft (id),
  version integer not null,
  headline text not null,
  body_html text not null,
  by_user uuid references app_user (id),
  at timestamptz not null default now(),
  -- in words, when it is not a plain save: 'before B took over', 'version 3 restored'
  note text,
  primary key (draft_id, version)
);

create table draft_comment (
  id bigint generated always as identity primary key,
  draft_id uuid not null references draft (id),
  by_user uuid not null references app_user (id),
  at timestamptz not null default now(),
  body text not null check (length(btrim(body)) > 0)
);
create index draft_comment_by_draft on draft_comment (draft_id, id);

-- Words typed and not saved yet, one set for each editor: kept when another takes over, when a browser dies, when two edits meet.
create table draft_autosave (
  draft_id uuid not null references draft (id),
  user_id uuid not null references app_user (id) on delete cascade,
  version integer not null,
  headline text not null,
  body_html text not null,
  at timestamptz not null default now(),
  primary key (draft_id, user_id)
);

-- Who looks at a draft just now. May be lost with a crash.
create unlogged table draft_presence (
  draft_id uuid not null references draft (id) on delete cascade,
  user_id uuid not null references app_user (id) on delete cascade,
  seen_at timestamptz not null,
  primary key (draft_id, user_id)
);

create table draft_event (
  id bigint generated always as identity primary key,
  draft_id uuid not null references draft (id),
  at timestamptz not null default now(),
  -- null: the machine
  by_user uuid references app_user (id),
  did text not null,
  from_state text,
  to_state text,
  reason text
);
create index draft_event_by_draft on draft_event (draft_id, id);

create table post (
  id uuid primary key default gen_random_uuid(),
  draft_id uuid not null unique references draft (id),
  slug text not null unique check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  headline text not null check (length(btrim(headline)) > 0),
  body_html text not null check (length(btrim(body_html)) > 0),
  source_name text not null check (length(btrim(source_name)) > 0),
  editor_name text not null check (length(btrim(editor_name)) > 0),
  original_url text not null,
  approved_by uuid not null references app_user (id),
  published_by uuid not null references app_user (id),
  published_at timestamptz not null,
  changed_at timestamptz not null,
  withdrawn_at timestamptz
);
create index post_newest on post (published_at desc, id) where withdrawn_at is null;

-- A post exists only for a draft that a person approved, in the words that were approved: the second lock behind the desk's own.
create function post_needs_approval() returns trigger language plpgsql as $$
begin
  if not exists (
    select 1 from draft d join draft_event e on e.draft_id = d.id and e.to_state = 'approved' and e.by_user is not null
    where d.id = new.draft_id and d.approved_by = new.approved_by and d.state in ('approved', 'scheduled')
      and d.headline = new.headline and d.body_html = new.body_html
  ) then
    raise exception 'there is no approved draft with these words' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger post_approved before insert on post for each row execute function post_needs_approval();

create table delivery (
  post_id uuid not null references post (id),
  output text not null,
  state text not null default 'waiting' check (state in ('waiting', 'done', 'failed')),
  attempts integer not null default 0,
  try_after timestamptz not null default '-infinity',
  remote_id text,
  failure_code text,
  failure_message text,
  changed_at timestamptz not null default now(),
  primary key (post_id, output)
);

create table session (
  id_hash text primary key,
  user_id uuid references app_user (id) on delete cascade,
  data jsonb not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null
);
create index session_expiry on session (expires_at);

create table sign_in_link (
  token_hash text primary key,
  user_id uuid not null references app_user (id) on delete cascade,
  expires_at timestamptz not null,
  used_at timestamptz
);

-- What operators must see on the desk: a broken configuration, an incident. Open while ended_at is null.
create table notice (
  id bigint generated always as identity primary key,
  kind text not null,
  subject text not null,
  message text not null,
  began_at timestamptz not null default now(),
  ended_at timestamptz
);
create unique index notice_open on notice (kind, subject) where ended_at is null;

-- Live desk: every change of what an editor sees is told to all processes.
create function tell_desk() returns trigger language plpgsql as $$
begin
  perform pg_notify('desk', tg_table_name);
  return null;
end $$;
create trigger draft_told after insert or update on draft for each statement execute function tell_desk();
create trigger comment_told after insert on draft_comment for each statement execute function tell_desk();
create trigger source_told after update of state, failure_code on source for each statement execute function tell_desk();
create trigger notice_told after insert or update on notice for each statement execute function tell_desk();
