-- How often an attempt at the execution was claimed, whoever made it: who holds an older claim holds
-- none.
alter table execution add column claim integer not null default 0;
