/// The certificate and key with which the service listens on https, read from PEM files and again
/// when those are renewed. Start reading at [dev.reprise.server.tls.ServerCertificate].
@NullMarked
package dev.reprise.server.tls;

import org.jspecify.annotations.NullMarked;
