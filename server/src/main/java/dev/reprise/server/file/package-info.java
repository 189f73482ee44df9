/// Files that survive a crash: whole or not at all, and on the disk once a method has returned.
@NullMarked
package dev.reprise.server.file;

import org.jspecify.annotations.NullMarked;
