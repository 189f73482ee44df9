-- The callback of each completed execution whose report has an address for it, made in the
-- transaction that records the completion. Its id is that of the execution.
create table callback (
  execution_id text not null primary key references execution (id) on delete cascade,
  report_id text not null references report (id) on delete cascade,
  receiver text not null, -- host and port, so that receivers can take turns
  state text not null, -- WAITING, DELIVERED, FAILED, GONE
  created_at integer not null,
  due_at integer, -- when it is next tried, while it waits
  ended_at integer,
  round integer not null, -- one more with each replay
  tries integer not null, -- of this round
  attempts integer not null -- of all rounds
) without rowid;

create index callback_listed on callback (report_id, created_at desc);
create index callback_due on callback (due_at, created_at) where due_at is not null;
create index callback_turns on callback (receiver, due_at) where due_at is not null;
create index callback_ended on callback (ended_at) where ended_at is not null;

create table callback_attempt (
  execution_id text not null references callback (execution_id) on delete cascade,
  number integer not null, -- 1, 2, 3, ... over all rounds
  at integer not null,
  millis integer not null,
  status integer, -- of the answer, if there was one
  error text,
  primary key (execution_id, number)
) without rowid;

-- How often the secret that signs was changed: of a tenant, or of a report that has its own. The
-- secrets themselves are made of this and of a key that is not in the store.
create table callback_secret (
  scope text not null primary key,
  report_id text references report (id) on delete cascade,
  generation integer not null,
  since integer not null,
  old_until integer not null -- until when the one before signs as well
) without rowid;

create index callback_secret_report on callback_secret (report_id) where report_id is not null;
