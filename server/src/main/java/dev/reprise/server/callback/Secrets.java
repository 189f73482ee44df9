package dev.reprise.server.callback;

import dev.reprise.server.file.KeyFile;
import dev.reprise.server.report.ReportId;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The secrets of tenants and reports, each made of one key that lies in the keys folder and of how
/// often it was changed, which is in the store. So a change is a transaction, and no copy of the
/// store has a secret in it.
public final class Secrets {
  private static final String KEY = "callbacks.key";

  private final Secret key;

  private Secrets(Secret key) {
    this.key = key;
  }

  /// Those made of the key in a folder, which is made if there is none yet.
  public static Secrets in(Path keys) {
    return new Secrets(new Secret(KeyFile.in(keys, KEY)));
  }

  /// What the secrets of one report are made of.
  ///
  /// @param own empty if the report has none of its own
  record Marks(String tenant, ReportId report, Optional<Mark> ofTenant, Optional<Mark> own) {}

  /// How often a secret was changed.
  ///
  /// @param since when last
  /// @param oldUntil until when the one before signs as well
  record Mark(int generation, Instant since, Instant oldUntil) {}

  /// A secret and until when it signs; empty for no end.
  ///
  /// @param ofTenant whether it signs for the other reports of the tenant too
  record Signing(Secret secret, Optional<Instant> until, boolean ofTenant) {}

  /// The secrets that sign what is sent for a report now, the newest first.
  List<Signing> of(Marks marks, Instant now) {
    return marks
        .own()
        .map(mark -> ofReport(marks, mark, now))
        .orElseGet(() -> ofTenant(marks.tenant(), marks.ofTenant(), now));
  }

  /// Those of a tenant.
  List<Signing> ofTenant(String tenant, Optional<Mark> changed, Instant now) {
    int generation = changed.map(Mark::generation).orElse(0);
    List<Signing> signing = new ArrayList<>();
    signing.add(new Signing(tenant(tenant, generation), Optional.empty(), true));
    changed
        .map(Mark::oldUntil)
        .filter(now::isBefore)
        .ifPresent(until ->
            signing.add(new Signing(tenant(tenant, generation - 1), Optional.of(until), true)));
    return signing;
  }

  /// Before its first own secret a report had that of its tenant.
  private List<Signing> ofReport(Marks marks, Mark mark, Instant now) {
    List<Signing> signing = new ArrayList<>();
    signing.add(new Signing(report(marks.report(), mark.generation()), Optional.empty(), false));
    if (!now.isBefore(mark.oldUntil())) {
      return signing;
    }
    Instant until = mark.oldUntil();
    if (mark.generation() > 1) {
      Secret before = report(marks.report(), mark.generation() - 1);
      signing.add(new Signing(before, Optional.of(until), false));
      return signing;
    }
    for (Signing before : ofTenant(marks.tenant(), marks.ofTenant(), now)) {
      Instant end = before.until().filter(until::isAfter).orElse(until);
      signing.add(new Signing(before.secret(), Optional.of(end), true));
    }
    return signing;
  }

  private Secret tenant(String tenant, int generation) {
    return key.derive("tenant\n" + tenant + "\n" + generation);
  }

  private Secret report(ReportId report, int generation) {
    return key.derive("report\n" + report + "\n" + generation);
  }
}
