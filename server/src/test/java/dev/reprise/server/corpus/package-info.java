/// Requests of client programs as data, with their answers. Start reading at
/// [dev.reprise.server.corpus.Case].
@NullMarked
package dev.reprise.server.corpus;

import org.jspecify.annotations.NullMarked;
