package dev.reprise.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.server.tls.PemPair;
import dev.reprise.server.world.Api;
import dev.reprise.server.world.Program;
import dev.reprise.server.world.Reply;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The service listening on https by itself.
class TlsTest {
  private static final String FORM =
      "grant_type=client_credentials&client_id=ada&client_secret=any";

  @TempDir private Path folder;
  private Path certificate;
  private Path key;

  @BeforeEach
  void name() {
    certificate = folder.resolve("certificate.pem");
    key = folder.resolve("key.pem");
  }

  private World world(String... flags) {
    String[] all = new String[flags.length + 4];
    all[0] = "--set";
    all[1] = "listen.tls.certificate=" + certificate;
    all[2] = "--set";
    all[3] = "listen.tls.key=" + key;
    System.arraycopy(flags, 0, all, 4, flags.length);
    return World.in(folder.resolve("data"), all);
  }

  @ParameterizedTest
  @ValueSource(strings = {"RSA", "EC"})
  void tokensCallsAndLinksGoOverHttps(String algorithm) throws Exception {
    PemPair pair = PemPair.make(folder, algorithm);
    pair.write(certificate, key);
    try (World world = world();
        HttpClient client = trusting(pair.certificate(), "TLSv1.2", "TLSv1.3")) {
      assertThat(world.baseUrl()).startsWith("https://127.0.0.1:");
      String token =
          first("access_token", post(client, world.baseUrl() + "/contoso/oauth2/token", FORM, ""));
      String queries = world.baseUrl() + "/insights/v1/cmp/ScheduledQueries";
      String query = "{\"Name\":\"n\",\"Query\":\"SELECT OrderId FROM ISVOrder\"}";
      String queryId = first("QueryId", post(client, queries, query, token));
      String reports = world.baseUrl() + "/insights/v1/cmp/ScheduledReport";
      String report = "{\"ReportName\":\"n\",\"ExecuteNow\":true,\"QueryId\":\"" + queryId + "\"}";
      String reportId = first("ReportId", post(client, reports, report, token));
      post(client, world.baseUrl() + "/reprise/v1/clock", "{\"advance\":\"PT0S\"}", token);
      String link =
          first("ReportAccessSecureLink", get(client, reports + "/execution/" + reportId, token));
      assertThat(link).startsWith(world.baseUrl() + "/reprise/v1/results/");
      assertThat(get(client, link, "").body()).startsWith("OrderId\n");
    }
  }

  @Test
  void thePublicAddressIsTheOneInLinks() throws Exception {
    try (World world =
        World.in(folder.resolve("data"), "--set", "listen.public-url=https://r.example/x/")) {
      Api ada = world.as("ada");
      String report = ada.report(ada.query("SELECT OrderId FROM ISVOrder"), "\"ExecuteNow\":true");
      ada.advance("PT0S");
      Reply execution = ada.get("/ScheduledReport/execution/" + report);
      assertThat(execution.text("ReportAccessSecureLink"))
          .startsWith("https://r.example/x/reprise/v1/results/");
    }
  }

  @Test
  void onlyTls12And13AreSpoken() throws Exception {
    PemPair pair = PemPair.make(folder, "RSA");
    pair.write(certificate, key);
    try (World world = world()) {
      URI base = URI.create(world.baseUrl());
      for (String good : new String[] {"TLSv1.2", "TLSv1.3"}) {
        try (SSLSocket socket = socket(base, pair, good)) {
          socket.startHandshake();
          assertThat(socket.getSession().getProtocol()).isEqualTo(good);
        }
      }
      try (SSLSocket socket = socket(base, pair, "TLSv1.1")) {
        assertThatThrownBy(socket::startHandshake).isInstanceOf(SSLException.class);
      }
      try (HttpClient plain = HttpClient.newHttpClient()) {
        String http = world.baseUrl().replace("https:", "http:") + "/health";
        assertThatThrownBy(() -> get(plain, http, "")).isInstanceOf(IOException.class);
      }
      try (HttpClient stranger = HttpClient.newHttpClient()) {
        assertThatThrownBy(() -> get(stranger, world.baseUrl() + "/health", ""))
            .isInstanceOf(SSLHandshakeException.class);
      }
      try (HttpClient client = trusting(pair.certificate(), "TLSv1.3")) {
        assertThat(get(client, world.baseUrl() + "/health", "").statusCode()).isEqualTo(200);
      }
    }
  }

  @Test
  void aCertificateThatCannotBeUsedStopsTheStartInOneLine() throws Exception {
    World.prepare(folder.resolve("data"));
    Files.writeString(certificate, "not a certificate");
    assertThat(
            Program.run(
                "serve",
                "--port",
                "0",
                "--data",
                folder.resolve("data").toString(),
                "--set",
                "listen.tls.certificate=" + certificate,
                "--set",
                "listen.tls.key=" + key))
        .isEqualTo("2: listen.tls.certificate: " + certificate + " has no certificate\n");
  }

  private static SSLSocket socket(URI base, PemPair pair, String protocol) throws Exception {
    var socket =
        (SSLSocket)
            context(pair.certificate())
                .getSocketFactory()
                .createSocket("127.0.0.1", base.getPort());
    socket.setEnabledProtocols(new String[] {protocol});
    return socket;
  }

  private static HttpClient trusting(X509Certificate certificate, String... protocols)
      throws Exception {
    var parameters = new SSLParameters();
    parameters.setProtocols(protocols);
    return HttpClient.newBuilder()
        .sslContext(context(certificate))
        .sslParameters(parameters)
        .build();
  }

  private static SSLContext context(X509Certificate certificate) throws Exception {
    KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
    trusted.load(null, null);
    trusted.setCertificateEntry("reprise", certificate);
    var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, factory.getTrustManagers(), null);
    return context;
  }

  private static HttpResponse<String> get(HttpClient client, String url, String token)
      throws Exception {
    return client.send(request(url, token).build(), BodyHandlers.ofString());
  }

  private static HttpResponse<String> post(HttpClient client, String url, String body, String token)
      throws Exception {
    String type = body.startsWith("{") ? "application/json" : "application/x-www-form-urlencoded";
    return client.send(
        request(url, token)
            .header("Content-Type", type)
            .POST(BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  private static HttpRequest.Builder request(String url, String token) {
    var request = HttpRequest.newBuilder(URI.create(url));
    return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
  }

  private static String first(String field, HttpResponse<String> response) {
    Matcher matcher = Pattern.compile("\"" + field + "\":\"([^\"]+)\"").matcher(response.body());
    assertThat(matcher.find()).as(response.body()).isTrue();
    return matcher.group(1);
  }
}
