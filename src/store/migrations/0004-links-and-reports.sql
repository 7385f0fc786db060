-- The links of a draft, as they answered when they were last asked. Asked again for each version of the text.
create table draft_link (
  draft_id uuid not null references draft (id) on delete cascade,
  url text not null,
  -- null: it answered
  failure_code text,
  checked_at timestamptz not null,
  primary key (draft_id, url)
);
alter table draft add column links_version integer not null default 0;
create index draft_links_due on draft (created_at) where links_version <> version;

-- "This extraction is wrong": what an editor said of a capture, for operators to mend the rule and keep the page as a test.
create table extraction_report (
  id bigint generated always as identity primary key,
  capture_id uuid not null references capture (id) on delete cascade,
  by_user uuid references app_user (id),
  note text not null,
  at timestamptz not null default now(),
  settled_at timestamptz
);
