package dev.reprise.server.access;

import java.util.Arrays;
import java.util.Optional;

/// What a caller may do, as the app roles of Entra ID name it.
///
/// - Shape: the words are matched exactly, casing included.
public enum Role {
  /// Sees everything of their own reports, sensitive columns too.
  EXECUTIVE_REPORT_VIEWER("ExecutiveReportViewer"),
  /// Sees everything of their own reports but sensitive columns.
  REPORT_VIEWER("ReportViewer"),
  /// Sees the reports of every user of the tenant, sensitive columns too.
  REPORT_ADMIN("ReportAdmin");

  private final String word;

  Role(String word) {
    this.word = word;
  }

  /// As the claim `roles` of a token spells it.
  public String word() {
    return word;
  }

  /// The role with this word; empty for a role that is another application's business.
  public static Optional<Role> of(String word) {
    return Arrays.stream(values()).filter(role -> role.word.equals(word)).findFirst();
  }
}
