-- The processes that serve the store. A file has one; a database on a server may have several.
create table node (
  id text not null primary key, -- of one run of a process
  place text not null, -- of its data directory
  name text not null, -- for people
  started_at integer not null,
  seen_at integer not null,
  lease_until integer not null -- whoever was not seen by then is taken for dead
) without rowid;

-- Who makes the attempt at the execution; none between two attempts.
alter table execution add column node text;

-- With which folder of results and keys the store belongs together.
create table kept_files (
  id integer not null primary key check (id = 1),
  mark text not null
);
