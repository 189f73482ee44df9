import java.nio.file.Path;

/// Runs jobs that do nothing, all due at the same instant, by a scheduler that others wrote.
final class Others {
  static final int WORKERS = 2;

  private Others() {}

  /// @param arguments the scheduler, how many jobs, and a folder for its database
  public static void main(String[] arguments) throws Exception {
    int jobs = Integer.parseInt(arguments[1]);
    try (var postgres = new Postgres(Path.of(arguments[2]))) {
      switch (arguments[0]) {
        case "quartz" -> WithQuartz.run(postgres, jobs);
        case "jobrunr" -> WithJobRunr.run(postgres, jobs);
        case "db-scheduler" -> WithDbScheduler.run(postgres, jobs);
        default -> throw new IllegalArgumentException(arguments[0]);
      }
    }
    System.exit(0); // Whatever threads a scheduler leaves.
  }
}
