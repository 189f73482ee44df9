package dev.reprise.server.access.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PublishedKeysTest {
  private final PaperIssuer issuer = new PaperIssuer();
  private final Documents documents = new Documents(Duration.ofSeconds(10));
  private final String here = issuer.at("/a");

  @AfterEach
  void close() {
    documents.close();
    issuer.close();
  }

  @Test
  void theKeysThatSignAreTakenAndNoOthers() throws Exception {
    RSAKey good = PaperIssuer.FIRST;
    RSAKey weak = weak();
    Map<String, Object> secret =
        new OctetSequenceKey.Builder(new byte[32]).keyID("s").build().toJSONObject();
    RSAKey encrypts = new RSAKey.Builder(good).keyID("e").keyUse(KeyUse.ENCRYPTION).build();
    RSAKey anonymous = new RSAKey.Builder(good).keyID(null).build();
    keys(
        List.of(
            open(good),
            open(weak),
            secret,
            open(encrypts),
            open(anonymous),
            Map.of("kty", "new", "kid", "n"),
            Map.of("kty", "RSA", "kid", "broken", "n", "AQAB", "e", 7)));
    assertThat(fetch().byId()).containsOnlyKeys("first");
    assertThat(fetch().byId().get("first")).isEqualTo(good.toPublicKey());
  }

  @Test
  void theKeysOfAnotherTenantAreNotTaken() throws Exception {
    String tenant = "6e3b5d2c-0000-4000-8000-00000000000a";
    String path = "/" + tenant + "/v2.0";
    Map<String, Object> own = open(PaperIssuer.FIRST);
    own.put("issuer", "https://login.microsoftonline.com/" + tenant + "/v2.0");
    Map<String, Object> foreign = open(PaperIssuer.SECOND);
    foreign.put(
        "issuer", "https://login.microsoftonline.com/9188040d-6c67-4c5b-b112-36a304b66dad/v2.0");
    issuer.discovery(path, Map.of("issuer", issuer.at(path), "jwks_uri", issuer.at("/keys")));
    keys(List.of(own, foreign));
    assertThat(PublishedKeys.of(IssuerAddress.parse(issuer.at(path)), documents).byId())
        .containsOnlyKeys("first");
  }

  @Test
  void aDocumentOfAnotherIssuerIsNotBelieved() {
    issuer.publish("/a", "https://evil.example", PaperIssuer.FIRST);
    refused("says it is of the issuer 'https://evil.example', but " + here + " was expected");
    issuer.discovery("/a", Map.of("jwks_uri", issuer.at("/keys")));
    refused("says it is of the issuer '', but");
  }

  @Test
  void aSlashAtTheEndOfTheNameMakesNoDifference() throws Exception {
    issuer.publish("/a", here + "/", PaperIssuer.FIRST);
    assertThat(fetch().byId()).containsOnlyKeys("first");
  }

  @Test
  void keysThatAreNotFetchedSafelyAreNotFetched() {
    issuer.discovery("/a", Map.of("issuer", here, "jwks_uri", "http://keys.example/k"));
    refused("names as jwks_uri http://keys.example/k, which is not https");
    issuer.discovery("/a", Map.of("issuer", here, "jwks_uri", "file:///etc/passwd"));
    refused("names as jwks_uri no address, which is not https");
    issuer.discovery("/a", Map.of("issuer", here));
    refused("names as jwks_uri no address, which is not https");
  }

  @Test
  void redirectsAreNotFollowed() {
    issuer.publish("/b", here, PaperIssuer.FIRST);
    issuer.page(
        "/a/.well-known/openid-configuration",
        302,
        issuer.at("/b/.well-known/openid-configuration"));
    refused("openid-configuration answers 302");
    assertThat(issuer.requests).hasValue(1);
  }

  @Test
  void whatIsNoSetOfKeysIsSaidToBeNone() {
    refused("openid-configuration answers 404");
    issuer.page("/a/.well-known/openid-configuration", 200, "<html>");
    refused("openid-configuration is not a JSON object");
    issuer.page("/a/.well-known/openid-configuration", 200, "[".repeat(400_000));
    refused("openid-configuration is not a JSON object");
    issuer.discovery("/a", Map.of("issuer", here, "jwks_uri", issuer.at("/keys")));
    issuer.page("/keys", 200, "{\"keys\":7}");
    refused("/keys is not a set of keys");
    issuer.page("/keys", 200, "{\"keys\":[]}");
    refused("/keys has 0 keys for signatures");
  }

  @Test
  void tooManyKeysAreRefused() {
    JWK[] many =
        IntStream.range(0, 101)
            .mapToObj(i -> new RSAKey.Builder(PaperIssuer.FIRST).keyID("k" + i).build())
            .toArray(JWK[]::new);
    issuer.publish("/a", here, many);
    refused("/keys/a has 101 keys for signatures");
  }

  @Test
  void aDocumentTooLargeIsNotReadToItsEnd() {
    issuer.page(
        "/a/.well-known/openid-configuration",
        200,
        "{\"x\":\"" + "y".repeat(Documents.LARGEST) + "\"}");
    refused("openid-configuration is larger than 524288 bytes");
  }

  @Test
  void anAnswerThatStopsHalfwayIsNotWaitedFor() {
    issuer.page("/a/.well-known/openid-configuration", 0, "{");
    try (var hasty = new Documents(Duration.ofSeconds(1))) {
      assertThatThrownBy(() -> PublishedKeys.of(IssuerAddress.parse(here), hasty))
          .isInstanceOf(IOException.class)
          .hasMessageEndingWith("does not answer within 1 s");
    }
  }

  @Test
  void anIssuerThatIsGoneIsSaidToBeGone() {
    issuer.close();
    refused("openid-configuration cannot be connected to");
  }

  private PublishedKeys fetch() throws IOException, InterruptedException {
    return PublishedKeys.of(IssuerAddress.parse(here), documents);
  }

  private void refused(String why) {
    assertThatThrownBy(this::fetch).isInstanceOf(IOException.class).hasMessageContaining(why);
  }

  private void keys(List<Map<String, Object>> keys) {
    String text = JSONObjectUtils.toJSONString(Map.of("keys", keys));
    issuer.page("/keys", 200, text);
    if (!text.contains("microsoftonline")) {
      issuer.discovery("/a", Map.of("issuer", here, "jwks_uri", issuer.at("/keys")));
    }
  }

  private static Map<String, Object> open(JWK key) {
    return key.toPublicJWK().toJSONObject();
  }

  private static RSAKey weak() throws JOSEException {
    var small = new java.math.BigInteger(1023, new java.util.Random(1)).setBit(1023).setBit(0);
    return new RSAKey.Builder(Base64URL.encode(small), Base64URL.from("AQAB"))
        .keyID("weak")
        .build();
  }
}
