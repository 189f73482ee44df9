package dev.reprise.server;

import dev.reprise.server.backup.Backup;
import dev.reprise.server.dataset.CatalogFiles;
import dev.reprise.server.history.Audit;
import dev.reprise.server.history.JooqAudit;
import dev.reprise.server.setting.Command;
import dev.reprise.server.setting.CommandReader;
import dev.reprise.server.setting.ConfigFiles;
import dev.reprise.server.setting.Settings;
import dev.reprise.server.setting.StartRefused;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.logging.LogManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Main: reads what is asked for and does it. Alone reads the wall clock and the environment.
public final class Server {
  private static final Logger LOG = LoggerFactory.getLogger(Server.class);
  private static final int EXIT_FAULT = 1;
  private static final InstantSource REAL_CLOCK = Clock.systemUTC();

  private Server() {}

  public static void main(String[] arguments) {
    readLogSettings();
    CommandReader reader = new CommandReader(System.getenv(), ConfigFiles.onDisk());
    int exit;
    try {
      exit = run(reader.read(List.of(arguments)));
    } catch (Exception | Error e) {
      LOG.error("Reprise cannot go on", e);
      exit = EXIT_FAULT;
    }
    if (exit != 0) {
      System.exit(exit); // Threads of a half-started service would keep the process alive.
    }
  }

  private static int run(Command command) throws InterruptedException {
    int exit = 0;
    try {
      switch (command) {
        case Command.Serve serve -> serve(serve.settings());
        case Command.VerifyHistory verify -> exit = verify(verify);
        case Command.MakeBackup made ->
            exit = told(Backup.make(made.data(), made.store(), made.to(), System.out::println));
        case Command.Restore asked ->
            exit =
                told(
                    Backup.restore(asked.from(), asked.data(), asked.store(), System.out::println));
        case Command.Migrate asked -> tell(Backup.migrate(asked.data(), asked.to()));
        case Command.Train train -> Training.run(train.folder(), REAL_CLOCK);
        case Command.ShowHelp help -> System.out.print(help.text());
        case Command.ShowVersion version -> System.out.println("Reprise " + Version.current());
        case Command.Refused refused -> throw new StartRefused(refused.line());
      }
      return exit;
    } catch (StartRefused e) {
      System.err.println(e.line());
      return Command.EXIT_REFUSED;
    }
  }

  private static Web opened(Settings settings, Core core) {
    Web web = null;
    try {
      web = new Web(settings, core, REAL_CLOCK);
      web.start();
      core.start();
      return web;
    } catch (RuntimeException | Error e) {
      try (core) {
        if (web != null) {
          web.close();
        }
      }
      throw e;
    }
  }

  private static int verify(Command.VerifyHistory asked) {
    asked.store().ifPresent(store -> Backup.refuseTwo(asked.data(), store));
    Audit.Result found =
        asked
            .store()
            .map(store -> JooqAudit.run(store, System.out::println))
            .orElseGet(() -> JooqAudit.run(asked.data(), System.out::println));
    System.out.printf(
        "%d reports with %d entries checked, %s%nDigest %s%n",
        found.reports(),
        found.entries(),
        found.broken() == 0 ? "all whole" : found.broken() + " broken",
        found.digest());
    return found.broken() == 0 ? 0 : EXIT_FAULT;
  }

  private static int told(Backup.Result copied) {
    tell(copied.rows());
    System.out.printf(
        "%d result files with %d bytes copied, %s%n",
        copied.files(),
        copied.bytes(),
        copied.broken() == 0 ? "all as they were made" : copied.broken() + " missing or broken");
    return copied.broken() == 0 ? 0 : EXIT_FAULT;
  }

  private static void tell(Map<String, Long> rows) {
    System.out.printf(
        "%d reports, %d executions and %d history entries copied%n",
        rows.getOrDefault("report", 0L),
        rows.getOrDefault("execution", 0L),
        rows.getOrDefault("history", 0L));
  }

  private static void readLogSettings() {
    try (InputStream in = Server.class.getResourceAsStream("/logging.properties")) {
      LogManager.getLogManager().readConfiguration(in);
    } catch (IOException e) {
      throw new UncheckedIOException("reading logging.properties", e);
    }
  }

  /// Serves until the process is told to end.
  private static void serve(Settings settings) throws InterruptedException {
    settings.log().format().install();
    var screen = new Screen(System.out);
    var core = new Core(settings, REAL_CLOCK, CatalogFiles.SHIPPED, screen);
    Web web = opened(settings, core);
    var closed = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  try (core) {
                    web.close();
                  } finally {
                    closed.countDown();
                  }
                },
                "shutdown"));
    screen.ready(web.baseUrl(), settings, core);
    closed.await();
  }
}
