-- Instants are milliseconds since 1970-01-01T00:00:00Z. Ids are UUIDs in lower case.

create table saved_query (
  id text not null primary key,
  program text not null,
  tenant text not null,
  owner text not null,
  name text not null,
  folded_name text not null, -- as names are compared, in any casing
  description text,
  query_text text not null,
  created_at integer not null
);

create index saved_query_listed on saved_query (tenant, owner, program, created_at desc, id);

create table report (
  id text not null primary key,
  program text not null,
  tenant text not null,
  owner text not null,

  name text not null,
  folded_name text not null, -- as names are compared, in any casing
  description text,
  query_id text not null,
  query_text text not null, -- stays when the saved query is deleted
  format text not null,
  callback_url text,
  callback_method text not null,
  execute_now integer not null,
  query_start integer,
  query_end integer,

  start_at integer not null,
  interval_hours integer not null,
  recurrence_count integer,
  end_at integer,

  state text not null, -- ACTIVE, PAUSED, INACTIVE
  next_slot integer,
  running_slot integer,
  running_attempt integer,
  running_merged_from integer,
  retry_at integer,
  backlog_first integer, -- chosen slots that run before the next one
  backlog_until integer,
  backlog_step_hours integer,
  backlog_merged_from integer,
  generated integer not null,
  failures integer not null, -- slots in a row
  end_reason text,
  ended_while_paused integer not null,
  paused_at integer,
  paused_until integer,
  pause_catch_up text, -- SKIP, LATEST, ALL, MERGED
  paused_by text,
  pause_reason text,
  wake_at integer, -- when time next has something to do to it

  created_at integer not null,
  modified_at integer
);

create index report_owner on report (tenant, owner, program, state);
create index report_listed on report (tenant, program, created_at desc, id);
create index report_active on report (tenant, owner) where state = 'ACTIVE' and execute_now = 0;
create index report_wake on report (wake_at, id) where wake_at is not null;

create table execution (
  id text not null primary key,
  report_id text not null references report (id) on delete cascade,
  slot integer not null,
  status text not null, -- PENDING, PAUSED, RUNNING, COMPLETED, FAILED
  attempt integer not null,
  started_at integer,
  ended_at integer,
  window_from integer,
  window_to integer,
  result_key text,
  result_rows integer,
  result_bytes integer,
  result_sha256 text,
  result_removed_at integer, -- since when the file is no longer kept
  error text
);

create unique index execution_slot on execution (report_id, slot);
create unique index execution_waiting on execution (report_id) where status in ('PENDING', 'PAUSED');
create unique index execution_running on execution (report_id) where status = 'RUNNING';
create index execution_kept on execution (ended_at, result_bytes)
  where result_key is not null and result_removed_at is null;

-- Neighbouring slots that will never run, one row however many they are.
create table skipped (
  report_id text not null references report (id) on delete cascade,
  first_slot integer not null,
  last_slot integer not null,
  slots integer not null,
  reason text not null,
  into_slot integer, -- whose file has the data of merged ones
  primary key (report_id, first_slot)
);

-- The roles that a user's token showed last; what runs for the user runs with these.
create table rights (
  tenant text not null,
  owner text not null,
  roles text not null, -- separated by spaces
  since integer not null, -- when that token was issued
  primary key (tenant, owner)
);

-- Where the test clock stands; no row while the service runs on real time.
create table test_clock (
  id integer not null primary key check (id = 1),
  stands_at integer not null
);
