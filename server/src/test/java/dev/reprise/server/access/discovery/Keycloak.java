package dev.reprise.server.access.discovery;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Keycloak as a process of its own, with the realm `contoso`: a client for reports and one for
/// something else, Grace with a role and Linus without. It is what the build unpacked.
final class Keycloak implements AutoCloseable {
  private static final Path UNPACKED = Path.of("target", "keycloak");
  private static final String FLAGS =
      "-XX:TieredStopAtLevel=1 --add-opens=java.base/java.lang=ALL-UNNAMED";

  private final HttpClient client = HttpClient.newHttpClient();
  private final Process process;
  private final String baseUrl;

  private Keycloak(Process process, String baseUrl) {
    this.process = process;
    this.baseUrl = baseUrl;
  }

  /// Starts it on a free port and waits until it is ready.
  static Keycloak start() throws IOException {
    Path home = home();
    Path realms = Files.createDirectories(home.resolve("data").resolve("import"));
    try (InputStream realm = Keycloak.class.getResourceAsStream("/keycloak/contoso-realm.json")) {
      Files.copy(realm, realms.resolve("contoso-realm.json"), StandardCopyOption.REPLACE_EXISTING);
    }
    int port = freePort();
    var command =
        new ProcessBuilder(
            home.resolve("bin").resolve("kc.sh").toString(),
            "start-dev",
            "--import-realm",
            "--db=dev-mem",
            "--cache=local",
            "--http-host=127.0.0.1",
            "--http-port=" + port);
    command.environment().put("JAVA_HOME", System.getProperty("java.home"));
    command.environment().put("JAVA_OPTS_APPEND", FLAGS);
    command.environment().put("JAVA_OPTS_KC_HEAP", "-Xms128m -Xmx400m");
    command.environment().put("KC_BOOTSTRAP_ADMIN_USERNAME", "admin");
    command.environment().put("KC_BOOTSTRAP_ADMIN_PASSWORD", "admin-password");
    Process process = command.redirectErrorStream(true).start();
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    StringBuilder said = new StringBuilder();
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      said.append(line).append('\n');
      if (line.contains("Listening on: http")) {
        Thread.ofVirtual()
            .start(() -> out.lines().forEach(rest -> {})); // A full pipe would stop it.
        return new Keycloak(process, "http://127.0.0.1:" + port);
      }
    }
    throw new AssertionError("Keycloak did not start: " + said);
  }

  private static Path home() throws IOException {
    try (Stream<Path> unpacked = Files.list(UNPACKED)) {
      return unpacked
          .filter(path -> Files.exists(path.resolve("bin").resolve("kc.sh")))
          .findFirst()
          .orElseThrow()
          .toAbsolutePath();
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /// Where it is, without a path.
  String host() {
    return baseUrl;
  }

  /// How its realm is named as an issuer.
  String issuer() {
    return baseUrl + "/realms/contoso";
  }

  /// What the client for reports gets for itself.
  String clientToken() {
    return token(
        "contoso", "grant_type=client_credentials&client_id=reports&client_secret=reports-secret");
  }

  /// What the client for something else gets for itself.
  String tokenForSomethingElse() {
    return token(
        "contoso",
        "grant_type=client_credentials&client_id=elsewhere&client_secret=elsewhere-secret");
  }

  /// All that a person gets who signs in with the client for reports.
  Map<String, Object> signIn(String name) {
    return tokens(
        "contoso",
        "grant_type=password&scope=openid&client_id=reports&client_secret=reports-secret&username="
            + name
            + "&password="
            + name
            + "-password");
  }

  /// Signs with a new key from now on, and takes back the keys it signed with before.
  void replaceKeys() throws ParseException {
    String admin =
        token(
            "master",
            "grant_type=password&client_id=admin-cli&username=admin&password=admin-password");
    String components = baseUrl + "/admin/realms/contoso/components";
    String provider = "org.keycloak.keys.KeyProvider";
    String listed = admin("GET", components + "?type=" + provider, "", admin);
    String realm = "";
    for (Map<String, Object> component :
        JSONObjectUtils.getJSONObjectArray(
            JSONObjectUtils.parse("{\"all\":" + listed + "}"), "all")) {
      realm = String.valueOf(component.get("parentId"));
      if ("rsa-generated".equals(component.get("providerId"))) {
        admin("DELETE", components + "/" + component.get("id"), "", admin);
      }
    }
    admin(
        "POST",
        components,
        """
        {"name":"new","providerId":"rsa-generated","providerType":"%s","parentId":"%s",\
        "config":{"priority":["200"],"enabled":["true"],"active":["true"]}}\
        """
            .formatted(provider, realm),
        admin);
  }

  private String token(String realm, String form) {
    return String.valueOf(tokens(realm, form).get("access_token"));
  }

  private Map<String, Object> tokens(String realm, String form) {
    var request =
        HttpRequest.newBuilder(
                URI.create(baseUrl + "/realms/" + realm + "/protocol/openid-connect/token"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form));
    try {
      return JSONObjectUtils.parse(send(request));
    } catch (ParseException e) {
      throw new IllegalStateException(e);
    }
  }

  private String admin(String method, String url, String body, String token) {
    return send(
        HttpRequest.newBuilder(URI.create(url))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body)));
  }

  private String send(HttpRequest.Builder request) {
    try {
      HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
      if (answer.statusCode() >= 300) {
        throw new AssertionError(answer + ": " + answer.body());
      }
      return answer.body();
    } catch (IOException e) {
      throw new IllegalStateException("Keycloak did not answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    client.close();
    List<ProcessHandle> children = process.descendants().toList(); // The script may still wait.
    process.destroy();
    children.forEach(ProcessHandle::destroy);
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
