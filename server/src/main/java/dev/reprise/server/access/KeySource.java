package dev.reprise.server.access;

import java.security.PublicKey;
import java.util.Optional;

/// The public keys that an issuer signs with at the moment.
///
/// - Limits: asked on every request, so an answer for a key already known must be quick. A key that
///   is no longer given out ends the tokens it signed, also those verified before.
public interface KeySource {
  /// The key with this id (`kid`), or empty if the issuer has none such now.
  Optional<PublicKey> key(String id);
}
