/// The thread that does what is due. Start reading at [dev.reprise.server.loop.DueLoop].
@NullMarked
package dev.reprise.server.loop;

import org.jspecify.annotations.NullMarked;
