/// Threads that do what is due, or something again and again. Start reading at
/// [dev.reprise.server.loop.DueLoop].
@NullMarked
package dev.reprise.server.loop;

import org.jspecify.annotations.NullMarked;
