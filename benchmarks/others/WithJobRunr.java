import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.jobrunr.configuration.JobRunr;
import org.jobrunr.scheduling.JobBuilder;
import org.jobrunr.scheduling.JobScheduler;
import org.jobrunr.server.BackgroundJobServerConfiguration;
import org.jobrunr.storage.sql.common.SqlStorageProviderFactory;

/// JobRunr: a scheduled job for each firing.
final class WithJobRunr {
  /// The shortest that it takes.
  private static final Duration POLL = Duration.ofSeconds(5);

  private WithJobRunr() {}

  static void run(Postgres postgres, int jobs) throws InterruptedException {
    JobScheduler scheduler =
        JobRunr.configure()
            .useStorageProvider(SqlStorageProviderFactory.using(postgres.pool()))
            .useBackgroundJobServer(
                BackgroundJobServerConfiguration.usingStandardBackgroundJobServerConfiguration()
                    .andWorkerCount(Others.WORKERS)
                    .andPollInterval(POLL))
            .initialize()
            .getJobScheduler();
    Instant due = Firings.prepare(jobs);
    scheduler.create(
        IntStream.range(0, jobs)
            .mapToObj(i -> JobBuilder.aJob().scheduleAt(due).withJobLambda(() -> Firings.fire(i))));
    Firings.print("JobRunr 8.7.0", due);
    JobRunr.destroy();
  }
}
