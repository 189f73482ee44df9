package dev.reprise.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.server.history.Audit;
import dev.reprise.server.history.JooqAudit;
import dev.reprise.server.setting.StartRefused;
import dev.reprise.server.world.Api;
import dev.reprise.server.world.Program;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What `./reprise verify-history` finds.
class VerifyHistoryTest {
  @TempDir private Path data;

  private final List<String> faults = new ArrayList<>();

  /// A report with five entries, and others beside it: one of them deleted.
  private String written(World world) {
    Api ada = world.as("ada");
    String report = report(world, ada);
    for (int i = 0; i < 2; i++) {
      ada.put("/ScheduledReport/pause/" + report, "{\"reason\":\"month end " + i + "\"}");
      ada.put("/ScheduledReport/resume/" + report);
    }
    ada.delete("/ScheduledReport/" + report(world, ada));
    report(world, ada);
    return report;
  }

  private static String report(World world, Api caller) {
    return caller.report(
        caller.query("SELECT OrderId FROM ISVOrder"),
        "\"StartTime\":\"%s\",\"RecurrenceInterval\":24".formatted(world.in(4)));
  }

  private Audit.Result verified() {
    faults.clear();
    return JooqAudit.run(data, faults::add);
  }

  /// As somebody would who has the file and knows what is in the way.
  private void tamper(String report, String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + data.resolve("reprise.db"));
        Statement statement = connection.createStatement()) {
      statement.execute("drop trigger if exists history_stays");
      statement.execute("drop trigger if exists history_is_kept");
      statement.execute("drop trigger if exists history_is_written_once");
      for (String one : sql.split(";", -1)) {
        int met = statement.executeUpdate(one.replace("$id", "'" + report + "'"));
        assertThat(met).as(one).isPositive();
      }
    }
  }

  @Test
  void everyHistoryIsWholeAlsoWhileTheServiceRuns() {
    try (var world = World.in(data)) {
      written(world);
      Audit.Result result = verified();
      assertThat(faults).isEmpty();
      assertThat(result.reports()).isEqualTo(3);
      assertThat(result.entries()).isEqualTo(8);
      assertThat(result.broken()).isZero();
      assertThat(verified().digest()).isEqualTo(result.digest());
      report(world, world.as("ada"));
      assertThat(verified().digest()).isNotEqualTo(result.digest());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "update history set reason = 'x' where report_id = $id and sequence = 2 | entry 2 is not as it was written",
        "update history set at = at + 1000 where report_id = $id and sequence = 5 | entry 5 is not as it was written",
        "update history set at = at + 1 where report_id = $id and sequence = 2 | entry 2 is not as it was written",
        "update history set at = at + 0.5 where report_id = $id and sequence = 5 | entry 5 is not as it was written",
        "update history set at = 'soon' where report_id = $id and sequence = 3 | entry 3 is not as it was written",
        "update history set at = 9000000000000000000 where report_id = $id and sequence = 3 | entry 3 is not as it was written",
        "update history set who = cast(who as blob) where report_id = $id and sequence = 1 | entry 1 is not as it was written",
        "update history set sequence = 4294967301 where report_id = $id and sequence = 5 | entry 5 is not as it was written",
        "update history_head set hash = x'00' where report_id = $id | nothing says whose history it is and where it ends",
        "update history set after_state = before_state where report_id = $id and sequence = 3 | entry 3 is not as it was written",
        "update history_head set owner = 'linus' where report_id = $id | entry 1 is not as it was written",
        "delete from history where report_id = $id and sequence = 3 | entry 3 is missing",
        "delete from history where report_id = $id and sequence = 1 | entry 1 is missing",
        "delete from history where report_id = $id and sequence = 3;update history set sequence = 3 where report_id = $id and sequence = 4;update history set sequence = 4 where report_id = $id and sequence = 5 | entry 3 does not follow the entry before it",
        "update history set sequence = 9 where report_id = $id and sequence = 2;update history set sequence = 2 where report_id = $id and sequence = 3;update history set sequence = 3 where report_id = $id and sequence = 9 | entry 2 does not follow the entry before it",
        "insert into history select report_id, 6, at, who, what, reason, client, before_state, after_state, hash, hash from history where report_id = $id and sequence = 5 | entry 6 is not as it was written",
        "delete from history where report_id = $id and sequence = 5 | it ends with entry 4, but entry 5 was written",
        "delete from history where report_id = $id | it ends with entry 0, but entry 5 was written",
        "delete from history_head where report_id = $id | nothing says whose history it is and where it ends",
        "delete from history_head where report_id = $id;delete from history where report_id = $id | nothing says whose history it is and where it ends",
        "delete from execution where report_id = $id;delete from report where id = $id | it does not end with a delete, but there is no report"
      })
  void tamperingIsFoundWhereItWasDone(String sql, String fault) throws SQLException {
    String report;
    try (var world = World.in(data)) {
      report = written(world);
    }
    tamper(report, sql);
    assertThat(verified().broken()).isEqualTo(1);
    assertThat(faults).containsExactly("report " + report + ": " + fault);
  }

  @Test
  void oneChangedByteOfTheFileIsFound() throws Exception {
    String report;
    try (var world = World.in(data)) {
      report = written(world);
    }
    Path file = data.resolve("reprise.db");
    // One byte is one character in this encoding.
    String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
    int place = bytes.indexOf("month end 1");
    assertThat(place).isPositive();
    String changed = bytes.substring(0, place) + "M" + bytes.substring(place + 1);
    Files.writeString(file, changed, StandardCharsets.ISO_8859_1);
    assertThat(verified().broken()).isEqualTo(1);
    assertThat(faults.getFirst())
        .startsWith("report " + report + ": entry ")
        .endsWith(" is not as it was written");
  }

  @Test
  void textsOfAnyKindAreKeptAsTheyWere() {
    try (var world = World.in(data)) {
      Api ada = world.as("ada");
      String report = report(world, ada);
      for (String reason :
          List.of(
              "\\u0000x", "\\ud83d\\ude00", "\\ud800", "\u0130\u0131\\\"\\\\", "\\u2028\\u007f")) {
        ada.put("/ScheduledReport/pause/" + report, "{\"reason\":\"" + reason + "\"}");
        ada.put("/ScheduledReport/resume/" + report);
      }
      assertThat(verified().broken()).as(faults.toString()).isZero();
      // What no text can hold was refused.
      assertThat(HistoryTest.events(HistoryTest.history(ada, report))).hasSize(5);
    }
  }

  @Test
  void aChainThatIsWrittenAnewShowsInTheDigestOnly() throws SQLException {
    String report;
    try (var world = World.in(data)) {
      report = written(world);
    }
    Audit.Result before = verified();
    tamper(
        report,
        "delete from history where report_id = $id and sequence = 5;"
            + "update history_head set sequence = 4, hash = (select hash from history"
            + " where report_id = $id and sequence = 4) where report_id = $id");
    Audit.Result after = verified();
    assertThat(after.broken()).isZero();
    assertThat(after.digest()).isNotEqualTo(before.digest());
  }

  @Test
  void theServiceItselfCannotChangeWhatIsWritten() {
    try (var world = World.in(data)) {
      written(world);
      String rest =
          " at, who, what, reason, client, before_state, after_state, previous_hash, hash";
      for (String sql :
          List.of(
              "update history set who = 'x'",
              "delete from history",
              "insert or replace into history select report_id, sequence,%s from history"
                  .formatted(rest),
              "insert or replace into history (rowid, report_id, sequence,%s)".formatted(rest)
                  + " select rowid, report_id, sequence + 100,%s from history".formatted(rest))) {
        assertThatThrownBy(() -> world.core.store.write(dsl -> dsl.execute(sql)))
            .hasStackTraceContaining("an entry of the history is never");
      }
    }
  }

  @Test
  void whatIsUnderNoIdIsNamedAndTheRestIsChecked() throws SQLException {
    String report;
    try (var world = World.in(data)) {
      report = written(world);
    }
    String rest = " at, who, what, reason, client, before_state, after_state, previous_hash, hash";
    tamper(
        report,
        "insert into history select 'no' || char(10) || 'id', sequence,%s from history"
                .formatted(rest)
            + " where report_id = $id and sequence < 3"
            + ";insert into history select x'ff', sequence,%s from history".formatted(rest)
            + " where report_id = $id and sequence < 3"
            + ";update history_head set report_id = upper(report_id) where report_id = $id"
            + ";update history set reason = 'x' where report_id <> $id and what = 'delete'");
    Audit.Result result = verified();
    assertThat(result.broken()).isEqualTo(5);
    assertThat(faults)
        .contains(
            "report no?id: its id is none that was ever given",
            "report \ufffd: its id is none that was ever given",
            "report %s: its id is none that was ever given"
                .formatted(report.toUpperCase(Locale.ROOT)),
            "report " + report + ": nothing says whose history it is and where it ends")
        .anyMatch(fault -> fault.endsWith(": entry 2 is not as it was written"));
  }

  @Test
  void whatCannotBeReadIsSaidInOneLine() throws Exception {
    try (var world = World.in(data)) {
      written(world);
    }
    Path file = data.resolve("reprise.db");
    byte[] whole = Files.readAllBytes(file);
    for (byte[] spoiled :
        List.of(
            new byte[0],
            "garbage".repeat(1000).getBytes(StandardCharsets.UTF_8),
            Arrays.copyOf(whole, 50),
            Arrays.copyOf(whole, 5000),
            Arrays.copyOf(whole, whole.length / 4))) {
      Files.write(file, spoiled);
      assertThatThrownBy(this::verified)
          .as("%d bytes", spoiled.length)
          .isInstanceOfSatisfying(
              StartRefused.class,
              refused ->
                  assertThat(refused.line())
                      .startsWith("The histories in " + data + " cannot be read: ")
                      .doesNotContain("\n"));
    }
    assertThat(Program.run("verify-history", "--data", "" + data))
        .startsWith("2: The histories in " + data + " cannot be read: ")
        .hasLineCount(1);
  }

  @Test
  void whereReadersCanShareNothingOnlyAFoldedStoreIsRead() throws Exception {
    try (var world = World.in(data)) {
      written(world);
    }
    // No file can be made in its place.
    Files.createSymbolicLink(data.resolve("reprise.db-shm"), data.resolve("missing/file"));
    assertThat(verified().entries()).isEqualTo(8);
    assertThat(faults).isEmpty();
    Files.writeString(data.resolve("reprise.db-wal"), "what was not folded yet");
    assertThatThrownBy(this::verified).isInstanceOf(StartRefused.class);
  }

  @Test
  void theCommandSaysWhatItFoundAndLeavesAccordingly() throws Exception {
    String report;
    try (var world = World.in(data)) {
      report = written(world);
    }
    assertThat(Program.run("verify-history", "--data", "" + data))
        .startsWith("0: 3 reports with 8 entries checked, all whole\nDigest ");
    tamper(report, "update history set who = 'linus' where report_id = $id and sequence = 2");
    assertThat(Program.run("verify-history", "--data", "" + data))
        .startsWith(
            "1: report %s: entry 2 is not as it was written\n".formatted(report)
                + "3 reports with 8 entries checked, 1 broken\nDigest ");
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("reprise.db"));
        var statement = connection.createStatement()) {
      statement.execute("alter table history rename to other");
    }
    assertThat(Program.run("verify-history", "--data", "" + data))
        .startsWith("2: The histories in " + data + " cannot be read: ")
        .contains("no such table: history");
    Path empty = Files.createDirectory(data.resolve("empty"));
    assertThat(Program.run("verify-history", "--data", "" + empty))
        .isEqualTo("2: There is no Reprise data in " + empty + "\n");
  }
}
