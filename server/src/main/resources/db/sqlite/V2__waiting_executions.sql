-- A report has one execution that waits. Without this every change of a report reads its whole history.
create unique index execution_waiting on execution (report_id) where status in ('PENDING', 'PAUSED');

-- What the quota counts, on every resume.
create index report_active on report (tenant, owner) where state = 'ACTIVE' and execute_now = 0;
