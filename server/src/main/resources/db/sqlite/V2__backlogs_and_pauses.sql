-- A backlog has slots of its own, apart from the next one; a pause may end by itself.

alter table report add column backlog_first integer;
alter table report add column backlog_step_hours integer;
alter table report add column backlog_merged_from integer;
alter table report add column running_merged_from integer;
alter table report add column failures integer not null default 0; -- slots in a row
alter table report add column paused_until integer;
alter table report add column pause_catch_up text; -- SKIP, LATEST, ALL, MERGED

alter table skipped add column into_slot integer; -- whose file has the data of merged ones

-- Until now a backlog began at the next slot.
update report set backlog_until = null where next_slot is null or backlog_until < next_slot;

update report
set backlog_first = next_slot,
    backlog_step_hours = interval_hours,
    next_slot = case
      when end_at is not null and backlog_until + interval_hours * 3600000 > end_at then null
      else backlog_until + interval_hours * 3600000
    end
where backlog_until is not null;
