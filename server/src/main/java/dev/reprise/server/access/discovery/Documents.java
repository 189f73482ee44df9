package dev.reprise.server.access.discovery;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// Fetches JSON objects that issuers publish.
///
/// - Limits: [#LARGEST] bytes, and a time for all of it. Redirects are not followed: the address of
///   an issuer is its name, and what answers in its place is not it.
final class Documents implements AutoCloseable {
  static final int LARGEST = 512 * 1024;

  private final HttpClient client;
  private final Duration patience;

  /// @param patience for one document, from the connection to its last byte
  Documents(Duration patience) {
    this.patience = patience;
    HttpClient.Builder builder =
        HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).connectTimeout(patience);
    @Nullable ProxySelector proxy = ProxySelector.getDefault();
    this.client = (proxy == null ? builder : builder.proxy(proxy)).build();
  }

  /// The object at an address.
  ///
  /// @throws IOException saying in words for the log why there is none
  Map<String, Object> get(URI address) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(address).header("Accept", "application/json").build();
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(request, head -> limited(head.statusCode() == 200 ? LARGEST : 0));
    try {
      return parse(answer.get(patience.toMillis(), TimeUnit.MILLISECONDS));
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException(address + " " + why(e), e);
    } finally {
      answer.cancel(true); // Ends the exchange if it still goes on.
    }
  }

  private static Map<String, Object> parse(HttpResponse<byte[]> answer) throws IOException {
    if (answer.statusCode() != 200) {
      throw new IOException(answer.uri() + " answers " + answer.statusCode());
    }
    try {
      return JSONObjectUtils.parse(new String(answer.body(), StandardCharsets.UTF_8));
    } catch (ParseException e) {
      throw new IOException(answer.uri() + " is not a JSON object", e);
    }
  }

  private static BodySubscriber<byte[]> limited(int most) {
    var bytes = new ByteArrayOutputStream();
    return BodySubscribers.mapping(
        BodySubscribers.ofByteArrayConsumer(part -> {
          byte[] more = part.orElseGet(() -> new byte[0]);
          if (most > 0 && bytes.size() + more.length > most) {
            throw new TooLarge();
          }
          if (most > 0) {
            bytes.writeBytes(more);
          }
        }),
        end -> bytes.toByteArray());
  }

  private String why(Exception failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      switch (cause) {
        case TooLarge tooLarge -> {
          return "is larger than " + LARGEST + " bytes";
        }
        case ConnectException refused -> {
          return "cannot be connected to";
        }
        case SSLException untrusted -> {
          return "cannot be reached securely: " + untrusted.getMessage();
        }
        case TimeoutException late -> {
          return "does not answer within " + patience.toSeconds() + " s";
        }
        default -> {}
      }
    }
    Throwable last = failure.getCause() == null ? failure : failure.getCause();
    return "cannot be read: " + last.getMessage();
  }

  @Override
  public void close() {
    client.shutdownNow();
  }

  private static final class TooLarge extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}
