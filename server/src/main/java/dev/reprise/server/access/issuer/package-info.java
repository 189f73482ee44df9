/// A stand-in for the token service of Microsoft Entra ID, so that the service runs with nothing
/// else and programs written for the real one get their tokens here unchanged. Start reading at
/// [dev.reprise.server.access.issuer.StandIn].
@NullMarked
package dev.reprise.server.access.issuer;

import org.jspecify.annotations.NullMarked;
