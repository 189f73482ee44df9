package dev.reprise.server.tls;

import dev.reprise.server.setting.StartRefused;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A certificate, those between it and its root, and its private key.
///
/// @param chain the certificate of the service first
record Material(List<X509Certificate> chain, PrivateKey key) {
  static final String CERTIFICATE = "listen.tls.certificate";
  static final String KEY = "listen.tls.key";

  Material {
    chain = List.copyOf(chain);
  }

  /// Reads both files and makes sure that they belong together.
  ///
  /// - Shape: the key as PKCS#8 (`PRIVATE KEY`), PKCS#1 (`RSA PRIVATE KEY`) or SEC 1 (`EC PRIVATE
  ///   KEY`); both may be in one file.
  ///
  /// @throws StartRefused saying in one line what is wrong
  static Material read(Path certificate, Path key) {
    List<X509Certificate> chain = chain(certificate);
    PublicKey open = chain.getFirst().getPublicKey();
    PemFile.Block block =
        PemFile.read(key, KEY)
            .first("PRIVATE KEY")
            .orElseThrow(() -> new StartRefused("%s: %s has no private key".formatted(KEY, key)));
    try {
      byte[] encoded = block.type().equals("PRIVATE KEY") ? block.der() : wrapped(block, open);
      PrivateKey secret =
          KeyFactory.getInstance(open.getAlgorithm())
              .generatePrivate(new PKCS8EncodedKeySpec(encoded));
      if (isOf(secret, open)) {
        return new Material(chain, secret);
      }
    } catch (GeneralSecurityException | RuntimeException e) {
      throw new StartRefused(doNotMatch(certificate, key), e);
    }
    throw new StartRefused(doNotMatch(certificate, key));
  }

  private static String doNotMatch(Path certificate, Path key) {
    return "%s: the key in %s is not that of the certificate in %s"
        .formatted(KEY, key, certificate);
  }

  private static List<X509Certificate> chain(Path file) {
    List<X509Certificate> chain = new ArrayList<>();
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      for (PemFile.Block block : PemFile.read(file, CERTIFICATE).ending("CERTIFICATE")) {
        var in = new ByteArrayInputStream(block.der());
        chain.add((X509Certificate) factory.generateCertificate(in));
      }
    } catch (GeneralSecurityException e) {
      throw new StartRefused("%s: a certificate in %s is damaged".formatted(CERTIFICATE, file), e);
    }
    if (chain.isEmpty()) {
      throw new StartRefused("%s: %s has no certificate".formatted(CERTIFICATE, file));
    }
    return chain;
  }

  /// A key of an older form inside PKCS#8, which is all that Java reads: version 0, the algorithm
  /// as the certificate has it, and the key as it is.
  private static byte[] wrapped(PemFile.Block key, PublicKey open) {
    byte[] spki = open.getEncoded();
    int start = contentStart(spki, 0);
    byte[] algorithm = Arrays.copyOfRange(spki, start, end(spki, start));
    var inside = new ByteArrayOutputStream();
    inside.writeBytes(new byte[] {2, 1, 0});
    inside.writeBytes(algorithm);
    inside.writeBytes(element(4, key.der()));
    return element(0x30, inside.toByteArray());
  }

  private static byte[] element(int tag, byte[] content) {
    var out = new ByteArrayOutputStream();
    out.write(tag);
    if (content.length < 128) {
      out.write(content.length);
    } else { // Two bytes of length are enough for every key.
      out.write(0x82);
      out.write(content.length >> 8);
      out.write(content.length);
    }
    out.writeBytes(content);
    return out.toByteArray();
  }

  private static int contentStart(byte[] der, int at) {
    int length = der[at + 1] & 0xff;
    return at + 2 + (length < 128 ? 0 : length - 128);
  }

  private static int end(byte[] der, int at) {
    int length = der[at + 1] & 0xff;
    int start = contentStart(der, at);
    if (length >= 128) {
      length = 0;
      for (int i = at + 2; i < start; i++) {
        length = (length << 8) | (der[i] & 0xff);
      }
    }
    return start + length;
  }

  private static boolean isOf(PrivateKey secret, PublicKey open) throws GeneralSecurityException {
    String algorithm =
        switch (open.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> open.getAlgorithm();
        };
    Signature signature = Signature.getInstance(algorithm);
    signature.initSign(secret);
    signature.update(open.getEncoded());
    byte[] signed = signature.sign();
    signature.initVerify(open);
    signature.update(open.getEncoded());
    return signature.verify(signed);
  }
}
