package dev.reprise.schedule;

import dev.reprise.schedule.State.Active;
import dev.reprise.schedule.State.Inactive;
import dev.reprise.schedule.State.Paused;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// States and slots in words, for pages.
final class Words {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("EEE HH:mm", Locale.ENGLISH).withZone(ZoneOffset.UTC);

  private Words() {}

  static String time(Instant instant) {
    return TIME.format(instant);
  }

  static String slots(Slots slots) {
    return slots.count() == 1
        ? time(slots.first())
        : time(slots.first()) + " to " + time(slots.last());
  }

  static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  static String skipped(Skipped skipped) {
    String into = skipped.into().map(slot -> " into " + time(slot)).orElse("");
    return slots(skipped.slots()) + " " + lower(skipped.reason()) + into;
  }

  static String state(State state) {
    return switch (state) {
      case Active(var done) -> "Active" + progress(done);
      case Paused paused ->
          "Paused"
              + paused.until().map(until -> " until " + time(until)).orElse("")
              + paused.catchUp().map(choice -> " then " + lower(choice)).orElse("")
              + progress(paused.done());
      case Inactive inactive ->
          "Inactive, " + lower(inactive.end()) + (inactive.whilePaused() ? ", while paused" : "");
    };
  }

  private static String progress(Progress done) {
    List<String> parts = new ArrayList<>();
    done.running().ifPresent(one -> parts.add(running(one)));
    done.backlog()
        .ifPresent(left -> parts.add("backlog " + slots(left.slots()) + from(left.mergedFrom())));
    parts.add(done.next().map(slot -> "next " + time(slot)).orElse("no next"));
    if (done.generated() > 0) {
      parts.add(done.generated() + " generated");
    }
    if (done.failures() > 0) {
      parts.add(done.failures() + " failed in a row");
    }
    return ", " + String.join(", ", parts);
  }

  private static String running(State.Running running) {
    String again = running.retryAt().map(at -> ", again at " + time(at)).orElse("");
    return "running "
        + time(running.slot())
        + from(running.mergedFrom())
        + (running.attempt() > 1 ? " attempt " + running.attempt() : "")
        + again;
  }

  private static String from(Optional<Instant> mergedFrom) {
    return mergedFrom.map(slot -> " with data from " + time(slot)).orElse("");
  }
}
