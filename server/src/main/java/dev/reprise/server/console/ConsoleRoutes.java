package dev.reprise.server.console;

import dev.reprise.api.ErrorCode;
import dev.reprise.server.wire.OtherMethods;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;

/// Serves the console's files. Anybody may read them: what they show, they ask the public calls
/// for, with the token of who signs in.
public final class ConsoleRoutes implements HttpService {
  /// Where the console is found.
  public static final String PATH = "/console";

  private static final HeaderName POLICY = HeaderNames.create("Content-Security-Policy");
  private static final HeaderName REFERRER = HeaderNames.create("Referrer-Policy");
  private static final HeaderName OPENER = HeaderNames.create("Cross-Origin-Opener-Policy");
  private static final HeaderName RESOURCE = HeaderNames.create("Cross-Origin-Resource-Policy");
  private static final String FOREVER = "public, max-age=31536000, immutable";

  private final ConsoleFiles files;

  public ConsoleRoutes(Console console) {
    this.files = new ConsoleFiles(console);
  }

  @Override
  public void routing(HttpRules rules) {
    rules
        .get("/*", this::answer)
        .head("/*", this::answer)
        .any("/*", OtherMethods.than("GET, HEAD"));
  }

  private void answer(ServerRequest request, ServerResponse response) {
    String path = request.prologue().uriPath().rawPath();
    if (path.equals(PATH)) { // Links are relative to the folder, also behind a prefix.
      response.status(Status.FOUND_302);
      response.header(HeaderNames.LOCATION, "console/");
      response.send();
      return;
    }
    String name = path.substring(PATH.length() + 1);
    if (name.isEmpty()) {
      response.header(POLICY, files.policy);
      send(request, response, files.index, "no-cache");
      return;
    }
    ConsoleFile file =
        files.file(name).orElseThrow(() -> ErrorCode.PATH_UNKNOWN.because("no file " + name));
    send(request, response, file, FOREVER);
  }

  private static void send(
      ServerRequest request, ServerResponse response, ConsoleFile file, String kept) {
    boolean packed =
        request
            .headers()
            .first(HeaderNames.ACCEPT_ENCODING)
            .filter(ConsoleRoutes::takesGzip)
            .isPresent();
    String tag = "\"" + file.tag + (packed ? "-gzip\"" : "\"");
    response.header(HeaderNames.ETAG, tag);
    response.header(HeaderNames.CACHE_CONTROL, kept);
    response.header(HeaderNames.VARY, HeaderNames.ACCEPT_ENCODING.defaultCase());
    response.header(HeaderNames.X_CONTENT_TYPE_OPTIONS, "nosniff");
    response.header(REFERRER, "no-referrer");
    response.header(OPENER, "same-origin");
    response.header(RESOURCE, "same-origin");
    if (request.headers().first(HeaderNames.IF_NONE_MATCH).filter(tag::equals).isPresent()) {
      response.status(Status.NOT_MODIFIED_304).send();
      return;
    }
    response.header(HeaderNames.CONTENT_TYPE, file.type);
    if (packed) {
      response.header(HeaderNames.CONTENT_ENCODING, "gzip");
    }
    byte[] bytes = packed ? file.packed() : file.plain;
    if (request.prologue().method().equals(Method.HEAD)) {
      response.contentLength(bytes.length);
      response.send();
    } else {
      response.send(bytes);
    }
  }

  /// As browsers say it; who says it otherwise gets the plain file, which everybody understands.
  private static boolean takesGzip(String accepted) {
    return accepted.matches("(.*,)?\\s*gzip\\s*(,.*)?");
  }
}
