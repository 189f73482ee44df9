import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/// db-scheduler: a one-time task for each firing.
final class WithDbScheduler {
  private static final Duration POLL = Duration.ofMillis(100);

  /// The table that it needs.
  private static final String TABLE =
      """
      create table scheduled_tasks (
        task_name text not null,
        task_instance text not null,
        task_data bytea,
        execution_time timestamp with time zone not null,
        picked boolean not null,
        picked_by text,
        last_success timestamp with time zone,
        last_failure timestamp with time zone,
        consecutive_failures int,
        last_heartbeat timestamp with time zone,
        version bigint not null,
        priority smallint,
        primary key (task_name, task_instance)
      );
      create index execution_time_idx on scheduled_tasks (execution_time);
      create index last_heartbeat_idx on scheduled_tasks (last_heartbeat);
      create index priority_execution_time_idx
        on scheduled_tasks (priority desc, execution_time asc);
      """;

  private WithDbScheduler() {}

  static void run(Postgres postgres, int jobs) throws SQLException, InterruptedException {
    postgres.run(TABLE);
    OneTimeTask<Void> task =
        Tasks.oneTime("no-op")
            .execute((instance, context) -> Firings.fire(Integer.parseInt(instance.getId())));
    Scheduler scheduler =
        Scheduler.create(postgres.pool(), task)
            .threads(Others.WORKERS)
            .pollingInterval(POLL)
            .pollUsingLockAndFetch(1.0, 4.0)
            .build();
    scheduler.start();
    Instant due = Firings.prepare(jobs);
    List<TaskInstance<?>> tasks =
        IntStream.range(0, jobs)
            .<TaskInstance<?>>mapToObj(i -> task.instance(Integer.toString(i)))
            .toList();
    scheduler.scheduleBatch(tasks, due);
    Firings.print("db-scheduler 16.12.0", due);
    scheduler.stop();
  }
}
