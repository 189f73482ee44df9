-- When its owner last said what it is to do: older slots belong to another schedule.
alter table report add column asked_at bigint not null default 0;
