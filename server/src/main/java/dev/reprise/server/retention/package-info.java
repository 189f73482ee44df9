/// How long result files are kept. Start reading at [dev.reprise.server.retention.Retention].
@NullMarked
package dev.reprise.server.retention;

import org.jspecify.annotations.NullMarked;
