/// How the service's own log is written, and what each of its lines is about. Start reading at
/// [dev.reprise.server.log.About].
@NullMarked
package dev.reprise.server.log;

import org.jspecify.annotations.NullMarked;
