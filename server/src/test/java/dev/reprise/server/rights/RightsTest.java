package dev.reprise.server.rights;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.server.access.Caller;
import dev.reprise.server.access.Role;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Whose word counts when a user has several valid tokens.
class RightsTest {
  private static final Instant MONDAY = Instant.parse("2026-01-05T06:00:00Z");

  private final Stored store = new Stored();

  @Test
  void theNewestTokenCountsWhicheverIsShownLast() {
    var rights = new Rights(store);
    rights.shown(ada(Role.EXECUTIVE_REPORT_VIEWER), MONDAY);
    rights.shown(ada(Role.REPORT_VIEWER), MONDAY.minusSeconds(60));
    assertThat(roles(rights)).containsExactly(Role.EXECUTIVE_REPORT_VIEWER);
    rights.shown(ada(Role.REPORT_VIEWER), MONDAY.plusSeconds(60));
    assertThat(roles(rights)).containsExactly(Role.REPORT_VIEWER);
    rights.shown(ada(Role.EXECUTIVE_REPORT_VIEWER), MONDAY);
    assertThat(roles(rights)).containsExactly(Role.REPORT_VIEWER);
  }

  @Test
  void thatIsSoAfterARestart() {
    new Rights(store).shown(ada(), MONDAY);
    var rights = new Rights(store);
    rights.shown(ada(Role.REPORT_ADMIN), MONDAY.minusSeconds(1));
    assertThat(roles(rights)).isEmpty();
    rights.shown(ada(Role.REPORT_ADMIN), MONDAY.plusSeconds(1));
    assertThat(roles(rights)).containsExactly(Role.REPORT_ADMIN);
  }

  @Test
  void aTokenIsWrittenOnceHoweverOftenItIsShown() {
    var rights = new Rights(store);
    for (int i = 0; i < 10; i++) {
      rights.shown(ada(Role.REPORT_VIEWER), MONDAY);
      rights.shown(ada(Role.REPORT_ADMIN), MONDAY.minusSeconds(60));
    }
    assertThat(store.saves).isEqualTo(1);
  }

  private static Caller ada(Role... roles) {
    return new Caller("contoso", "ada", Set.of(roles));
  }

  private static Set<Role> roles(Rights rights) {
    return rights.of("contoso", "ada").roles();
  }

  private static final class Stored implements RightsStore {
    private final Map<User, Shown> shown = new HashMap<>();
    private int saves;

    @Override
    public Optional<Shown> load(User user) {
      return Optional.ofNullable(shown.get(user));
    }

    @Override
    public void save(User user, Shown last) {
      shown.put(user, last);
      saves++;
    }
  }
}
