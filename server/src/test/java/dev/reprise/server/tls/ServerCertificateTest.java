package dev.reprise.server.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.server.setting.Settings;
import dev.reprise.server.setting.StartRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerCertificateTest {
  private static final Instant MONDAY = Instant.parse("2026-01-05T06:00:00Z");

  @TempDir private static Path made;
  private static PemPair rsa;
  private static PemPair ec;
  private static PemPair other;

  @TempDir private Path folder;
  private final AtomicReference<Instant> now = new AtomicReference<>(MONDAY);
  private Path certificate;
  private Path key;

  @BeforeAll
  static void make() {
    rsa = PemPair.make(made, "RSA");
    ec = PemPair.make(made, "EC");
    other = PemPair.make(made, "RSA");
  }

  @BeforeEach
  void name() {
    certificate = folder.resolve("certificate.pem");
    key = folder.resolve("key.pem");
  }

  private ServerCertificate open() {
    return new ServerCertificate(new Settings.Tls(certificate, key), now::get);
  }

  private void refused(String line) {
    assertThatThrownBy(this::open)
        .isInstanceOfSatisfying(
            StartRefused.class,
            refused ->
                assertThat(refused.line().replace(folder + "/", ""))
                    .isEqualTo(line)
                    .hasLineCount(1));
  }

  @Test
  void keysInEveryUsualFormAreRead() throws IOException {
    rsa.write(certificate, key);
    assertThat(open().current()).isEqualTo(rsa.certificate());
    Files.writeString(key, PemPair.pem("RSA PRIVATE KEY", rsa.olderKey()));
    assertThat(open().current()).isEqualTo(rsa.certificate());
    ec.write(certificate, key);
    assertThat(open().current()).isEqualTo(ec.certificate());
    String parameters = PemPair.pem("EC PARAMETERS", new byte[] {5, 0});
    Files.writeString(key, parameters + PemPair.pem("EC PRIVATE KEY", ec.olderKey()));
    assertThat(open().current()).isEqualTo(ec.certificate());
  }

  @Test
  void oneFileMayHoldTheChainAndTheKeyWithWordsBetweenThem() throws IOException {
    rsa.write(certificate, key);
    Files.writeString(
        certificate,
        "Bag Attributes\r\n"
            + rsa.certificatePem().replace("\n", "\r\n")
            + other.certificatePem()
            + Files.readString(key));
    key = certificate;
    assertThat(open().current()).isEqualTo(rsa.certificate());
  }

  @Test
  void whatIsMissingIsNamed() throws IOException {
    refused("listen.tls.certificate: there is no file certificate.pem");
    Files.writeString(certificate, "hello");
    refused("listen.tls.certificate: certificate.pem has no certificate");
    Files.writeString(certificate, rsa.certificatePem());
    refused("listen.tls.key: there is no file key.pem");
    Files.writeString(key, rsa.certificatePem());
    refused("listen.tls.key: key.pem has no private key");
    key = Files.createDirectory(folder.resolve("a folder"));
    refused("listen.tls.key: a folder cannot be read: Is a directory");
  }

  @Test
  void whatIsDamagedOrTooLargeIsNamed() throws IOException {
    rsa.write(certificate, key);
    Files.writeString(certificate, PemPair.pem("CERTIFICATE", new byte[] {1, 2, 3}));
    refused("listen.tls.certificate: a certificate in certificate.pem is damaged");
    Files.writeString(certificate, "-----BEGIN CERTIFICATE-----\nA\n-----END CERTIFICATE-----");
    refused("listen.tls.certificate: the CERTIFICATE in certificate.pem is damaged");
    Files.writeString(certificate, "x".repeat(1024 * 1024 + 1));
    refused("listen.tls.certificate: certificate.pem is larger than 1 MiB");
  }

  @Test
  void anEncryptedKeyIsRefusedWithWhatToDo() throws IOException {
    rsa.write(certificate, key);
    String help =
        " is encrypted; write it without a password, as with openssl pkey -in OLD -out NEW";
    Files.writeString(key, PemPair.pem("ENCRYPTED PRIVATE KEY", new byte[] {1}));
    refused("listen.tls.key: key.pem" + help);
    Files.writeString(
        key,
        """
        -----BEGIN RSA PRIVATE KEY-----
        Proc-Type: 4,ENCRYPTED
        DEK-Info: AES

        AA==
        -----END RSA PRIVATE KEY-----
        """);
    refused("listen.tls.key: key.pem" + help);
  }

  @Test
  void aKeyOfAnotherCertificateIsRefused() throws IOException {
    String line =
        "listen.tls.key: the key in key.pem is not that of the certificate in certificate.pem";
    rsa.write(certificate, key);
    Files.writeString(key, PemPair.pem("PRIVATE KEY", other.privateKey().getEncoded()));
    refused(line);
    Files.writeString(key, PemPair.pem("PRIVATE KEY", ec.privateKey().getEncoded()));
    refused(line);
    Files.writeString(key, PemPair.pem("EC PRIVATE KEY", ec.olderKey()));
    refused(line);
    Files.writeString(key, PemPair.pem("PRIVATE KEY", new byte[] {0x30, 3, 2, 1, 0}));
    refused(line);
  }

  @Test
  void renewedFilesAreShownAtTheNextLook() throws IOException {
    rsa.write(certificate, key);
    changedAt(MONDAY);
    ServerCertificate shown = open();
    ec.write(certificate, key);
    changedAt(MONDAY.plusSeconds(1));
    now.set(MONDAY.plusSeconds(9));
    shown.look();
    assertThat(shown.current()).isEqualTo(rsa.certificate());
    now.set(MONDAY.plusSeconds(10));
    shown.look();
    assertThat(shown.current()).isEqualTo(ec.certificate());
  }

  @Test
  void filesThatCannotBeUsedLeaveTheOldCertificateShownUntilTheyCan() throws IOException {
    rsa.write(certificate, key);
    changedAt(MONDAY);
    ServerCertificate shown = open();
    Files.writeString(certificate, ec.certificatePem()); // The key comes a moment later.
    Files.setLastModifiedTime(certificate, FileTime.from(MONDAY.plusSeconds(1)));
    now.set(MONDAY.plusSeconds(10));
    shown.look();
    assertThat(shown.current()).isEqualTo(rsa.certificate());
    ec.write(certificate, key);
    changedAt(MONDAY.plusSeconds(2));
    now.set(MONDAY.plusSeconds(20));
    shown.look();
    assertThat(shown.current()).isEqualTo(ec.certificate());
    Files.delete(certificate);
    now.set(MONDAY.plusSeconds(30));
    shown.look();
    assertThat(shown.current()).isEqualTo(ec.certificate());
  }

  private void changedAt(Instant time) throws IOException {
    Files.setLastModifiedTime(certificate, FileTime.from(time));
    Files.setLastModifiedTime(key, FileTime.from(time));
  }
}
