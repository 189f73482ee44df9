package dev.reprise.server.access;

import dev.reprise.api.ErrorCode;
import java.util.Optional;
import java.util.Set;

/// Who makes a request: a user of a tenant, as a verified token says.
///
/// - Shape: tenants never see each other's; users of a tenant see their own reports unless
///   [#seesEveryUser].
/// - Limits: a caller without any role is known but may do nothing; see [#requireRole].
///
/// @param client the program that calls, in words for the history; it decides nothing
public record Caller(String tenant, String user, Set<Role> roles, Optional<String> client) {
  private static final int AGENT_CHARACTERS = 100;

  public Caller {
    if (tenant.isBlank() || user.isBlank()) {
      throw new IllegalArgumentException("tenant '" + tenant + "' or user '" + user + "' is blank");
    }
    roles = Set.copyOf(roles);
  }

  /// A caller of whom nobody knows which program calls.
  public Caller(String tenant, String user, Set<Role> roles) {
    this(tenant, user, roles, Optional.empty());
  }

  /// The same caller, through a program that says what it is.
  public Caller through(Optional<String> userAgent) {
    if (userAgent.isEmpty()) {
      return this;
    }
    String agent = userAgent.get();
    int end = Math.min(agent.length(), AGENT_CHARACTERS);
    boolean halved = end > 0 && Character.isHighSurrogate(agent.charAt(end - 1));
    String shortened = agent.substring(0, halved ? end - 1 : end);
    String all = client.map(application -> shortened + ", " + application).orElse(shortened);
    return new Caller(tenant, user, roles, Optional.of(all));
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
