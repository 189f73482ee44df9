/// Words on the wire that every part shares: the ways the service says no, and its limits. Start
/// reading at [dev.reprise.api.ErrorCode].
@NullMarked
package dev.reprise.api;

import org.jspecify.annotations.NullMarked;
