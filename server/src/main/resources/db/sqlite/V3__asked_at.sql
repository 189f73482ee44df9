-- When its owner last said what it is to do: older slots belong to another schedule.
alter table report add column asked_at integer not null default 0;
update report set asked_at = coalesce(modified_at, created_at);
