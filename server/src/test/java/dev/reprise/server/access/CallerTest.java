package dev.reprise.server.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.api.RefusedException;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CallerTest {
  private static final Caller ADA =
      new Caller("contoso", "ada", Set.of(Role.EXECUTIVE_REPORT_VIEWER));
  private static final Caller GRACE = new Caller("contoso", "grace", Set.of(Role.REPORT_VIEWER));
  private static final Caller LINUS = new Caller("contoso", "linus", Set.of());
  private static final Caller ADMIN = new Caller("contoso", "root", Set.of(Role.REPORT_ADMIN));

  @Test
  void executivesAndAdminsSeeSensitiveColumnsAndNobodyElseDoes() {
    assertThat(ADA.seesSensitive()).isTrue();
    assertThat(ADMIN.seesSensitive()).isTrue();
    assertThat(GRACE.seesSensitive()).isFalse();
    assertThat(LINUS.seesSensitive()).isFalse();
  }

  @Test
  void onlyAnAdminSeesWhatOthersOfTheTenantOwn() {
    assertThat(ADMIN.seesEveryUser()).isTrue();
    assertThat(ADA.seesEveryUser()).isFalse();
    assertThat(GRACE.seesEveryUser()).isFalse();
  }

  @Test
  void theClientIsWhatItSaysItIsAndItsApplication() {
    assertThat(ADA.through(Optional.empty()).client()).isEmpty();
    assertThat(ADA.through(Optional.of("curl/8")).client()).contains("curl/8");
    var known = new Caller("contoso", "ada", Set.of(), Optional.of("application 7"));
    assertThat(known.through(Optional.empty()).client()).contains("application 7");
    assertThat(known.through(Optional.of("curl/8")).client()).contains("curl/8, application 7");
    String half = "x".repeat(99) + "\ud83d\ude00";
    assertThat(ADA.through(Optional.of(half)).client()).contains("x".repeat(99));
  }

  @Test
  void aCallerWithoutARoleIsForbidden() {
    assertThatThrownBy(LINUS::requireRole)
        .isInstanceOf(RefusedException.class)
        .hasMessageStartingWith("Forbidden: ");
    assertThatCode(GRACE::requireRole).doesNotThrowAnyException();
  }

  @Test
  void theWordsOfRolesAreMatchedExactly() {
    assertThat(Role.of("ReportViewer")).contains(Role.REPORT_VIEWER);
    assertThat(Role.of("ExecutiveReportViewer")).contains(Role.EXECUTIVE_REPORT_VIEWER);
    assertThat(Role.of("ReportAdmin")).contains(Role.REPORT_ADMIN);
    assertThat(Role.of("reportviewer")).isEmpty();
    assertThat(Role.of("REPORT_VIEWER")).isEmpty();
  }
}
