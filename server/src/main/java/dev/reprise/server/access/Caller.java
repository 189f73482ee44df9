package dev.reprise.server.access;

import dev.reprise.api.ErrorCode;
import java.util.Set;

/// Who makes a request: a user of a tenant, as a verified token says.
///
/// - Shape: tenants never see each other's; users of a tenant see their own reports unless
///   [#seesEveryUser].
/// - Limits: a caller without any role is known but may do nothing; see [#requireRole].
public record Caller(String tenant, String user, Set<Role> roles) {
  public Caller {
    if (tenant.isBlank() || user.isBlank()) {
      throw new IllegalArgumentException("tenant '" + tenant + "' or user '" + user + "' is blank");
    }
    roles = Set.copyOf(roles);
  }

  /// Whether revenue and personal data are shown rather than left empty.
  public boolean seesSensitive() {
    return roles.contains(Role.EXECUTIVE_REPORT_VIEWER) || roles.contains(Role.REPORT_ADMIN);
  }

  /// Whether the reports and queries of the tenant's other users are visible too.
  public boolean seesEveryUser() {
    return roles.contains(Role.REPORT_ADMIN);
  }

  /// Refuses a caller without a role.
  ///
  /// @throws dev.reprise.api.RefusedException `FORBIDDEN`
  public void requireRole() {
    if (roles.isEmpty()) {
      throw ErrorCode.FORBIDDEN.because(
          "the token carries none of the roles ExecutiveReportViewer, ReportViewer, ReportAdmin");
    }
  }
}
