/// The web console: pages that call the service as any other client does. Start at
/// [dev.reprise.server.console.ConsoleRoutes].
@NullMarked
package dev.reprise.server.console;

import org.jspecify.annotations.NullMarked;
