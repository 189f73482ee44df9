package dev.reprise.server.rights;

import static dev.reprise.server.store.JooqKept.given;
import static dev.reprise.server.store.JooqTables.RIGHTS;

import dev.reprise.server.access.Role;
import dev.reprise.server.store.JooqKept;
import dev.reprise.server.store.JooqStore;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jooq.Record;
import org.jooq.impl.DSL;

/// Rights in the tables of the store.
public final class JooqRightsStore implements RightsStore {
  private static final JooqKept OF_USER =
      new JooqKept(
          DSL.select(RIGHTS.roles, RIGHTS.since)
              .from(RIGHTS)
              .where(
                  RIGHTS.tenant.eq(given(RIGHTS.tenant)).and(RIGHTS.owner.eq(given(RIGHTS.owner)))),
          RIGHTS.roles,
          RIGHTS.since);

  private final JooqStore store;

  public JooqRightsStore(JooqStore store) {
    this.store = store;
  }

  @Override
  public Optional<Shown> load(User user) {
    return store.read(dsl -> OF_USER.find(dsl, JooqRightsStore::read, user.tenant(), user.name()));
  }

  @Override
  public void save(User user, Shown shown) {
    String words = shown.roles().stream().map(Role::name).sorted().collect(Collectors.joining(" "));
    store.write(dsl ->
        dsl.insertInto(RIGHTS)
            .set(RIGHTS.tenant, user.tenant())
            .set(RIGHTS.owner, user.name())
            .set(RIGHTS.roles, words)
            .set(RIGHTS.since, shown.since())
            .onConflict(RIGHTS.tenant, RIGHTS.owner)
            .doUpdate()
            .set(RIGHTS.roles, words)
            .set(RIGHTS.since, shown.since())
            .where(RIGHTS.since.le(shown.since())) // Another node may know of a newer token.
            .execute());
  }

  private static Shown read(Record row) {
    return new Shown(roles(row.get(RIGHTS.roles)), row.get(RIGHTS.since));
  }

  private static Set<Role> roles(String words) {
    return Arrays.stream(words.split(" "))
        .filter(word -> !word.isEmpty())
        .map(Role::valueOf)
        .collect(Collectors.toUnmodifiableSet());
  }
}
