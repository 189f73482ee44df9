package dev.reprise.server.trace;

import dev.reprise.server.world.Api;
import dev.reprise.testkit.ModelReport;
import dev.reprise.testkit.ModelSchedule;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;

/// One report, in the service and in the model: what is asked of the one is asked of the other, and
/// both must answer alike.
public final class Life {
  private static final List<String> CHOICES = List.of("skip", "latest", "all", "merged");

  final long seed;
  final List<Deed> deeds = new ArrayList<>();
  private final List<String> diary = new ArrayList<>();
  private final Random random;
  private final boolean fragile;
  private ModelReport model;
  private ModelSchedule schedule;
  private Instant now;
  private String id = "";
  private boolean deleted;
  private int automaticPauses;
  private boolean renamed;
  private Optional<String> callbackUrl = Optional.empty();

  /// Something that somebody did to the report, as its history has to tell it.
  record Deed(String what, Optional<String> reason) {}

  /// @param fragile whether its executions fail while the service is hurt
  public Life(long seed, Instant now, boolean fragile) {
    this.seed = seed;
    this.random = new Random(seed);
    this.now = now;
    this.fragile = fragile;
    Instant start = now.plus(Duration.ofMinutes(random.nextInt(600)));
    this.schedule = schedule(start, 4 + random.nextInt(3));
    this.model = new ModelReport(schedule);
  }

  /// Has each of its files told to an address.
  public void tells(String url) {
    callbackUrl = Optional.of(url);
  }

  boolean isTold() {
    return callbackUrl.isPresent();
  }

  /// Makes the report.
  public void begin(Api caller, String query) {
    id = caller.report(query, fields());
    deeds.add(new Deed("create", Optional.empty()));
    note("made, " + schedule);
  }

  ModelReport model() {
    return model;
  }

  ModelSchedule schedule() {
    return schedule;
  }

  String id() {
    return id;
  }

  boolean isDeleted() {
    return deleted;
  }

  int automaticPauses() {
    return automaticPauses;
  }

  /// What has happened to it, for the message of a failure.
  public String diary() {
    return "seed " + seed + ", report " + id + "\n  " + String.join("\n  ", diary);
  }

  /// The instant at which something is to happen next by its grid.
  public Optional<Instant> nextSlot() {
    return deleted ? Optional.empty() : schedule.after(now);
  }

  /// Time goes on, and at every instant what is due is done.
  ///
  /// @param hurt whether executions that are fragile fail
  public void come(Instant to, boolean hurt) {
    if (deleted) {
      return;
    }
    settle(hurt);
    for (Optional<Instant> at = wake(to); at.isPresent(); at = wake(to)) {
      now = at.get();
      settle(hurt);
    }
    now = to;
    settle(hurt);
  }

  /// The service was down until an instant.
  public void sleep(Instant to, boolean hurt) {
    note("the service was down until " + to);
    now = to;
    if (!deleted) {
      settle(hurt);
    }
  }

  private Optional<Instant> wake(Instant to) {
    var view = model.view();
    var wakes = new TreeSet<Instant>();
    schedule.after(now).ifPresent(wakes::add);
    view.retryAt().ifPresent(wakes::add);
    view.until().ifPresent(wakes::add);
    schedule.end().map(end -> end.plusSeconds(1)).ifPresent(wakes::add);
    return Optional.ofNullable(wakes.higher(now)).filter(at -> !at.isAfter(to));
  }

  /// Everything that is due at this instant happens.
  private void settle(boolean hurt) {
    while (true) {
      var before = model.view();
      List<Object> hidden = model.hidden();
      Optional<Instant> started = model.tick(now, "latest");
      if (started.isPresent() && hurt && fragile) {
        boolean active = model.view().status().equals("active");
        model.fails(now, true);
        automaticPauses += active && model.view().status().equals("paused") ? 1 : 0;
        note("fails " + started.get());
      } else if (started.isPresent()) {
        model.completes(now);
        note("completes " + started.get());
      } else if (model.view().equals(before) && model.hidden().equals(hidden)) {
        return;
      }
    }
  }

  /// Somebody does something to it.
  public void order(Api caller) {
    if (deleted) {
      return;
    }
    switch (random.nextInt(12)) {
      case 0, 1, 2, 3 -> pause(caller);
      case 4, 5, 6 -> resume(caller);
      case 7 -> resumeByPlan(caller);
      case 8, 9 -> update(caller);
      case 10 -> {
        if (random.nextInt(4) == 0) {
          delete(caller);
        }
      }
      default -> {
        // Nobody does anything.
      }
    }
  }

