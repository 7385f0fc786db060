-- An issue of the newsletter. It fills itself with what was published in its months; what stands here is only what an editor changed.
create table newsletter (
  id uuid primary key default gen_random_uuid(),
  slug text not null unique check (slug ~ '^[a-z]+(-[a-z]+)?-[0-9]{4}(-[a-z]+-[0-9]{4})?$'),
  state text not null default 'draft' check (state in ('draft', 'ready', 'sent')),
  -- of its own words and its state; each entry has its own
  version integer not null default 1,
  -- null: as proposed
  title text,
  introduction text,
  -- the whole issue as it was when it became ready
  frozen jsonb,
  created_by uuid not null references app_user (id),
  created_at timestamptz not null,
  changed_at timestamptz not null,
  sent_by uuid references app_user (id),
  sent_at timestamptz,
  check ((state = 'draft') = (frozen is null)),
  check ((state = 'sent') = (sent_at is not null) and (sent_at is null) = (sent_by is null))
);

-- Each month is told once; an issue may cover two.
create table newsletter_month (
  month date primary key check (month = date_trunc('month', month)::date),
  newsletter_id uuid not null references newsletter (id)
);
create index newsletter_month_by_issue on newsletter_month (newsletter_id);

-- What an editor changed of a post's entry. Null: as proposed.
create table newsletter_entry (
  newsletter_id uuid not null references newsletter (id),
  post_id uuid not null references post (id),
  version integer not null default 1,
  included boolean not null default true,
  lead boolean not null default false,
  place integer,
  section text,
  heading text,
  paragraph text,
  -- the post's own time of change when an editor last saved the words here
  seen_changed_at timestamptz,
  primary key (newsletter_id, post_id)
);

-- Used again in issue after issue: own promotions, the training calendar.
create table newsletter_block (
  id bigint generated always as identity primary key,
  heading text not null check (length(btrim(heading)) > 0),
  body text not null check (length(btrim(body)) > 0),
  -- the last day on which it is true
  until_day date,
  version integer not null default 1,
  changed_by uuid not null references app_user (id),
  changed_at timestamptz not null,
  dropped_at timestamptz
);

-- Whether an issue has a block, where somebody said so.
create table newsletter_block_use (
  newsletter_id uuid not null references newsletter (id),
  block_id bigint not null references newsletter_block (id),
  shown boolean not null,
  primary key (newsletter_id, block_id)
);

create table newsletter_event (
  id bigint generated always as identity primary key,
  newsletter_id uuid not null references newsletter (id),
  at timestamptz not null,
  by_user uuid not null references app_user (id),
  did text not null,
  from_state text,
  to_state text,
  detail text
);
create index newsletter_event_by_issue on newsletter_event (newsletter_id, id);

-- What the newsfeed published before this newsdesk: known, so that nothing is told twice. Read from its pages; never published from here.
create table past_post (
  id uuid primary key default gen_random_uuid(),
  -- of headline, day and Source line, as words: the same item read again is the same row
  item_sha256 text not null unique,
  headline text not null check (length(btrim(headline)) > 0),
  body_text text not null,
  -- of a known source where the printed name is surely its; else as printed
  source_name text,
  source_id text,
  -- the Source line as it was printed; null: there was none
  source_line text,
  published_on date,
  editor_name text,
  url text,
  -- what was wrong with it, in words
  slips jsonb not null default '[]',
  imported_at timestamptz not null,
  search tsvector not null generated always as (
    setweight(to_tsvector('english', left(headline, 2000)), 'A') || setweight(to_tsvector('english', left(body_text, 200000)), 'B')
  ) stored
);
create index past_post_search on past_post using gin (search);
create index past_post_newest on past_post (published_on desc, id);

-- As item_key: under which keys its text and its title are found.
create table past_post_key (
  key bigint not null,
  past_post_id uuid not null references past_post (id) on delete cascade,
  primary key (key, past_post_id)
);
create index past_post_key_by_post on past_post_key (past_post_id);

-- As item_alias: the addresses that it links to.
create table past_post_link (
  key text not null,
  past_post_id uuid not null references past_post (id) on delete cascade,
  primary key (key, past_post_id)
);
create index past_post_link_by_post on past_post_link (past_post_id);
