-- What operators did to a source from the desk: who, when, why.
create table source_event (
  id bigint generated always as identity primary key,
  source_id text not null references source (id),
  at timestamptz not null default now(),
  by_user uuid references app_user (id),
  did text not null check (did in ('poll-now', 'paused', 'resumed', 'accepted')),
  reason text
);
create index source_event_by_source on source_event (source_id, id);
