-- What happened to a report, whether or not there still is one. Entries are chained by their hashes.
create table history (
  report_id uuid not null,
  sequence integer not null, -- 1, 2, 3, ... of each report
  at bigint not null,
  who text collate "C" not null,
  what text collate "C" not null,
  reason text collate "C",
  client text collate "C",
  before_state text collate "C", -- JSON
  after_state text collate "C", -- JSON
  previous_hash text collate "C" not null,
  hash text collate "C" not null,
  rowid bigint generated always as identity unique,
  primary key (report_id, sequence)
);

create function history_stays() returns trigger language plpgsql as $$
begin
  raise exception 'an entry of the history is never changed, removed or replaced';
end
$$;

create trigger history_stays before update or delete on history
for each row execute function history_stays();

create trigger history_is_kept before truncate on history
for each statement execute function history_stays();

-- Whose report it is or was, and its newest entry.
create table history_head (
  report_id uuid not null primary key,
  program text collate "C" not null,
  tenant text collate "C" not null,
  owner text collate "C" not null,
  sequence integer not null,
  hash text collate "C" not null
);
