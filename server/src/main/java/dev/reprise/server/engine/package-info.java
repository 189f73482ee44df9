/// Runs compiled queries over the datasets and writes their rows to files. Start reading at
/// [dev.reprise.server.engine.Engine].
@NullMarked
package dev.reprise.server.engine;

import org.jspecify.annotations.NullMarked;
