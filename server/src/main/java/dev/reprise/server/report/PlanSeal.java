package dev.reprise.server.report;

import dev.reprise.api.ErrorCode;
import dev.reprise.server.access.Caller;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/// Binds the token of a plan to its report, to what that asks for, and to who was shown it: two
/// reports that stand alike have the same plan, and a resume by the token of the other would be one
/// that nobody looked at.
///
/// - Shape: the token, and a digest of it with all that it is bound to.
record PlanSeal(ReportId report, Definition definition, String user) {
  private static final int BYTES = 15;

  static PlanSeal of(Report report, Caller caller) {
    return new PlanSeal(report.id(), report.definition(), caller.user());
  }

  String close(String token) {
    return token + mark(token);
  }

  /// The token, if this seal closed it.
  String open(String closed) {
    int length = closed.length() - mark("").length();
    if (length < 0 || !close(closed.substring(0, length)).equals(closed)) {
      throw ErrorCode.PLAN_OUTDATED.because(
          "it is none that you were shown of this report as it is now");
    }
    return closed.substring(0, length);
  }

  private String mark(String token) {
    String text = String.join("\n", report.toString(), definition.toString(), user, token);
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, BYTES));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
