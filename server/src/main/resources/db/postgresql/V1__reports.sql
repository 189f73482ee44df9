-- Instants are milliseconds since 1970-01-01T00:00:00Z. Texts order by the numbers of their characters.

create table saved_query (
  id text collate "C" not null primary key,
  program text collate "C" not null,
  tenant text collate "C" not null,
  owner text collate "C" not null,
  name text collate "C" not null,
  folded_name text collate "C" not null, -- as names are compared, in any casing
  description text collate "C",
  query_text text collate "C" not null,
  created_at bigint not null
);

create index saved_query_listed on saved_query (tenant, owner, program, created_at desc, id);

create table report (
  id uuid not null primary key,
  program text collate "C" not null,
  tenant text collate "C" not null,
  owner text collate "C" not null,

  name text collate "C" not null,
  folded_name text collate "C" not null, -- as names are compared, in any casing
  description text collate "C",
  query_id text collate "C" not null,
  query_text text collate "C" not null, -- stays when the saved query is deleted
  format text collate "C" not null,
  callback_url text collate "C",
  callback_method text collate "C" not null,
  execute_now boolean not null,
  query_start bigint,
  query_end bigint,

  start_at bigint not null,
  interval_hours integer not null,
  recurrence_count integer,
  end_at bigint,

  state text collate "C" not null, -- ACTIVE, PAUSED, INACTIVE
  next_slot bigint,
  running_slot bigint,
  running_attempt integer,
  running_merged_from bigint,
  retry_at bigint,
  backlog_first bigint, -- chosen slots that run before the next one
  backlog_until bigint,
  backlog_step_hours integer,
  backlog_merged_from bigint,
  generated integer not null,
  failures integer not null, -- slots in a row
  end_reason text collate "C",
  ended_while_paused boolean not null,
  paused_at bigint,
  paused_until bigint,
  pause_catch_up text collate "C", -- SKIP, LATEST, ALL, MERGED
  paused_by text collate "C",
  pause_reason text collate "C",
  wake_at bigint, -- when time next has something to do to it

  created_at bigint not null,
  modified_at bigint
);

create index report_owner on report (tenant, owner, program, state);
create index report_listed on report (tenant, program, created_at desc, id);
create index report_active on report (tenant, owner) where state = 'ACTIVE' and not execute_now;
create index report_wake on report (wake_at, id) where wake_at is not null;

create table execution (
  id uuid not null primary key,
  report_id uuid not null references report (id) on delete cascade,
  slot bigint not null,
  status text collate "C" not null, -- PENDING, PAUSED, RUNNING, COMPLETED, FAILED
  attempt integer not null,
  started_at bigint,
  ended_at bigint,
  window_from bigint,
  window_to bigint,
  result_key text collate "C",
  result_rows bigint,
  result_bytes bigint,
  result_sha256 text collate "C",
  result_removed_at bigint, -- since when the file is no longer kept
  error text collate "C"
);

create unique index execution_slot on execution (report_id, slot);
create unique index execution_waiting on execution (report_id) where status in ('PENDING', 'PAUSED');
create unique index execution_running on execution (report_id) where status = 'RUNNING';
create index execution_kept on execution (ended_at, result_bytes)
  where result_key is not null and result_removed_at is null;

-- Neighbouring slots that will never run, one row however many they are.
create table skipped (
  report_id uuid not null references report (id) on delete cascade,
  first_slot bigint not null,
  last_slot bigint not null,
  slots bigint not null,
  reason text collate "C" not null,
  into_slot bigint, -- whose file has the data of merged ones
  primary key (report_id, first_slot)
);

-- The roles that a user's token showed last; what runs for the user runs with these.
create table rights (
  tenant text collate "C" not null,
  owner text collate "C" not null,
  roles text collate "C" not null, -- separated by spaces
  since bigint not null, -- when that token was issued
  primary key (tenant, owner)
);

-- Where the test clock stands; no row while the service runs on real time.
create table test_clock (
  id integer not null primary key check (id = 1),
  stands_at bigint not null
);
