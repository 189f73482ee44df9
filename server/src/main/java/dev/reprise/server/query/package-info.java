/// Saved queries: the ones that callers keep under a name, and the documented system queries. Start
/// reading at [dev.reprise.server.query.Queries].
@NullMarked
package dev.reprise.server.query;

import org.jspecify.annotations.NullMarked;
