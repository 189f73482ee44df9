package dev.reprise.server.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

/// Lines of the service's log: what they say, and that nobody can forge one.
class LogFormatTest {
  private static final Formatter TEXT = new TextFormat();
  private static final Formatter JSON = new JsonFormat();

  @Test
  void aLineSaysWhenHowBadWhereAboutWhatAndWhat() {
    String line = About.during("id-1", () -> TEXT.format(event("Fault while {0}", "resting")));
    assertThat(line)
        .isEqualTo(
            "2026-01-05T06:00:00.007Z WARNING dev.reprise.Any [id-1]: Fault while resting\n");
  }

  @Test
  void withoutAnythingItIsAboutTheBracketIsMissing() {
    assertThat(TEXT.format(event("Ready")))
        .isEqualTo("2026-01-05T06:00:00.007Z WARNING dev.reprise.Any: Ready\n");
  }

  @Test
  void jsonHasTheSameAsFields() {
    String line = About.during("id-1", () -> JSON.format(event("\"Öl\" is {0}", "out")));
    assertThat(line)
        .isEqualTo(
            "{\"time\":\"2026-01-05T06:00:00.007Z\",\"level\":\"WARNING\","
                + "\"logger\":\"dev.reprise.Any\",\"about\":\"id-1\","
                + "\"message\":\"\\\"\\u00d6l\\\" is out\"}\n");
  }

  @Test
  void textThatWasSentCannotBeginALineOfItsOwn() {
    LogRecord event = event("Name is {0}", "x\n2026-01-05 SEVERE forged\u001b[2J\u2028y\u202e");
    event.setThrown(new IllegalStateException("broken\nforged"));
    assertThat(TEXT.format(event).lines().skip(1))
        .isNotEmpty()
        .allMatch(line -> line.startsWith("    "));
    assertThat(TEXT.format(event).lines().findFirst().orElseThrow())
        .endsWith("Name is x\\u000a2026-01-05 SEVERE forged\\u001b[2J\\u2028y\\u202e");
    assertThat(JSON.format(event).lines()).hasSize(1);
    assertThat(JSON.format(event)).contains("\"stack\":\"java.lang.IllegalStateException: broken");
  }

  @Test
  void linesOfLibrariesSayWhatTheThreadWorksOn() {
    List<String> lines = new ArrayList<>();
    Logger library = Logger.getLogger("org.example.library");
    Handler handler =
        new Handler() {
          @Override
          public void publish(LogRecord event) {
            lines.add(TEXT.format(event));
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    library.addHandler(handler);
    library.setUseParentHandlers(false);
    try {
      String answer =
          About.during(
              "execution 7",
              () -> {
                library.warning("slow");
                return "done";
              });
      assertThat(answer).isEqualTo("done");
      library.warning("slow again");
    } finally {
      library.removeHandler(handler);
    }
    assertThat(lines.getFirst()).contains("org.example.library [execution 7]: slow");
    assertThat(lines.getLast()).contains("org.example.library: slow again");
  }

  @Test
  void whatWasWorkedOnBeforeIsWorkedOnAfterwards() {
    About.during(
        "outer",
        () -> {
          About.during("inner", () -> assertThat(About.current()).contains("inner"));
          return assertThat(About.current()).contains("outer");
        });
    assertThat(About.current()).isEmpty();
  }

  private static LogRecord event(String message, Object... values) {
    var event = new LogRecord(Level.WARNING, message);
    event.setInstant(Instant.parse("2026-01-05T06:00:00.007Z"));
    event.setLoggerName("dev.reprise.Any");
    event.setParameters(values);
    return event;
  }
}