  private void pause(Api caller) {
    boolean cancel = random.nextBoolean();
    Optional<Instant> until = random.nextInt(3) == 0 ? Optional.of(soon()) : Optional.empty();
    Optional<String> catchUp = choice();
    String reason = "pause " + deeds.size();
    var body = new Body().text("reason", reason);
    if (cancel) {
      body.text("mode", "cancel");
    }
    until.ifPresent(time -> body.text("until", time.toString()));
    catchUp.ifPresent(word -> body.text("catchUp", word));
    String before = model.view().status();
    boolean accepted = model.pause(now, cancel, until, catchUp);
    answer(caller, "/pause/" + id, body.json(), accepted);
    done("pause", reason, accepted && before.equals("active"));
  }

  private void resume(Api caller) {
    Optional<String> catchUp = choice();
    String reason = "resume " + deeds.size();
    var body = new Body().text("reason", reason);
    catchUp.ifPresent(word -> body.text("catchUp", word));
    String before = model.view().status();
    boolean accepted = model.resume(now, catchUp);
    answer(caller, "/resume/" + id, body.json(), accepted);
    done("resume", reason, accepted && before.endsWith("paused"));
  }

  /// Asks for the plan, checks it, and has it carried out.
  private void resumeByPlan(Api caller) {
    if (!model.view().status().equals("paused")) {
      return;
    }
    Optional<String> catchUp = choice();
    String path =
        "/resume/" + id + "?dryRun=true" + catchUp.map(word -> "&catchUp=" + word).orElse("");
    var planned = new ModelReport(model);
    planned.resume(now, catchUp);
    String token =
        Checks.plan(caller.put("/ScheduledReport" + path), model, planned, schedule.count());
    model.resume(now, catchUp);
    answer(caller, "/resume/" + id + "?plan=" + token, "", true);
    done("resume", "", true);
  }

  private void update(Api caller) {
    boolean sameGrid = random.nextInt(3) > 0;
    Instant start = sameGrid ? schedule.start() : now.plus(Duration.ofMinutes(random.nextInt(900)));
    ModelSchedule given = schedule(start, sameGrid ? schedule.hours() : 4 + random.nextInt(3));
    // What is not given stays.
    var to =
        new ModelSchedule(
            given.start(),
            given.hours(),
            given.count().or(schedule::count),
            given.end().or(schedule::end));
    if (to.end().filter(end -> !end.isAfter(start)).isPresent()) {
      return;
    }
    boolean accepted = model.update(now, to);
    ModelSchedule old = schedule;
    schedule = to;
    answer(caller, "/" + id, "{\"ReportName\":\"Traced\"," + fields() + "}", accepted);
    schedule = accepted ? to : old;
    done("update", "", accepted && !(renamed && to.equals(old)));
    renamed = renamed || accepted;
  }

  private void delete(Api caller) {
    Checks.status(caller.delete("/ScheduledReport/" + id), true, this);
    deleted = true;
    done("delete", "", true);
  }

  private void answer(Api caller, String path, String body, boolean accepted) {
    note("PUT " + path + " " + body + (accepted ? "" : ", refused"));
    Checks.status(caller.put("/ScheduledReport" + path, body), accepted, this);
  }

  private void done(String what, String reason, boolean changed) {
    if (changed) {
      deeds.add(new Deed(what, Optional.of(reason).filter(text -> !text.isEmpty())));
    }
  }

  private void note(String what) {
    diary.add(now + " " + what);
  }

  private Instant soon() {
    Instant slot = schedule.after(now).orElse(now);
    return switch (random.nextInt(4)) {
      case 0 -> slot;
      case 1 -> slot.plusSeconds(1);
      case 2 -> slot.minusSeconds(1);
      default -> now.plus(Duration.ofMinutes(random.nextInt(1_200)));
    };
  }

  private Optional<String> choice() {
    return random.nextInt(3) == 0
        ? Optional.empty()
        : Optional.of(CHOICES.get(random.nextInt(CHOICES.size())));
  }

  private ModelSchedule schedule(Instant start, int hours) {
    return new ModelSchedule(
        start,
        hours,
        random.nextBoolean() ? Optional.of(1 + random.nextInt(12)) : Optional.empty(),
        random.nextInt(3) == 0
            ? Optional.of(start.plus(Duration.ofHours(1 + random.nextInt(60))))
            : Optional.empty());
  }

  private String fields() {
    StringBuilder fields = new StringBuilder();
    fields.append("\"StartTime\":\"").append(schedule.start()).append("\",\"RecurrenceInterval\":");
    fields.append(schedule.hours());
    schedule.count().ifPresent(count -> fields.append(",\"RecurrenceCount\":").append(count));
    schedule.end().ifPresent(end -> fields.append(",\"EndTime\":\"").append(end).append('"'));
    callbackUrl.ifPresent(url -> fields.append(",\"CallbackUrl\":\"").append(url).append('"'));
    return fields.toString();
  }

  /// A body of texts.
  private static final class Body {
    private final List<String> fields = new ArrayList<>();

    Body text(String name, String value) {
      fields.add("\"" + name + "\":\"" + value + "\"");
      return this;
    }

    String json() {
      return "{" + String.join(",", fields) + "}";
    }
  }
}
