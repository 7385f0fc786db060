-- Under which keys an item is looked for: its smallest shingle hashes and pairs of title words. One key in common makes two items
-- worth comparing. A plain btree: flat in time to a million items.
create table item_key (
  key bigint not null,
  item_id uuid not null references item (id) on delete cascade,
  primary key (key, item_id)
);
create index item_key_by_item on item_key (item_id);

-- What the machine thinks two stories have to do with one another. Only an editor makes a tie of it; who and when is kept.
create table story_suggestion (
  item_id uuid not null references item (id) on delete cascade,
  of_item_id uuid not null references item (id) on delete cascade,
  tie text not null check (tie in ('copy', 'possible-copy', 'same-story', 'sibling')),
  because text not null,
  standing text not null default 'suggested' check (standing in ('suggested', 'confirmed', 'detached')),
  by_user uuid references app_user (id),
  at timestamptz not null default now(),
  primary key (item_id, of_item_id)
);
create index story_suggestion_by_other on story_suggestion (of_item_id);
create trigger suggestion_told after insert or update on story_suggestion for each statement execute function tell_desk();

-- Why a draft stands where it stands in the queue, and where in the newsletter it would go.
alter table draft add column why jsonb not null default '[]';
alter table draft add column section text;
