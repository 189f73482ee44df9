/// The world of the service tests: a service of its own, callers, and the calls they make. Start
/// reading at [dev.reprise.server.world.Api].
@NullMarked
package dev.reprise.server.world;

import org.jspecify.annotations.NullMarked;
