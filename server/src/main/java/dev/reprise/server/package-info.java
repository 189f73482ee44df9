/// The service: main and wiring. Start reading at [dev.reprise.server.Server].
@NullMarked
package dev.reprise.server;

import org.jspecify.annotations.NullMarked;
