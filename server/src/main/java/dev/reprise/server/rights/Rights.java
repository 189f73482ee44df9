package dev.reprise.server.rights;

import dev.reprise.server.access.Caller;
import dev.reprise.server.access.Role;
import dev.reprise.server.rights.RightsStore.Shown;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The roles that users have, as the newest verified token that each has shown says. A report runs
/// with these, not with those of the day on which it was made.
///
/// - Limits: the roles of 10,000 users are remembered, so that a request of one of them costs no
///   read; written once for each token that is newer.
public final class Rights {
  private static final Logger LOG = LoggerFactory.getLogger(Rights.class);
  private static final int REMEMBERED = 10_000;

  /// Of the locks, each for some of the users: what is remembered and what is stored of a user
  /// change together.
  private static final int LOCKS = 64;

  private final RightsStore store;
  private final AtomicBoolean failing = new AtomicBoolean();
  private final Recent<User, Shown> recent = new Recent<>(REMEMBERED);
  private final Lock[] locks =
      IntStream.range(0, LOCKS).mapToObj(i -> new ReentrantLock()).toArray(Lock[]::new);

  public Rights(RightsStore store) {
    this.store = store;
  }

  /// Takes note of the roles that a caller shows, also of having none. Those of a token that is
  /// older than one that was shown before do not count: it may still be valid, and who sends both
  /// would have their reports run with the rights of either.
  ///
  /// @param since when the token was issued
  public void shown(Caller caller, Instant since) {
    var user = new User(caller.tenant(), caller.user());
    var shown = new Shown(caller.roles(), since);
    if (recent.find(user).filter(last -> isNoNews(shown, last)).isPresent()) {
      return;
    }
    Lock lock = lock(user);
    lock.lock();
    try {
      Optional<Shown> before = store.load(user).filter(last -> isNoNews(shown, last));
      if (before.isEmpty()) {
        store.save(user, shown);
      }
      recent.keep(user, before.orElse(shown));
      failing.set(false);
    } catch (RuntimeException e) {
      // Who only reads is not kept out; and while the store takes nothing, no report runs either.
      if (!failing.getAndSet(true)) {
        LOG.error("The roles of {} of {} cannot be stored", user.name(), user.tenant(), e);
      }
    } finally {
      lock.unlock();
    }
  }

  /// A user as a caller with the roles shown last; with none if there never was a token.
  ///
  /// Not for use inside a transaction: it may wait for one.
  public Caller of(String tenant, String name) {
    var user = new User(tenant, name);
    return new Caller(tenant, name, roles(user));
  }

  private Set<Role> roles(User user) {
    return load(user).map(Shown::roles).orElse(Set.of());
  }

  private static boolean isNoNews(Shown shown, Shown last) {
    return shown.equals(last) || shown.since().isBefore(last.since());
  }

  private Optional<Shown> load(User user) {
    Lock lock = lock(user);
    lock.lock();
    try {
      Optional<Shown> shown = store.load(user);
      shown.ifPresent(known -> recent.keep(user, known));
      return shown;
    } finally {
      lock.unlock();
    }
  }

  private Lock lock(User user) {
    return locks[Math.floorMod(user.hashCode(), LOCKS)];
  }
}
