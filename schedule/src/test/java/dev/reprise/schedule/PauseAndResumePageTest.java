package dev.reprise.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Every timeline in `docs/pause-and-resume.md` was lived by the lifecycle: `-Dgolden.update=true`
/// prints them anew.
class PauseAndResumePageTest {
  private static final String PAGE = "pause-and-resume.md";
  private static final Pattern TIMELINE =
      Pattern.compile("<!-- story: (\\w+) -->\n```text\n(.*?)```", Pattern.DOTALL);

  @Test
  void everyTimelineIsWhatHappens() throws IOException {
    Map<String, String> stories = stories();
    String page = Files.readString(Golden.page(PAGE));
    StringBuilder told = new StringBuilder();
    Matcher timeline = TIMELINE.matcher(page);
    while (timeline.find()) {
      String story = stories.remove(timeline.group(1));
      assertThat(story).as(timeline.group(1)).isNotNull();
      timeline.appendReplacement(
          told, "<!-- story: " + timeline.group(1) + " -->\n```text\n" + story + "```");
    }
    timeline.appendTail(told);
    assertThat(stories).as("stories that the page does not tell").isEmpty();
    Golden.holds(PAGE, told.toString());
  }

  private static Map<String, String> stories() {
    Map<String, String> stories = new LinkedHashMap<>();
    stories.put("skip", paused().resume("Mon 19:00").until("Mon 21:00"));
    stories.put("latest", paused().resume("Mon 19:00", "catchUp=latest").until("Mon 21:00"));
    stories.put("all", paused().resume("Mon 19:00", "catchUp=all").until("Mon 21:00"));
    stories.put("merged", paused().resume("Mon 19:00", "catchUp=merged").until("Mon 21:00"));
    stories.put("edges", Story.told().pause("Mon 10:00").resume("Mon 18:00").until("Mon 20:00"));
    stories.put("finish", slow(2).pause("Mon 07:00").until("Mon 09:00"));
    stories.put("cancel", slow(2).pause("Mon 07:00", "mode=cancel").until("Mon 09:00"));
    stories.put(
        "until",
        Story.told().pause("Mon 07:00", "until=Mon 19:00", "catchUp=latest").until("Mon 21:00"));
    stories.put(
        "default",
        Story.told().pause("Mon 07:00", "catchUp=latest").resume("Mon 19:00").until("Mon 21:00"));
    stories.put(
        "count",
        Story.counted(3).pause("Mon 07:00").resume("Mon 23:00", "catchUp=all").until("Tue 03:00"));
    stories.put("behind", backlog().until("Tue 08:00"));
    stories.put("again", backlog().pause("Mon 20:00").resume("Mon 23:00").until("Tue 08:00"));
    stories.put(
        "dropped",
        backlog().pause("Mon 20:00").resume("Mon 23:00", "catchUp=skip").until("Tue 08:00"));
    stories.put("overlap", slow(9).until("Mon 20:00"));
    stories.put("outage", Story.told().down("Mon 07:00", "Mon 19:00").until("Mon 21:00"));
    stories.put("failures", Story.told().failing().until("Tue 08:00"));
    stories.put("end", Story.ending("Mon 18:00").pause("Mon 07:00").until("Mon 21:00"));
    stories.put(
        "grid",
        Story.told()
            .pause("Mon 07:00")
            .interval("Mon 15:00", 6)
            .resume("Mon 19:00", "catchUp=all")
            .until("Tue 01:00"));
    stories.put("plan", plan(paused().plan("Mon 19:00", CatchUp.LATEST)));
    return stories;
  }

  private static Story paused() {
    return Story.told().pause("Mon 07:00");
  }

  private static Story slow(int hours) {
    return Story.told().takes(Duration.ofHours(hours));
  }

  /// Three missed slots, of which each takes two hours.
  private static Story backlog() {
    return slow(2).pause("Mon 09:00").resume("Mon 19:00", "catchUp=all");
  }

  private static String plan(Plan plan) {
    return """
    missed     %d: %s
    runs       %s
    skipped    %d
    next       %s, ...
    """
        .formatted(
            plan.missedCount(),
            String.join(", ", plan.missed().stream().map(Words::time).toList()),
            Words.slots(plan.runs().orElseThrow().slots()),
            plan.skippedCount(),
            String.join(", ", plan.next().stream().limit(2).map(Words::time).toList()));
  }
}
