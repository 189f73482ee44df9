package dev.reprise.server.access.issuer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.nimbusds.jose.jwk.RSAKey;
import dev.reprise.server.access.issuer.TokenAnswer.Denied;
import dev.reprise.server.access.issuer.TokenAnswer.Granted;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/// The answers of the stand-in as JSON, spelled as the real token service spells them.
///
/// - Units: numbers of seconds are strings, as clients of version 1 expect.
final class TokenJson {
  private static final JsonFactory JSON = new JsonFactory();
  private static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private TokenJson() {}

  /// Which request an error answers.
  record Trace(Instant at, UUID traceId, String correlationId) {}

  @FunctionalInterface
  private interface Fields {
    void writeTo(JsonGenerator json) throws IOException;
  }

  static byte[] granted(Granted granted) {
    String lifetime = String.valueOf(Grant.LIFETIME.toSeconds());
    return object(json -> {
      json.writeStringField("token_type", "Bearer");
      json.writeStringField("expires_in", lifetime);
      json.writeStringField("ext_expires_in", lifetime);
      switch (granted.version()) {
        case V1 -> {
          json.writeStringField("expires_on", seconds(granted.expires()));
          json.writeStringField("not_before", seconds(granted.issuedAt()));
          json.writeStringField("resource", granted.resource());
        }
        case V2 -> json.writeStringField("scope", granted.resource() + "/.default");
      }
      json.writeStringField("access_token", granted.accessToken());
      if (granted.refreshToken().isPresent()) {
        json.writeStringField("refresh_token", granted.refreshToken().get());
      }
    });
  }

  static byte[] denied(Denied denied, Trace trace) {
    return object(json -> {
      json.writeStringField("error", denied.fault().error());
      json.writeStringField("error_description", denied.description());
      json.writeArrayFieldStart("error_codes");
      json.writeNumber(denied.fault().number());
      json.writeEndArray();
      json.writeStringField("timestamp", TIMESTAMP.format(trace.at()));
      json.writeStringField("trace_id", trace.traceId().toString());
      json.writeStringField("correlation_id", trace.correlationId());
    });
  }

  /// - Source: RFC 7517 section 5.
  static byte[] keys(SigningKey key) {
    RSAKey numbers = new RSAKey.Builder(key.publicKey()).build();
    return object(json -> {
      json.writeArrayFieldStart("keys");
      json.writeStartObject();
      json.writeStringField("kty", "RSA");
      json.writeStringField("use", "sig");
      json.writeStringField("alg", "RS256");
      json.writeStringField("kid", key.id());
      json.writeStringField("n", numbers.getModulus().toString());
      json.writeStringField("e", numbers.getPublicExponent().toString());
      json.writeEndObject();
      json.writeEndArray();
    });
  }

  /// - Limits: nobody signs in here by browser; `authorization_endpoint` is named all the same,
  ///   because discovery demands it and the usual client libraries stop without it.
  /// - Source: OpenID Connect Discovery 1.0 section 3.
  static byte[] discovery(Addresses addresses, Version version, String tenant) {
    return object(json -> {
      json.writeStringField("issuer", addresses.issuer(version, tenant));
      json.writeStringField("token_endpoint", addresses.token(version, tenant));
      json.writeStringField("authorization_endpoint", addresses.authorize(version, tenant));
      json.writeStringField("jwks_uri", addresses.keys(version, tenant));
      strings(
          json,
          "token_endpoint_auth_methods_supported",
          List.of("client_secret_post", "client_secret_basic"));
      strings(
          json,
          "grant_types_supported",
          List.of("client_credentials", "password", "refresh_token"));
      strings(json, "response_types_supported", List.of("token"));
      strings(json, "subject_types_supported", List.of("pairwise"));
      strings(json, "id_token_signing_alg_values_supported", List.of("RS256"));
    });
  }

  private static byte[] object(Fields fields) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      fields.writeTo(json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new IllegalStateException("an answer of the token service cannot be written", e);
    }
    return bytes.toByteArray();
  }

  private static void strings(JsonGenerator json, String name, List<String> values)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (String value : values) {
      json.writeString(value);
    }
    json.writeEndArray();
  }

  private static String seconds(Instant instant) {
    return String.valueOf(instant.getEpochSecond());
  }
}
