/// What is true of all requests together: how many a caller may make, and the line that each leaves
/// behind. Start reading at [dev.reprise.server.traffic.RateLimit] or
/// [dev.reprise.server.traffic.AccessLog].
@NullMarked
package dev.reprise.server.traffic;

import org.jspecify.annotations.NullMarked;
