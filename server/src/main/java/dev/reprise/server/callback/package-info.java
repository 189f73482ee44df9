/// Callbacks: whoever waits for a report is told of each file, again and again until they have
/// heard. Start reading at [dev.reprise.server.callback.Sender].
@NullMarked
package dev.reprise.server.callback;

import org.jspecify.annotations.NullMarked;
