-- What happened to a report, whether or not there still is one. Entries are chained by their hashes.
create table history (
  report_id text not null,
  sequence integer not null, -- 1, 2, 3, ... of each report
  at integer not null,
  who text not null,
  what text not null,
  reason text,
  client text,
  before_state text, -- JSON
  after_state text, -- JSON
  previous_hash text not null,
  hash text not null,
  primary key (report_id, sequence)
);

create trigger history_stays before update on history
begin
  select raise(abort, 'an entry of the history is never changed');
end;

create trigger history_is_kept before delete on history
begin
  select raise(abort, 'an entry of the history is never removed');
end;

-- "insert or replace" removes what is in its way without asking the trigger above.
create trigger history_is_written_once before insert on history
when exists (select 1 from history where report_id = new.report_id and sequence = new.sequence)
  or (new.rowid > 0 and exists (select 1 from history where rowid = new.rowid))
begin
  select raise(abort, 'an entry of the history is never replaced');
end;

-- Whose report it is or was, and its newest entry.
create table history_head (
  report_id text not null primary key,
  program text not null,
  tenant text not null,
  owner text not null,
  sequence integer not null,
  hash text not null
) without rowid;

-- Reports made before there was a history begin it with their next change.
insert into history_head (report_id, program, tenant, owner, sequence, hash)
select id, program, tenant, owner, 0, '0000000000000000000000000000000000000000000000000000000000000000'
from report;
