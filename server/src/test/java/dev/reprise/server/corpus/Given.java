package dev.reprise.server.corpus;

import dev.reprise.server.world.Api;
import dev.reprise.server.world.Reply;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What there is before a request: made over HTTP, and known by name afterwards.
public final class Given {
  /// How many active reports and how many queries a user may have.
  public static final int LIMIT = 10;

  private static final Pattern HOURS = Pattern.compile("\\{in (\\d+) hours(, spaced)?}");
  private static final Pattern TIMES = Pattern.compile("\\{(\\d+) times (.)}");

  private final Api user;
  private final Supplier<Instant> clock;
  private final Map<String, String> names = new HashMap<>();

  /// Nothing yet but a user.
  ///
  /// @param base program and version, such as `cmp v1`
  public Given(Api user, String name, String base, Supplier<Instant> clock) {
    this.user = user;
    this.clock = clock;
    boolean cmp = base.startsWith("cmp");
    names.put("user", name);
    names.put("dataset", cmp ? "ISVOrder" : "DynamicsUsage");
    names.put(
        "query",
        cmp
            ? "SELECT OfferName, OrderQuantity FROM ISVOrder LIMIT 3 TIMESPAN LAST_1_YEAR"
            : "SELECT CustomerName, MPNId FROM DynamicsUsage LIMIT 3 TIMESPAN LAST_1_YEAR");
  }

  /// Makes one thing, as the corpus calls it.
  public void make(String thing) {
    switch (thing) {
      case "query" -> names.put("queryId", id(query("Given"), "QueryId"));
      case "all queries" -> {
        for (int i = 0; i < LIMIT; i++) {
          query("Q" + i);
        }
      }
      case "report" -> report("", 5);
      case "report with an end" -> reportWithAnEnd();
      case "inactive report" -> {
        report("", 1);
        user.advance("PT6H");
      }
      case "report at once" -> {
        names.put("reportId", id(once(), "ReportId"));
        user.advance("PT0S");
        Reply executions = user.get("/ScheduledReport/execution/" + name("reportId"));
        names.put("executionId", id(executions, "ExecutionId"));
      }
      case "5 reports at once" -> {
        for (int i = 0; i < 5; i++) {
          once();
        }
      }
      case "all reports" -> {
        for (int i = 0; i < LIMIT; i++) {
          scheduled(user, "", 5);
        }
      }
      case "paused" -> expect200(user.put("/ScheduledReport/pause/" + name("reportId")));
      case "other program" -> {
        Given other = new Given(user.under("/insights/v1/mpn"), name("user"), "mpn v1", clock);
        List.of("query", "report").forEach(other::make);
        names.put("reportId", other.name("reportId"));
      }
      default -> throw new IllegalStateException("nobody knows how to make: " + thing);
    }
  }

  private void report(String more, int count) {
    names.put("start", fill("{in 5 hours}"));
    names.put("reportId", id(scheduled(user, more, count), "ReportId"));
  }

  private void reportWithAnEnd() {
    String program = name("dataset").startsWith("ISV") ? "cmp" : "mpn";
    names.put("start", fill("{in 5 hours}"));
    Reply made =
        scheduled(
            user.under("/insights/v1.1/" + program), fill(",\"EndTime\":\"{in 500 hours}\""), 5);
    names.put("reportId", id(made, "ReportId"));
  }

  private Reply query(String name) {
    return expect200(
        user.post(
            "/ScheduledQueries",
            "{\"Name\":\"%s\",\"Query\":\"%s\"}".formatted(name, name("query"))));
  }

  private Reply scheduled(Api caller, String more, int count) {
    return expect200(
        caller.post(
            "/ScheduledReport",
            fill(
                "{\"ReportName\":\"Given\",\"QueryId\":\"{queryId}\",\"StartTime\":\"{in 5 hours}\","
                    + "\"RecurrenceInterval\":24,\"RecurrenceCount\":"
                    + count
                    + more
                    + "}")));
  }

  private Reply once() {
    return expect200(
        user.post(
            "/ScheduledReport",
            fill("{\"ReportName\":\"Once\",\"QueryId\":\"{queryId}\",\"ExecuteNow\":true}")));
  }

  private static Reply expect200(Reply reply) {
    if (reply.status() != 200) {
      throw new AssertionError("cannot be made: " + reply.body());
    }
    return reply;
  }

  private static String id(Reply reply, String field) {
    Matcher found =
        Pattern.compile("(?i)\"" + field + "\":\"([^\"]+)\"").matcher(expect200(reply).body());
    if (!found.find()) {
      throw new AssertionError("no " + field + " in " + reply.body());
    }
    return found.group(1);
  }

  private String name(String name) {
    String value = names.get(name);
    if (value == null) {
      throw new IllegalStateException("nothing given is called " + name);
    }
    return value;
  }

  /// The text with what stands in braces filled in.
  public String fill(String text) {
    String filled = text;
    for (Map.Entry<String, String> name : names.entrySet()) {
      filled = filled.replace("{" + name.getKey() + "}", name.getValue());
    }
    filled =
        TIMES
            .matcher(filled)
            .replaceAll(found -> found.group(2).repeat(Integer.parseInt(found.group(1))));
    return HOURS
        .matcher(filled)
        .replaceAll(found -> {
          String time = clock.get().plusSeconds(Long.parseLong(found.group(1)) * 3600).toString();
          return found.group(2) == null ? time : time.replace('T', ' ');
        });
  }

  /// The same for every text in a map, a list or a text.
  public @Nullable Object fillAll(@Nullable Object value) {
    return switch (value) {
      case String text -> fill(text);
      case Map<?, ?> map -> {
        Map<String, @Nullable Object> filled = new LinkedHashMap<>();
        map.forEach((key, element) -> filled.put(String.valueOf(key), fillAll(element)));
        yield filled;
      }
      case List<?> list -> list.stream().<@Nullable Object>map(this::fillAll).toList();
      case null -> null;
      default -> value;
    };
  }

  /// Removes what would run on.
  public void clear() {
    for (String report : ids(user.get("/ScheduledReport").body())) {
      user.delete("/ScheduledReport/" + report);
    }
  }

  private static List<String> ids(String body) {
    return Pattern.compile("(?i)\"ReportId\":\"([^\"]+)\"")
        .matcher(body)
        .results()
        .map(found -> found.group(1))
        .toList();
  }
}
