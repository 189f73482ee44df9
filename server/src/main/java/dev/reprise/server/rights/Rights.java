package dev.reprise.server.rights;

import dev.reprise.server.access.Caller;
import dev.reprise.server.access.Role;
import dev.reprise.server.rights.RightsStore.User;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The roles that users have, as the verified token that each showed last says. A report runs with
/// these, not with those of the day on which it was made.
///
/// - Limits: the roles of 10,000 users are remembered, so that a request of one of them costs no
///   read; written only when they change.
public final class Rights {
  private static final Logger LOG = LoggerFactory.getLogger(Rights.class);
  private static final int REMEMBERED = 10_000;

  /// Of the locks, each for some of the users: what is remembered and what is stored of a user
  /// change together.
  private static final int LOCKS = 64;

  private final RightsStore store;
  private final Recent<User, Set<Role>> recent = new Recent<>(REMEMBERED);
  private final Lock[] locks =
      IntStream.range(0, LOCKS).mapToObj(i -> new ReentrantLock()).toArray(Lock[]::new);

  public Rights(RightsStore store) {
    this.store = store;
  }

  /// Takes note of the roles that a caller shows, also of having none.
  public void shown(Caller caller) {
    var user = new User(caller.tenant(), caller.user());
    if (recent.find(user).filter(caller.roles()::equals).isPresent()) {
      return;
    }
    Lock lock = lock(user);
    lock.lock();
    try {
      if (store.load(user).filter(caller.roles()::equals).isEmpty()) {
        store.save(user, caller.roles());
      }
      recent.keep(user, caller.roles());
    } catch (RuntimeException e) {
      // Who only reads is not kept out; and while the store takes nothing, no report runs either.
      LOG.error("The roles of {} of {} cannot be stored", user.name(), user.tenant(), e);
    } finally {
      lock.unlock();
    }
  }

  /// A user as a caller with the roles shown last; with none if there never was a token.
  ///
  /// Not for use inside a transaction: it may wait for one.
  public Caller of(String tenant, String name) {
    var user = new User(tenant, name);
    return new Caller(tenant, name, recent.find(user).orElseGet(() -> load(user)));
  }

  private Set<Role> load(User user) {
    Lock lock = lock(user);
    lock.lock();
    try {
      Optional<Set<Role>> roles = store.load(user);
      roles.ifPresent(known -> recent.keep(user, known));
      return roles.orElse(Set.of());
    } finally {
      lock.unlock();
    }
  }

  private Lock lock(User user) {
    return locks[Math.floorMod(user.hashCode(), LOCKS)];
  }
}
