-- The processes that serve the store. A file has one; a database on a server may have several.
create table node (
  id uuid not null primary key, -- of one run of a process
  place uuid not null, -- of its data directory
  name text collate "C" not null, -- for people
  started_at bigint not null,
  seen_at bigint not null,
  lease_until bigint not null -- whoever was not seen by then is taken for dead
);

-- Who makes the attempt at the execution; none between two attempts.
alter table execution add column node uuid;

-- With which folder of results and keys the store belongs together.
create table kept_files (
  id integer not null primary key check (id = 1),
  mark text collate "C" not null
);
