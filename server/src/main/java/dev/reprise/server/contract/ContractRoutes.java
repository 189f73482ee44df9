package dev.reprise.server.contract;

import dev.reprise.api.ErrorCode;
import dev.reprise.server.dataset.Programs;
import dev.reprise.server.dataset.Programs.Base;
import dev.reprise.server.wire.Calls;
import dev.reprise.server.wire.WireProfile;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The contract and the page that shows it, under every base path; anybody may read them.
public final class ContractRoutes {
  private static final String PAGE = "/swagger";
  private static final String DOCUMENT = PAGE + "/v1/swagger.json";
  private static final String OWN_BASE = "/reprise/v1";
  private static final String DOING = "showing the contract";
  private static final HeaderName POLICY = HeaderNames.create("Content-Security-Policy");

  /// Nothing from elsewhere, and no script but the page's own files.
  private static final String OWN_FILES_ONLY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
          + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private final Programs programs;
  private final Contract contract;

  /// What was sent before, by base path or file name: few and small.
  private final Map<String, Asset> documents = new ConcurrentHashMap<>();

  private final Map<String, Asset> files = new ConcurrentHashMap<>();

  /// @param testClock whether the calls of the test clock are there
  public ContractRoutes(Programs programs, WireProfile profile, boolean testClock) {
    this.programs = programs;
    this.contract = new Contract(profile, testClock);
  }

  public void addTo(Calls calls) {
    programs.open(calls, Method.GET, DOCUMENT, DOING, this::document);
    programs.open(
        calls,
        Method.GET,
        PAGE,
        DOING,
        (request, response, base, segments) -> toIndex(request, response));
    programs.open(
        calls,
        Method.GET,
        PAGE + "/{file}",
        DOING,
        (request, response, base, segments) -> file(request, response, segments));
    calls.open(Method.GET, OWN_BASE + DOCUMENT, DOING, this::ownDocument);
    calls.open(
        Method.GET,
        OWN_BASE + PAGE,
        DOING,
        (request, response, segments) -> toIndex(request, response));
    calls.open(Method.GET, OWN_BASE + PAGE + "/{file}", DOING, this::file);
  }

  private void document(
      ServerRequest request, ServerResponse response, Base base, Map<String, String> segments) {
    send(
        documents.computeIfAbsent(base.path(), path -> json(contract.of(base))), request, response);
  }

  private void ownDocument(
      ServerRequest request, ServerResponse response, Map<String, String> segments) {
    send(documents.computeIfAbsent(OWN_BASE, path -> json(contract.ofOwn())), request, response);
  }

  private static Asset json(byte[] document) {
    return new Asset("application/json; charset=utf-8", document);
  }

  private static void toIndex(ServerRequest request, ServerResponse response) {
    String path = request.path().rawPath();
    String folder = path.endsWith("/") ? path : path + "/";
    String absolute = folder.replaceFirst("^/+", "/"); // Two slashes would name another host.
    response.status(Status.FOUND_302);
    response.header(HeaderNames.LOCATION, absolute + "index.html");
    response.send();
  }

  private void file(ServerRequest request, ServerResponse response, Map<String, String> segments) {
    String name = segments.getOrDefault("file", "");
    Asset asset =
        Optional.ofNullable(files.get(name))
            .or(() -> SwaggerUi.file(name))
            .orElseThrow(() -> ErrorCode.PATH_UNKNOWN.because("no file " + name));
    files.put(name, asset);
    send(asset, request, response);
  }

  private static void send(Asset asset, ServerRequest request, ServerResponse response) {
    response.header(HeaderNames.ETAG, asset.tag);
    response.header(HeaderNames.CACHE_CONTROL, "no-cache"); // To be kept, and asked about.
    response.header(POLICY, OWN_FILES_ONLY);
    response.header(HeaderNames.X_CONTENT_TYPE_OPTIONS, "nosniff");
    if (request.headers().first(HeaderNames.IF_NONE_MATCH).filter(asset.tag::equals).isPresent()) {
      response.status(Status.NOT_MODIFIED_304).send();
      return;
    }
    response.header(HeaderNames.CONTENT_TYPE, asset.type);
    response.send(asset.bytes);
  }
}
