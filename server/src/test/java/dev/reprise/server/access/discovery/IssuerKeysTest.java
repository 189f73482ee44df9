package dev.reprise.server.access.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.RSAKey;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class IssuerKeysTest {
  private static final Instant MONDAY = Instant.parse("2026-01-05T06:00:00Z");

  private final AtomicReference<Instant> now = new AtomicReference<>(MONDAY);
  private final AtomicInteger fetches = new AtomicInteger();
  private final Map<String, RSAKey> published = new HashMap<>(Map.of("first", PaperIssuer.FIRST));
  private @Nullable String outage;

  private final IssuerKeys keys =
      new IssuerKeys("https://id.example", this::fetch, now::get, Runnable::run);

  private PublishedKeys fetch() throws IOException {
    fetches.incrementAndGet();
    if (outage != null) {
      throw new IOException(outage);
    }
    Map<String, java.security.PublicKey> open = new HashMap<>();
    for (RSAKey key : published.values()) {
      try {
        open.put(key.getKeyID(), key.toPublicKey());
      } catch (JOSEException e) {
        throw new IllegalStateException(e);
      }
    }
    return new PublishedKeys(open);
  }

  private void later(Duration span) {
    now.updateAndGet(instant -> instant.plus(span));
  }

  @Test
  void knownKeysAreAnsweredFromMemory() {
    keys.tick();
    for (int i = 0; i < 100; i++) {
      assertThat(keys.key("first")).isPresent();
      keys.tick();
    }
    assertThat(fetches).hasValue(1);
    assertThat(keys.fault()).isEmpty();
  }

  @Test
  void keysAreFetchedAnewEveryQuarterOfAnHour() {
    keys.tick();
    later(IssuerKeys.PERIOD.minusSeconds(1));
    keys.tick();
    assertThat(fetches).hasValue(1);
    later(Duration.ofSeconds(1));
    keys.tick();
    assertThat(fetches).hasValue(2);
  }

  @Test
  void aNewKeyIsFoundWhenTheFirstTokenWithItComes() {
    keys.tick();
    published.put("second", PaperIssuer.SECOND);
    later(IssuerKeys.INTERVAL);
    assertThat(keys.key("second")).isPresent();
    assertThat(fetches).hasValue(2);
  }

  @Test
  void aFloodOfForgedIdsIsOneFetch() {
    keys.tick();
    later(IssuerKeys.INTERVAL);
    for (int i = 0; i < 10_000; i++) {
      assertThat(keys.key("forged " + i)).isEmpty();
    }
    assertThat(fetches).hasValue(2);
    assertThat(keys.key("")).isEmpty();
  }

  @Test
  void aKeyThatIsNoLongerPublishedIsGoneAfterTheNextFetch() {
    keys.tick();
    published.remove("first");
    published.put("second", PaperIssuer.SECOND);
    later(IssuerKeys.PERIOD);
    keys.tick();
    assertThat(keys.key("first")).isEmpty();
    assertThat(keys.key("second")).isPresent();
  }

  @Test
  void whileTheIssuerIsDownItsKeysStandForADayAndNoLonger() {
    keys.tick();
    outage = "down";
    later(IssuerKeys.PERIOD);
    keys.tick();
    assertThat(keys.fault()).contains("down");
    assertThat(keys.key("first")).isPresent();
    later(IssuerKeys.OUTAGE.minus(IssuerKeys.PERIOD).minusSeconds(1));
    keys.tick();
    assertThat(keys.hasKeys()).isTrue();
    later(IssuerKeys.INTERVAL);
    keys.tick();
    assertThat(keys.hasKeys()).isFalse();
    assertThat(keys.key("first")).isEmpty();
  }

  @Test
  void anIssuerThatWasDownAtTheStartIsAskedAgain() {
    outage = "down";
    keys.tick();
    assertThat(keys.key("first")).isEmpty();
    keys.tick();
    assertThat(fetches).hasValue(1);
    outage = null;
    later(IssuerKeys.INTERVAL);
    keys.tick();
    assertThat(keys.key("first")).isPresent();
    assertThat(keys.fault()).isEmpty();
  }

  @Test
  void aFaultOfOursIsAFaultOfTheIssuerAndAskedAgain() {
    var broken =
        new IssuerKeys(
            "https://id.example",
            () -> {
              fetches.incrementAndGet();
              throw new IllegalStateException("broken");
            },
            now::get,
            Runnable::run);
    broken.tick();
    assertThat(broken.fault()).contains("broken");
    later(IssuerKeys.INTERVAL);
    broken.tick();
    assertThat(fetches).hasValue(2);
  }

  @Test
  void aSlowIssuerHoldsUpNobodyWhoseKeyIsKnownAndFewOthers() throws Exception {
    keys.tick();
    Queue<Runnable> slow = new ArrayDeque<>();
    var hanging = new IssuerKeys("https://id.example", this::fetch, now::get, slow::add);
    hanging.tick();
    slow.remove().run();
    later(IssuerKeys.INTERVAL);
    var answered = new CountDownLatch(IssuerKeys.WAITING);
    var started = new CountDownLatch(IssuerKeys.WAITING);
    try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < IssuerKeys.WAITING; i++) {
        callers.execute(() -> {
          started.countDown();
          assertThat(hanging.key("forged")).isEmpty();
          answered.countDown();
        });
      }
      started.await();
      while (hanging.waiting() < IssuerKeys.WAITING) {
        Thread.onSpinWait();
      }
      assertThat(hanging.key("first")).isPresent();
      assertThat(hanging.key("one too many")).isEmpty(); // At once: there is no place to wait.
      assertThat(slow).hasSize(1);
      slow.remove().run();
      answered.await();
    }
  }
}
