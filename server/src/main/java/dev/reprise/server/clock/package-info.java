/// The test clock: time that stands still until a caller moves it, and runs what comes due on the
/// way. Start reading at [dev.reprise.server.clock.TimeMachine].
@NullMarked
package dev.reprise.server.clock;

import org.jspecify.annotations.NullMarked;
