/// How requests are read and answers written: paths, parameters, bodies, the envelope, the two wire
/// profiles. Start reading at [dev.reprise.server.wire.Calls].
@NullMarked
package dev.reprise.server.wire;

import org.jspecify.annotations.NullMarked;
