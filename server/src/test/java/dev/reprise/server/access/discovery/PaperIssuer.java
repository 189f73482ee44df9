package dev.reprise.server.access.discovery;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/// An issuer made of two documents, which a test writes as it likes.
final class PaperIssuer implements AutoCloseable {
  static final RSAKey FIRST = key("first");
  static final RSAKey SECOND = key("second");

  final AtomicInteger requests = new AtomicInteger();
  private final Map<String, Page> pages = new ConcurrentHashMap<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server;

  private record Page(int status, String body) {}

  PaperIssuer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::answer);
    server.setExecutor(threads);
    server.start();
  }

  static RSAKey key(String id) {
    try {
      return new RSAKeyGenerator(2048).keyID(id).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Its address with a path.
  String at(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  /// Publishes keys at a path under a name, as a good issuer does.
  void publish(String path, String name, JWK... keys) {
    List<Map<String, Object>> open =
        List.of(keys).stream().map(key -> key.toPublicJWK().toJSONObject()).toList();
    page("/keys" + path, 200, JSONObjectUtils.toJSONString(Map.of("keys", open)));
    discovery(path, Map.of("issuer", name, "jwks_uri", at("/keys" + path)));
  }

  void discovery(String path, Map<String, Object> document) {
    page(path + "/.well-known/openid-configuration", 200, JSONObjectUtils.toJSONString(document));
  }

  void page(String path, int status, String body) {
    pages.put(path, new Page(status, body));
  }

  static String token(RSAKey key, JWTClaimsSet claims) {
    try {
      var header = new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build();
      SignedJWT jwt = new SignedJWT(header, claims);
      jwt.sign(new RSASSASigner(key));
      return jwt.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    requests.incrementAndGet();
    Page page = pages.getOrDefault(exchange.getRequestURI().getPath(), new Page(404, ""));
    byte[] body = page.body().getBytes(StandardCharsets.UTF_8);
    if (page.status() == 302) {
      exchange.getResponseHeaders().add("Location", page.body());
    }
    if (page.status() == 0) { // Half an answer, and then silence.
      exchange.sendResponseHeaders(200, 1_000_000);
      exchange.getResponseBody().write(body);
      exchange.getResponseBody().flush();
      return;
    }
    exchange.sendResponseHeaders(page.status(), body.length == 0 ? -1 : body.length);
    try (var out = exchange.getResponseBody()) {
      out.write(body);
    } catch (IOException gone) {
      exchange.close(); // The reader has had enough, as some tests want.
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
