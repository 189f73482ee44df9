/// Who calls, and what they may see: bearer tokens are verified here and become a caller with
/// roles. Start reading at [dev.reprise.server.access.TokenVerifier].
@NullMarked
package dev.reprise.server.access;

import org.jspecify.annotations.NullMarked;
