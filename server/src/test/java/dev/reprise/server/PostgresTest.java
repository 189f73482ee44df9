package dev.reprise.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.server.history.JooqAudit;
import dev.reprise.server.world.Api;
import dev.reprise.server.world.Program;
import dev.reprise.server.world.Reply;
import dev.reprise.server.world.Stores;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is so only if the store is a database on a server.
class PostgresTest {
  private static final int ROUNDS = 40;

  @TempDir private Path data;
  @TempDir private Path other;

  private final AtomicInteger broken = new AtomicInteger();

  @Test
  void whatWasAcknowledgedIsThereHoweverOftenItsConnectionsBreak() throws Exception {
    List<String> acknowledged = new ArrayList<>();
    try (var world = world()) {
      Api ada = world.as("ada");
      String query = ada.query("SELECT OrderId FROM ISVOrder LIMIT 1");
      for (int round = 0; round < ROUNDS; round++) {
        Thread breaking = Thread.ofVirtual().start(this::breakConnections);
        Reply reply = ada.createReport(query, every4Hours(world));
        ada.advance("PT1H");
        breaking.join();
        assertThat(reply.status()).isIn(200, 500);
        if (reply.status() == 200) {
          acknowledged.add(reply.text("ReportId"));
        }
      }
      assertThat(broken.get()).isGreaterThan(ROUNDS);
      assertThat(acknowledged).isNotEmpty();
      while (ada.advance("PT12H").status() != 200) {
        Thread.onSpinWait();
      }
      for (String id : acknowledged) {
        assertThat(ada.completed(id)).as(id).isPositive();
        assertThat(slots(ada, id)).as(id).doesNotContain("\"running\"");
      }
      world.core.watchdog.round();
      assertThat(world.core.watchdog.findings().last()).isEmpty();
    }
    List<String> faults = new ArrayList<>();
    assertThat(JooqAudit.run(Stores.address(data), faults::add).reports())
        .isGreaterThanOrEqualTo(acknowledged.size());
    assertThat(faults).isEmpty();
  }

  @Test
  void healthSaysSoWhileItCannotBeReachedOrAnotherServiceUsesIt() throws Exception {
    try (var world = world()) {
      Api ada = world.as("ada");
      run("alter database " + name() + " allow_connections false");
      breakConnections();
      assertThat(ada.createQuery("SELECT OrderId FROM ISVOrder").status()).isEqualTo(500);
      assertThat(health(ada)).contains("DOWN", "the store cannot be written: ");
      run("alter database " + name() + " allow_connections true");
      while (!health(ada).contains("UP")) {
        Thread.onSpinWait();
      }
      assertThat(ada.createQuery("SELECT OrderId FROM ISVOrder").status()).isEqualTo(200);
    }
  }

  @Test
  void aSecondServiceIsRefusedAndWhatCannotBeUsedIsNamed() throws Exception {
    try (var world = world()) {
      assertThat(world.as("ada").get("/ScheduledDataset").status()).isEqualTo(200);
      assertThat(start(Stores.url(data)))
          .matches(
              "2: The store jdbc:postgresql://\\S+ cannot be used: another Reprise uses it"
                  + " alone \\(from 127.0.0.1\\)\n");
    }
    assertThat(start("jdbc:postgresql://127.0.0.1:1/reprise?password=secret"))
        .startsWith("2: The store jdbc:postgresql://127.0.0.1:1/reprise cannot be used: ")
        .contains("refused")
        .doesNotContain("secret");
    assertThat(start("jdbc:mysql://db")).startsWith("2: --store: ").contains("jdbc:postgresql");
    run("update flyway_schema_history set version = '99'");
    assertThat(start(Stores.url(data)))
        .startsWith("2: ")
        .contains("newer version", "99", "--store");
  }

  @Test
  void historiesAreCheckedThereToo() throws Exception {
    try (var world = world()) {
      Api ada = world.as("ada");
      String report = ada.report(ada.query("SELECT OrderId FROM ISVOrder"), every4Hours(world));
      ada.put("/ScheduledReport/pause/" + report);
      assertThat(verify()).startsWith("0: ").contains("1 reports with 2 entries checked");
      assertThat(refusal("update history set who = 'grace'")).contains("never changed");
      assertThat(refusal("delete from history")).contains("never changed");
      assertThat(refusal("truncate history")).contains("never changed");
      run("alter table history disable trigger all");
      run("update history set who = 'grace' where sequence = 2");
      assertThat(verify())
          .startsWith("1: report " + report + ": entry 2 is not as it was written\n");
    }
  }

  private World world() {
    return World.in(data, "--store", Stores.url(data), "--set", "limits.active-reports=1000");
  }

  private String start(String url) throws Exception {
    return Program.run("serve", "--port", "0", "--data", "" + other, "--store", url);
  }

  private String verify() throws Exception {
    return Program.run("verify-history", "--data", "" + data, "--store", Stores.url(data));
  }

  private static String every4Hours(World world) {
    return "\"RecurrenceInterval\":4,\"StartTime\":\"%s\"".formatted(world.in(5));
  }

  private static String health(Api caller) {
    return caller.send("GET", "/health/ready", "", List.of()).body();
  }

  private static String slots(Api caller, String report) {
    return caller.send("GET", "/reprise/v1/reports/" + report + "/slots", "", List.of()).body();
  }

  private String name() {
    return Stores.url(data).replaceFirst(".*/([^?]*)\\?.*", "$1");
  }

  private void breakConnections() {
    String url = Stores.url(data).replace("/" + name() + "?", "/postgres?");
    String sql =
        "select pg_terminate_backend(pid) from pg_stat_activity"
            + " where application_name = 'reprise' and datname = '"
            + name()
            + "'";
    try (var connection = DriverManager.getConnection(url);
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        broken.incrementAndGet();
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private String refusal(String sql) {
    try {
      run(sql);
      return "";
    } catch (SQLException e) {
      return "" + e.getMessage();
    }
  }

  private void run(String sql) throws SQLException {
    String url =
        sql.contains("allow_connections")
            ? Stores.url(data).replace("/" + name() + "?", "/postgres?")
            : Stores.url(data);
    try (var connection = DriverManager.getConnection(url);
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
