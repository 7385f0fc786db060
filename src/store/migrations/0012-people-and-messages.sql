-- Mails and calls to be sent: kept here first, and sent from here. What is to be said once has a key of its own.
create table message (
  id uuid primary key default gen_random_uuid(),
  once_key text not null unique,
  kind text not null check (kind in ('alert', 'digest', 'reset', 'invitation', 'told')),
  channel text not null check (channel in ('mail', 'webhook')),
  -- the address of a mail; empty for the webhook, whose address is a setting
  recipient text not null,
  subject text not null,
  body text not null,
  -- whose sign-in link is to stand in it: made when it is sent, so that no link is ever kept here
  link_for uuid references app_user (id) on delete cascade,
  link_minutes integer,
  state text not null default 'waiting' check (state in ('waiting', 'done', 'failed')),
  attempts integer not null default 0,
  try_after timestamptz not null,
  failure_code text,
  failure_message text,
  created_at timestamptz not null,
  ended_at timestamptz
);
create index message_waiting on message (try_after) where state = 'waiting';
create index message_lately on message (kind, created_at);

-- What of an incident was told outside the desk. What began before there were alerts is not told any more.
alter table notice add column told_at timestamptz;
alter table notice add column end_told_at timestamptz;
update notice set told_at = now(), end_told_at = case when ended_at is not null then now() end;
create index notice_untold on notice (id) where told_at is null or end_told_at is null;

alter table app_user add column digest boolean not null default true;

create table passkey (
  -- as the browser names it: base64url
  id text primary key,
  user_id uuid not null references app_user (id) on delete cascade,
  name text not null check (length(btrim(name)) > 0),
  public_key bytea not null,
  counter bigint not null,
  transports jsonb not null default '[]',
  created_at timestamptz not null,
  last_used_at timestamptz
);
create index passkey_by_user on passkey (user_id, created_at);

-- Acts of people that no other table tells: signing in and out, roles, passwords, passkeys, exports.
create table audit_event (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  -- null: nobody that we know
  by_user uuid references app_user (id),
  did text not null,
  -- the person, source or thing that it was done to
  about text,
  detail text,
  -- from where
  address text
);
create index audit_event_newest on audit_event (at desc);
create index draft_event_of_people on draft_event (at desc) where by_user is not null;
