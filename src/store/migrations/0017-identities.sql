-- By which identity of a sign-in service (OpenID Connect) a person signs in: its issuer and subject, never the mail address alone.
create table identity (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references app_user (id) on delete cascade,
  issuer text not null,
  subject text not null,
  -- as the service called it when it was tied; for people to know it again
  email text,
  created_at timestamptz not null,
  last_used_at timestamptz,
  unique (issuer, subject),
  -- a second identity of one service cannot slip in beside the first
  unique (user_id, issuer)
);
