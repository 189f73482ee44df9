package dev.reprise.server.execution;

import dev.reprise.server.delivery.SignedLinks;
import dev.reprise.server.execution.ExecutionView.Link;
import dev.reprise.server.report.Report;
import dev.reprise.server.wire.Times;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// Makes a fresh link to the file of a completed execution, with a name that people recognize.
public final class LinkMaker {
  private final SignedLinks links;
  private final InstantSource clock;
  private final Duration expiry;

  public LinkMaker(SignedLinks links, InstantSource clock, Duration expiry) {
    this.links = links;
    this.clock = clock;
    this.expiry = expiry;
  }

  Link link(Execution execution, Report report, String baseUrl) {
    Instant expires = clock.instant().plus(expiry);
    String key = ExecutionView.key(execution, report);
    String url = links.link(baseUrl, key, fileName(execution, report), expires);
    return new Link(url, expires);
  }

  /// The report's name and the slot, in characters that every file system takes.
  private static String fileName(Execution execution, Report report) {
    String slot = Times.format(execution.slot()).replace(":", "");
    String name = report.definition().name() + "_" + slot;
    return name.replaceAll("[^\\p{L}\\p{N}._ -]", "_") + "." + report.definition().format().word();
  }
}
