package dev.reprise.server.execution;

import dev.reprise.server.delivery.ResultFile;
import dev.reprise.server.delivery.SignedLinks;
import dev.reprise.server.execution.ExecutionView.Link;
import dev.reprise.server.report.Report;
import dev.reprise.server.wire.Times;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.regex.Pattern;

/// Makes a fresh link to the file of a completed execution, with a name that people recognize.
public final class LinkMaker {
  private static final Pattern UNSAFE = Pattern.compile("[^\\p{L}\\p{N}._ -]");

  private final SignedLinks links;
  private final InstantSource clock;
  private final Duration expiry;

  public LinkMaker(SignedLinks links, InstantSource clock, Duration expiry) {
    this.links = links;
    this.clock = clock;
    this.expiry = expiry;
  }

  /// A link to a file of an execution.
  Link link(ResultFile file, Execution execution, Report report, String baseUrl) {
    Instant expires = clock.instant().plus(expiry);
    String name = fileName(file.key(), execution, report);
    return new Link(links.link(baseUrl, file.key(), name, expires), expires);
  }

  /// The report's name and the slot, in characters that every file system takes.
  private static String fileName(String key, Execution execution, Report report) {
    String slot = Times.format(execution.slot()).replace(":", "");
    String name = report.definition().name() + "_" + slot;
    return UNSAFE.matcher(name).replaceAll("_") + key.substring(key.lastIndexOf('.'));
  }
}
