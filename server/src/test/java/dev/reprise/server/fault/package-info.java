/// Changes under faults, and what has to hold afterwards. Start reading at
/// [dev.reprise.server.fault.Storm].
@NullMarked
package dev.reprise.server.fault;

import org.jspecify.annotations.NullMarked;
