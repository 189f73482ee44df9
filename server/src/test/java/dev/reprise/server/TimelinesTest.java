package dev.reprise.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.server.world.Api;
import dev.reprise.server.world.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Lives the timelines of `docs/pause-and-resume.md` over HTTP: those in which executions take no
/// time, since here they take none by the test clock.
class TimelinesTest {
  private static final List<String> LIVED =
      List.of("skip", "latest", "all", "merged", "count", "until", "default", "end", "grid");

  /// What a report asks for besides its slots.
  private static final Map<String, String> ASKED =
      Map.of(
          "count",
          ",\"RecurrenceCount\":3",
          "end",
          ",\"RecurrenceCount\":99,\"EndTime\":\"2026-01-12T18:00:00Z\"");

  private static final Instant MONDAY = World.MONDAY.plus(Duration.ofDays(7));
  private static final Pattern LINE = Pattern.compile("(\\w{3} \\d\\d:\\d\\d)( +)(.*)");
  private static final Pattern OPTION = Pattern.compile("(\\w+)=(\\w{3} \\d\\d:\\d\\d|\\w+)");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("EEE HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

  @TempDir private Path data;

  private record Story(String name, String report, List<String> lines) {}

  private record Act(Instant at, Runnable what) {}

  @Test
  void everyTimelineWithoutLongExecutionsIsWhatHappens() throws IOException {
    String page = Files.readString(Path.of("..", "docs", "pause-and-resume.md"));
    try (var world = World.in(data)) {
      Api ada = world.as("ada").under("/insights/v1.1/cmp");
      String query = ada.query("SELECT OfferName FROM ISVMarketplaceInsights LIMIT 1");
      List<Act> acts = new ArrayList<>();
      for (String name : LIVED) {
        String asked =
            "\"StartTime\":\"%s\",\"RecurrenceInterval\":4%s"
                .formatted(MONDAY, ASKED.getOrDefault(name, ",\"RecurrenceCount\":99"));
        Story story = new Story(name, ada.report(query, asked), lines(page, name));
        story.lines().forEach(line -> act(ada, story, line, acts));
        acts.add(new Act(end(story).plusSeconds(60), () -> check(world, ada, story)));
      }
      acts.sort(Comparator.comparing(Act::at)); // In the order of the page, at one time.
      for (Act act : acts) {
        Reply moved =
            ada.send(
                "POST",
                "/reprise/v1/clock",
                "{\"to\":\"" + act.at() + "\"}",
                List.of("Content-Type", "application/json"));
        assertThat(moved.status()).isEqualTo(200);
        act.what().run();
      }
      assertThat(acts).hasSizeGreaterThan(2 * LIVED.size());
    }
  }

  private static List<String> lines(String page, String name) {
    Matcher story =
        Pattern.compile("<!-- story: " + name + " -->\n```text\n(.*?)```", Pattern.DOTALL)
            .matcher(page);
    assertThat(story.find()).as(name).isTrue();
    return story.group(1).lines().toList();
  }

  private static void act(Api caller, Story story, String line, List<Act> acts) {
    Matcher parts = LINE.matcher(line);
    assertThat(parts.matches()).as(line).isTrue();
    String what = parts.group(3);
    String verb = what.replaceFirst(" .*", "");
    if (!List.of("pause", "resume", "update").contains(verb)) {
      return; // What becomes of it.
    }
    StringBuilder json =
        new StringBuilder("{\"ReportName\":\"Daily\",\"StartTime\":\"" + MONDAY + '"');
    Matcher option = OPTION.matcher(what);
    while (option.find()) {
      String value = option.group(2);
      String written = value.contains(" ") ? time(value).toString() : value;
      json.append(",\"").append(option.group(1)).append("\":\"").append(written).append('"');
    }
    String path = "/ScheduledReport/" + (verb.equals("update") ? "" : verb + "/") + story.report();
    Runnable call = () -> assertThat(caller.put(path, json + "}").status()).isEqualTo(200);
    acts.add(new Act(time(parts.group(1)), call));
  }

  /// When the last thing that it tells of has happened.
  private static Instant end(Story story) {
    return story.lines().stream()
        .filter(line -> !line.endsWith("slot next"))
        .map(line -> time(line.substring(0, 9)))
        .max(Comparator.naturalOrder())
        .orElseThrow();
  }

  private static void check(World world, Api caller, Story story) {
    caller.advance("PT0S");
    Map<Instant, String> slots = new TreeMap<>();
    for (var execution :
        caller
            .get("/ScheduledReport/execution/" + story.report() + "?getLatestExecution=false")
            .value()) {
      var proof =
          caller
              .send("GET", "/reprise/v1/executions/" + execution.get("ExecutionId"), "", List.of())
              .json();
      Instant slot = Instant.parse(String.valueOf(proof.get("slot")));
      Instant started = Instant.parse(String.valueOf(proof.get("startedAt")));
      slots.put(
          slot, "completed" + (started.equals(slot) ? "" : ", started " + TIME.format(started)));
    }
    slots.putAll(skipped(world, story.report()));
    List<String> lived = new ArrayList<>();
    slots.forEach((slot, outcome) -> lived.add(TIME.format(slot) + "    slot " + outcome));
    String next = "/reprise/v1/reports/" + story.report() + "/next?count=1";
    if (caller.send("GET", next, "", List.of()).json().get("next") instanceof List<?> slot
        && !slot.isEmpty()) {
      lived.add(TIME.format(Instant.parse(String.valueOf(slot.getFirst()))) + "    slot next");
    }
    assertThat(lived)
        .as(story.name())
        .containsExactlyElementsOf(
            story.lines().stream().filter(line -> line.contains("    slot ")).toList());
    assertThat(caller.get("/ScheduledReport?reportId=" + story.report()).text("ReportStatus"))
        .as(story.name())
        .isEqualTo(
            story.lines().stream().anyMatch(line -> line.endsWith("Inactive"))
                ? "Inactive"
                : "Active");
  }

  private static Map<Instant, String> skipped(World world, String report) {
    Map<Instant, String> slots = new TreeMap<>();
    world
        .core
        .store
        .read(dsl ->
            dsl.fetch(
                "select first_slot, last_slot, slots, reason, into_slot from skipped"
                    + " where report_id = ?",
                report))
        .forEach(row -> {
          long first = row.get(0, Long.class);
          long count = row.get(2, Long.class);
          long step = count == 1 ? 0 : (row.get(1, Long.class) - first) / (count - 1);
          String reason = row.get(3, String.class).toLowerCase(Locale.ROOT);
          String outcome =
              row.get(4) == null
                  ? "skipped, " + reason
                  : "merged into " + TIME.format(Instant.ofEpochMilli(row.get(4, Long.class)));
          for (long i = 0; i < count; i++) {
            slots.put(Instant.ofEpochMilli(first + i * step), outcome);
          }
        });
    return slots;
  }

  /// A time of the page, such as `Mon 06:00`.
  private static Instant time(String text) {
    int day =
        text.startsWith("Mon") ? 0 : DayOfWeek.TUESDAY.getValue() - DayOfWeek.MONDAY.getValue();
    assertThat(text).containsAnyOf("Mon", "Tue");
    return MONDAY
        .minus(Duration.ofHours(6))
        .plus(Duration.ofDays(day))
        .plus(Duration.ofHours(Integer.parseInt(text.substring(4, 6))))
        .plus(Duration.ofMinutes(Integer.parseInt(text.substring(7))));
  }
}
