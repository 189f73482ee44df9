-- The callback of each completed execution whose report has an address for it, made in the
-- transaction that records the completion. Its id is that of the execution.
create table callback (
  execution_id uuid not null primary key references execution (id) on delete cascade,
  report_id uuid not null references report (id) on delete cascade,
  receiver text collate "C" not null, -- host and port, so that receivers can take turns
  state text collate "C" not null, -- WAITING, DELIVERED, FAILED, GONE
  created_at bigint not null,
  due_at bigint, -- when it is next tried, while it waits
  ended_at bigint,
  round integer not null, -- one more with each replay
  tries integer not null, -- of this round
  attempts integer not null -- of all rounds
);

create index callback_listed on callback (report_id, created_at desc);
create index callback_due on callback (due_at, created_at) where due_at is not null;
create index callback_turns on callback (receiver, due_at) where due_at is not null;
create index callback_ended on callback (ended_at) where ended_at is not null;

create table callback_attempt (
  execution_id uuid not null references callback (execution_id) on delete cascade,
  number integer not null, -- 1, 2, 3, ... over all rounds
  at bigint not null,
  millis bigint not null,
  status integer, -- of the answer, if there was one
  error text collate "C",
  primary key (execution_id, number)
);

-- How often the secret that signs was changed: of a tenant, or of a report that has its own. The
-- secrets themselves are made of this and of a key that is not in the store.
create table callback_secret (
  scope text collate "C" not null primary key,
  report_id uuid references report (id) on delete cascade,
  generation integer not null,
  since bigint not null,
  old_until bigint not null -- until when the one before signs as well
);

create index callback_secret_report on callback_secret (report_id) where report_id is not null;
