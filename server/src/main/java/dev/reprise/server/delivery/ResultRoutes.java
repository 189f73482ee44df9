package dev.reprise.server.delivery;

import dev.reprise.api.ErrorCode;
import dev.reprise.server.wire.OtherMethods;
import io.helidon.common.parameters.Parameters;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;

/// Downloads by [SignedLinks]: whoever holds the link needs no other right.
///
/// Register under [SignedLinks#PATH]. Part of a file can be asked for, so that a download that
/// broke off can go on; a file is never held in memory. A packed one is sent as it is kept.
public final class ResultRoutes implements HttpService {
  private static final int BUFFER_BYTES = 1 << 16;

  private final SignedLinks links;
  private final ResultStore store;
  private final Function<String, Optional<ResultFile>> results;
  private final Encodings encodings;

  /// @param results what was recorded of the result with a key
  /// @param packed whether downloads are packed unless the request refuses it
  public ResultRoutes(
      SignedLinks links,
      ResultStore store,
      Function<String, Optional<ResultFile>> results,
      boolean packed) {
    this.links = links;
    this.store = store;
    this.results = results;
    this.encodings = packed ? Encodings.UNLESS_REFUSED : Encodings.IF_ACCEPTED;
  }

  @Override
  public void routing(HttpRules rules) {
    rules
        .get("/{key}", this::download)
        .head("/{key}", this::download)
        .any("/{key}", OtherMethods.than("GET, HEAD"));
  }

  private void download(ServerRequest request, ServerResponse response) {
    String key = request.path().pathParameters().get("key");
    links.verify(
        key, query(request, "name"), query(request, "expires"), query(request, "signature"));

    ResultFile result = results.apply(key).orElseThrow(ErrorCode.RESULT_NOT_FOUND::refuse);
    if (result.removedAt().isPresent()) {
      throw ErrorCode.RESULT_REMOVED.refuse();
    }
    try (ResultStore.Stored stored =
        store.open(key).orElseThrow(ErrorCode.RESULT_NOT_FOUND::refuse)) {
      if (stored.bytes() != result.bytes()) {
        throw new IllegalStateException(
            "result %s has %d bytes instead of %d".formatted(key, stored.bytes(), result.bytes()));
      }
      answer(request, response, result, stored);
    } catch (IOException e) {
      throw new UncheckedIOException("result " + key + " cannot be read", e);
    }
  }

  private void answer(
      ServerRequest request, ServerResponse response, ResultFile result, ResultStore.Stored stored)
      throws IOException {
    Optional<String> range = header(request, HeaderNames.RANGE);
    // A part is always a part of the file as it is stored.
    boolean packed =
        range.isEmpty() && encodings.gzip(header(request, HeaderNames.ACCEPT_ENCODING));
    String tag = "\"" + result.sha256() + (packed ? "-gzip\"" : "\"");
    if (header(request, HeaderNames.IF_NONE_MATCH).filter(has -> matches(has, tag)).isPresent()) {
      identify(response, tag);
      response.status(Status.NOT_MODIFIED_304).send();
      return;
    }
    boolean same = header(request, HeaderNames.IF_RANGE).filter(has -> !has.equals(tag)).isEmpty();
    Optional<ByteRange> part =
        range.filter(asked -> same).flatMap(asked -> ByteRange.of(asked, result.bytes()));
    part.ifPresent(bytes -> select(response, bytes, result.bytes()));
    identify(response, tag);
    describe(response, result.key(), query(request, "name"));
    boolean head = request.prologue().method().equals(Method.HEAD);
    if (packed) {
      response.header(HeaderNames.CONTENT_ENCODING, "gzip");
      if (!head) {
        sendPacked(result.key(), response);
      }
    } else {
      ByteRange sent = part.orElse(new ByteRange(0, result.bytes() - 1));
      response.contentLength(sent.length());
      if (!head) {
        send(stored.from(sent.first()), sent.length(), response);
      }
    }
    if (head) {
      response.send(); // Without a length where that is only known once it is packed.
    }
  }

  private void sendPacked(String key, ServerResponse response) throws IOException {
    try (ResultStore.Packed packed =
        store.packed(key).orElseThrow(ErrorCode.RESULT_NOT_FOUND::refuse)) {
      packed.bytes().ifPresent(response::contentLength);
      // Closed only at the end: what is cut short must not look whole to the client.
      OutputStream out = response.outputStream();
      byte[] buffer = new byte[BUFFER_BYTES];
      int read = packed.stream().read(buffer);
      while (read >= 0) {
        int length = read;
        toClient(() -> out.write(buffer, 0, length));
        read = packed.stream().read(buffer);
      }
      toClient(out::close);
    }
  }

  private static void select(ServerResponse response, ByteRange part, long bytes) {
    if (!part.isWithin(bytes)) {
      response.header(HeaderNames.CONTENT_RANGE, "bytes */" + bytes);
      throw ErrorCode.RANGE_UNSATISFIABLE.because("it has " + bytes + " bytes");
    }
    response.status(Status.PARTIAL_CONTENT_206);
    response.header(
        HeaderNames.CONTENT_RANGE, "bytes %d-%d/%d".formatted(part.first(), part.last(), bytes));
  }

  private static void identify(ServerResponse response, String tag) {
    response.header(HeaderNames.ETAG, tag);
    response.header(HeaderNames.CACHE_CONTROL, "private");
    response.header(HeaderNames.VARY, HeaderNames.ACCEPT_ENCODING.defaultCase());
  }

  private static void describe(ServerResponse response, String key, String name) {
    response.header(
        HeaderNames.CONTENT_TYPE,
        (key.endsWith(".csv") ? "text/csv" : "text/tab-separated-values") + "; charset=utf-8");
    response.header(HeaderNames.CONTENT_DISPOSITION, FileName.disposition(name));
    response.header(HeaderNames.X_CONTENT_TYPE_OPTIONS, "nosniff");
    response.header(HeaderNames.ACCEPT_RANGES, "bytes");
  }

  private static void send(InputStream file, long length, ServerResponse response)
      throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    OutputStream out = response.outputStream(); // Closed only at the end, as above.
    long left = length;
    while (left > 0) {
      int read = file.read(buffer, 0, (int) Math.min(left, buffer.length));
      if (read < 0) {
        throw new IllegalStateException("a result ended " + left + " bytes too early");
      }
      toClient(() -> out.write(buffer, 0, read));
      left -= read;
    }
    toClient(out::close);
  }

  private interface Write {
    void run() throws IOException;
  }

  private static void toClient(Write write) {
    try {
      write.run();
    } catch (IOException | UncheckedIOException e) {
      throw new CloseConnectionException("the client went away during a download", e);
    }
  }

  /// Whether `If-None-Match` names this version; compared weakly, as RFC 9110 section 13.1.2 says.
  private static boolean matches(String header, String tag) {
    return Arrays.stream(header.split(","))
        .map(String::strip)
        .anyMatch(item -> item.equals("*") || item.equals(tag) || item.equals("W/" + tag));
  }

  private static Optional<String> header(ServerRequest request, HeaderName name) {
    return request.headers().contains(name)
        ? Optional.of(String.join(",", request.headers().get(name).allValues()))
        : Optional.empty();
  }

  private static String query(ServerRequest request, String name) {
    Parameters query = request.query();
    if (!query.contains(name) || query.all(name).size() != 1) {
      throw ErrorCode.LINK_INVALID.refuse();
    }
    return query.get(name);
  }
}
