package dev.reprise.server.rights;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RecentTest {
  @Test
  void neverHoldsMoreThanItsLimitAndKeepsWhatIsUsed() {
    var recent = new Recent<Integer, String>(10);
    recent.keep(0, "used");
    for (int i = 1; i < 1000; i++) {
      recent.keep(i, "seldom");
      assertThat(recent.find(0)).contains("used");
      assertThat(recent.size()).isLessThanOrEqualTo(10);
    }
    assertThat(recent.find(1)).isEmpty();
  }

  @Test
  void theNewerValueStands() {
    var recent = new Recent<String, Integer>(4);
    recent.keep("a", 1);
    recent.keep("b", 1);
    recent.keep("c", 1); // The first two are old by now.
    recent.keep("a", 2);
    assertThat(recent.find("a")).contains(2);
  }
}
