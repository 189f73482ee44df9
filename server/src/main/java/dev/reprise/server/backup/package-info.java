/// All that is kept, copied whole: to a backup, back from it, and from a file to a server.
@NullMarked
package dev.reprise.server.backup;

import org.jspecify.annotations.NullMarked;
