import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.HashSet;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobDetail;
import org.quartz.JobExecutionContext;
import org.quartz.Scheduler;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;
import org.quartz.impl.StdSchedulerFactory;

/// Quartz with its JDBC job store: one job, with a trigger for each firing.
final class WithQuartz {
  private WithQuartz() {}

  /// Does nothing.
  public static final class NoOp implements Job {
    @Override
    public void execute(JobExecutionContext context) {
      Firings.fire(Integer.parseInt(context.getTrigger().getKey().getName()));
    }
  }

  static void run(Postgres postgres, int jobs) throws Exception {
    postgres.run(tables());
    Scheduler scheduler = new StdSchedulerFactory(settings(postgres)).getScheduler();
    scheduler.start();
    Instant due = Firings.prepare(jobs);
    JobDetail job = JobBuilder.newJob(NoOp.class).withIdentity("no-op").build();
    Set<Trigger> triggers = new HashSet<>();
    for (int i = 0; i < jobs; i++) {
      triggers.add(
          TriggerBuilder.newTrigger()
              .withIdentity(Integer.toString(i))
              .forJob(job)
              .startAt(Date.from(due))
              .build());
    }
    scheduler.scheduleJobs(Map.of(job, triggers), false);
    Firings.print("Quartz 2.5.2", due);
    scheduler.shutdown();
  }

  private static Properties settings(Postgres postgres) {
    var settings = new Properties();
    settings.put("org.quartz.scheduler.instanceName", "no-ops");
    settings.put("org.quartz.scheduler.skipUpdateCheck", "true");
    settings.put("org.quartz.threadPool.threadCount", Integer.toString(Others.WORKERS));
    // As many at once as there are threads, which takes the lock while it chooses them.
    settings.put(
        "org.quartz.scheduler.batchTriggerAcquisitionMaxCount", Integer.toString(Others.WORKERS));
    settings.put("org.quartz.jobStore.acquireTriggersWithinLock", "true");
    settings.put("org.quartz.jobStore.class", "org.quartz.impl.jdbcjobstore.JobStoreTX");
    settings.put(
        "org.quartz.jobStore.driverDelegateClass",
        "org.quartz.impl.jdbcjobstore.PostgreSQLDelegate");
    settings.put("org.quartz.jobStore.misfireThreshold", "600000"); // Being late is no misfire.
    settings.put("org.quartz.jobStore.dataSource", "postgres");
    settings.put("org.quartz.dataSource.postgres.provider", "hikaricp");
    settings.put("org.quartz.dataSource.postgres.driver", "org.postgresql.Driver");
    settings.put("org.quartz.dataSource.postgres.URL", postgres.url());
    settings.put("org.quartz.dataSource.postgres.user", "postgres");
    settings.put("org.quartz.dataSource.postgres.maxConnections", "10");
    return settings;
  }

  private static String tables() throws IOException {
    try (InputStream in =
        Job.class.getResourceAsStream("/org/quartz/impl/jdbcjobstore/tables_postgres.sql")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
