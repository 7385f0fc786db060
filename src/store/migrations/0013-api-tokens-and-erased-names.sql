-- Keys by which programs act for a person at the API. Only the hash of a token is kept.
create table api_token (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references app_user (id) on delete cascade,
  name text not null check (length(btrim(name)) > 0),
  role text not null check (role in ('editor', 'operator', 'admin')),
  token_hash text not null unique,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  last_used_at timestamptz,
  revoked_at timestamptz
);
create index api_token_by_user on api_token (user_id, created_at desc);

-- Names that were erased, so that what is fetched again does not bring them back: not the name, but its keyed fingerprint.
create table erased_name (
  fingerprint text primary key,
  words integer not null check (words between 1 and 12),
  erased_at timestamptz not null default now()
);
create table erased_name_key (
  only_one boolean primary key default true check (only_one),
  key text not null
);
