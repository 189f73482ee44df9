/// Where everything is kept: the embedded store, its tables and migrations, and the data directory.
/// Start reading at [dev.reprise.server.store.JooqStore].
@NullMarked
package dev.reprise.server.store;

import org.jspecify.annotations.NullMarked;
