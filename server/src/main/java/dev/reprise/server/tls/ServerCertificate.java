package dev.reprise.server.tls;

import dev.reprise.server.setting.Settings.Tls;
import dev.reprise.server.setting.StartRefused;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The certificate that callers are shown, as its files have it.
///
/// - Shape: a handshake looks, at most once in [#LOOK], whether the files have another time of
///   change and reads them if so. Files that cannot be used are logged, and the certificate from
///   before goes on being shown.
public final class ServerCertificate {
  static final Duration LOOK = Duration.ofSeconds(10);

  private static final Logger LOG = LoggerFactory.getLogger(ServerCertificate.class);

  private final Tls files;
  private final InstantSource clock;
  private final ReentrantLock looking = new ReentrantLock();

  private volatile Shown shown;
  private volatile Instant looked;

  // Written by one that holds the lock.
  private volatile List<FileTime> changed;

  /// What is shown now and was before: a handshake under way ends as it began.
  private record Shown(int number, Material now, @Nullable Material before) {
    @Nullable Material of(String alias) {
      if (alias.equals(String.valueOf(number))) {
        return now;
      }
      return alias.equals(String.valueOf(number - 1)) ? before : null;
    }
  }

  /// Reads the files.
  ///
  /// @param clock the real time
  /// @throws StartRefused if they are missing, damaged, encrypted, or do not belong together
  public ServerCertificate(Tls files, InstantSource clock) {
    this.files = files;
    this.clock = clock;
    this.looked = clock.instant();
    this.changed = changed();
    this.shown = new Shown(1, read(), null);
  }

  /// For a server that shows this certificate and asks callers for none.
  public SSLContext context() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(new KeyManager[] {new Keys()}, null, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no TLS, which every Java must have", e);
    }
  }

  /// The certificate of the service, without those above it.
  X509Certificate current() {
    return shown.now().chain().getFirst();
  }

  /// Reads the files again if it is time to look and they have changed.
  void look() {
    if (clock.instant().isBefore(looked.plus(LOOK)) || !looking.tryLock()) {
      return;
    }
    try {
      looked = clock.instant();
      List<FileTime> times = changed();
      if (!times.equals(changed)) {
        changed = times; // Also if they cannot be used: that is said once, not at every look.
        Shown before = shown;
        shown = new Shown(before.number() + 1, read(), before.now());
      }
    } catch (StartRefused e) {
      LOG.warn("The certificate from before goes on being shown: {}", e.line());
    } finally {
      looking.unlock();
    }
  }

  private Material read() {
    Material material = Material.read(files.certificate(), files.key());
    X509Certificate certificate = material.chain().getFirst();
    Instant end = certificate.getNotAfter().toInstant();
    if (end.isBefore(clock.instant())) {
      LOG.warn("The certificate in {} expired at {}", files.certificate(), end);
    } else {
      LOG.info("The certificate in {} is good until {}", files.certificate(), end);
    }
    return material;
  }

  private List<FileTime> changed() {
    return List.of(changed(files.certificate()), changed(files.key()));
  }

  private static FileTime changed(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException e) {
      return FileTime.fromMillis(0); // Reading it, if it comes to that, says why.
    }
  }

  private final class Keys extends X509ExtendedKeyManager {
    @Override
    public @Nullable String chooseEngineServerAlias(
        String type, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
      look();
      Shown current = shown;
      boolean fits = current.now().key().getAlgorithm().equals(type);
      return fits ? String.valueOf(current.number()) : null;
    }

    @Override
    public @Nullable String chooseServerAlias(
        String type, Principal @Nullable [] issuers, @Nullable Socket socket) {
      return chooseEngineServerAlias(type, issuers, null);
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
      Material material = shown.of(alias);
      return material == null ? null : material.chain().toArray(X509Certificate[]::new);
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
      Material material = shown.of(alias);
      return material == null ? null : material.key();
    }

    @Override
    public String @Nullable [] getServerAliases(String type, Principal @Nullable [] issuers) {
      String alias = chooseEngineServerAlias(type, issuers, null);
      return alias == null ? null : new String[] {alias};
    }

    @Override
    public String @Nullable [] getClientAliases(String type, Principal @Nullable [] issuers) {
      return null;
    }

    @Override
    public @Nullable String chooseClientAlias(
        String[] types, Principal @Nullable [] issuers, @Nullable Socket socket) {
      return null;
    }
  }
}
