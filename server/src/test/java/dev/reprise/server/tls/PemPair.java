package dev.reprise.server.tls;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

/// A certificate for 127.0.0.1 and its key, made by the JDK's own keytool.
public record PemPair(X509Certificate certificate, PrivateKey privateKey) {
  private static final char[] PASSWORD = "any-password".toCharArray();

  /// A new one, good for a hundred years.
  ///
  /// @param algorithm as keytool names it: `RSA`, `EC` or `Ed25519`
  public static PemPair make(Path folder, String algorithm) {
    Path store = folder.resolve(UUID.randomUUID() + ".p12");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "a",
                "-keyalg",
                algorithm,
                "-dname",
                "CN=Reprise",
                "-ext",
                "san=ip:127.0.0.1",
                "-startdate",
                "2025/12/31",
                "-validity",
                "36500",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass"));
    command.add(String.valueOf(PASSWORD));
    try {
      Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (keytool.waitFor() != 0) {
        throw new AssertionError(said);
      }
      return read(store);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static PemPair read(Path file) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD);
    }
    return new PemPair(
        (X509Certificate) store.getCertificate("a"), (PrivateKey) store.getKey("a", PASSWORD));
  }

  /// Writes both, each into a file of its own.
  public void write(Path certificateFile, Path keyFile) {
    try {
      Files.writeString(certificateFile, certificatePem());
      Files.writeString(keyFile, pem("PRIVATE KEY", privateKey.getEncoded()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public String certificatePem() {
    try {
      return pem("CERTIFICATE", certificate.getEncoded());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static String pem(String type, byte[] der) {
    String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN " + type + "-----\n" + lines + "\n-----END " + type + "-----\n";
  }

  /// The key without what PKCS#8 puts around it: the older form, PKCS#1 or SEC 1.
  byte[] olderKey() {
    // Around it: a sequence of version, algorithm and an octet string, which comes last.
    byte[] key = privateKey.getEncoded();
    int at = start(key, 0);
    at = end(key, at);
    at = end(key, at);
    int from = start(key, at);
    return Arrays.copyOfRange(key, from, end(key, at));
  }

  private static int start(byte[] der, int at) {
    int length = der[at + 1] & 0xff;
    return at + 2 + (length < 128 ? 0 : length - 128);
  }

  private static int end(byte[] der, int at) {
    int start = start(der, at);
    int length = start == at + 2 ? der[at + 1] & 0xff : 0;
    for (int i = at + 2; i < start; i++) {
      length = (length << 8) | (der[i] & 0xff);
    }
    return start + length;
  }
}
