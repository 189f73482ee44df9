package dev.reprise.server.trace;

import dev.reprise.server.world.Api;
import dev.reprise.server.world.Reply;
import dev.reprise.testkit.ModelReport;
import dev.reprise.testkit.ModelSchedule;
import java.time.Instant;
import java.util.Optional;

/// What somebody asks of a report, and what the model would answer.
public sealed interface Order {
  /// Asks the service.
  ///
  /// @return the status, and of a pause or a resume its message
  String ask(Api caller, String report);

  /// Asks the model, which changes.
  String ask(ModelReport report, Instant now);

  /// A pause with its options.
  record Pause(boolean cancel, Optional<String> catchUp) implements Order {
    @Override
    public String ask(Api caller, String report) {
      String query = cancel ? "?mode=cancel" : "?mode=finish";
      String choice = catchUp.map(word -> "&catchUp=" + word).orElse("");
      return answer(caller.put("/ScheduledReport/pause/" + report + query + choice));
    }

    @Override
    public String ask(ModelReport report, Instant now) {
      String before = report.view().status();
      return switch (report.pause(now, cancel, Optional.empty(), catchUp) ? before : "") {
        case "active" -> "200 Report paused successfully";
        case "paused" -> "200 Report is already paused";
        default -> "400";
      };
    }
  }

  /// A resume with its choice.
  record Resume(Optional<String> catchUp) implements Order {
    @Override
    public String ask(Api caller, String report) {
      String query = catchUp.map(word -> "?catchUp=" + word).orElse("");
      return answer(caller.put("/ScheduledReport/resume/" + report + query));
    }

    @Override
    public String ask(ModelReport report, Instant now) {
      String before = report.view().status();
      return switch (report.resume(now, catchUp) ? before : "") {
        case "active" -> "200 Report is already active";
        case "paused", "inactive while paused" -> "200 Report resumed successfully";
        default -> "400";
      };
    }
  }

  /// Another schedule.
  record Update(ModelSchedule to) implements Order {
    @Override
    public String ask(Api caller, String report) {
      String body =
          "{\"ReportName\":\"Contested\",\"StartTime\":\"%s\",\"RecurrenceInterval\":%d,\"RecurrenceCount\":%d}"
              .formatted(to.start(), to.hours(), to.count().orElseThrow());
      return "" + caller.put("/ScheduledReport/" + report, body).status();
    }

    @Override
    public String ask(ModelReport report, Instant now) {
      return report.update(now, to) ? "200" : "400";
    }
  }

  /// The report goes.
  record Delete() implements Order {
    @Override
    public String ask(Api caller, String report) {
      return "" + caller.delete("/ScheduledReport/" + report).status();
    }

    @Override
    public String ask(ModelReport report, Instant now) {
      return "200";
    }
  }

  private static String answer(Reply reply) {
    return reply.status() == 200 ? "200 " + reply.message() : "" + reply.status();
  }
}
