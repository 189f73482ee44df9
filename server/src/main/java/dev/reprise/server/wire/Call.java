package dev.reprise.server.wire;

import dev.reprise.api.ErrorCode;
import dev.reprise.api.Limits;
import dev.reprise.api.RefusedException;
import dev.reprise.server.access.Caller;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// One request of a caller whose token has been verified.
public final class Call {
  private static final Pattern JSON_TYPE =
      Pattern.compile("application/json\\s*(;.*)?", Pattern.CASE_INSENSITIVE);

  private final ServerRequest request;
  private final Caller caller;
  private final WireProfile profile;
  private final BaseUrl baseUrl;
  private final Map<String, String> segments;
  private final Parameters parameters;

  /// @param segments those that the path leaves open, by name in lower case
  Call(
      ServerRequest request,
      Caller caller,
      WireProfile profile,
      BaseUrl baseUrl,
      Map<String, String> segments) {
    this.request = request;
    this.baseUrl = baseUrl;
    this.caller = caller;
    this.profile = profile;
    this.segments = segments;
    this.parameters = Parameters.parse(request.query().rawValue());
  }

  public Caller caller() {
    return caller;
  }

  public WireProfile profile() {
    return profile;
  }

  /// The parameters of the query string.
  public Parameters parameters() {
    return parameters;
  }

  /// A segment of the path, decoded and in lower case.
  public Optional<String> segment(String name) {
    return Optional.ofNullable(segments.get(name.toLowerCase(Locale.ROOT)));
  }

  /// The version in the path; the old name `/analytics/cmp` means the first.
  public ApiVersion version() {
    return ApiVersion.in(segment("version"));
  }

  /// The body as one JSON object; a request without a body has an empty one.
  public RequestBody body() {
    byte[] bytes = bytes();
    if (bytes.length > 0) {
      String type = request.headers().first(HeaderNames.CONTENT_TYPE).orElse("");
      if (!JSON_TYPE.matcher(type.strip()).matches()) {
        throw ErrorCode.CONTENT_TYPE_INVALID.because(
            type.isEmpty() ? "it is missing" : "it is " + type);
      }
    }
    return RequestBody.parse(bytes);
  }

  /// Where the caller reached the service, such as `http://127.0.0.1:8080`, for links that it
  /// follows.
  public String baseUrl() {
    return baseUrl.of(request);
  }

  /// Which part of a long list is asked for, as a link to a further part says.
  public Page.Part part() {
    return new Page.Part(parameters.skip(), Limits.RECORDS_PER_ANSWER);
  }

  /// A part of a long list, with a link to the next.
  public Answer answer(Page<List<Field>> page, String message) {
    int end = parameters.skip() + page.records().size();
    // Records may go between looking for them and counting them.
    int total = page.records().isEmpty() ? page.total() : Math.max(end, page.total());
    return new Answer(
        page.records(),
        end < total ? Optional.of(linkAfter(end)) : Optional.empty(),
        total,
        message,
        false);
  }

  /// The link to the part of a list that comes after so many records.
  public String linkAfter(int records) {
    return link(Parameters.SKIP, String.valueOf(records));
  }

  /// This call with another value of a parameter, as a link.
  public String link(String parameter, String value) {
    String query = request.query().rawValue();
    String others =
        Arrays.stream(query.split("&", -1))
            .filter(pair -> !pair.isEmpty())
            .filter(pair -> !Parameters.decode(pair.split("=", 2)[0]).equalsIgnoreCase(parameter))
            .map(pair -> pair + "&")
            .collect(Collectors.joining());
    String path = FoldedPath.withoutAuthority(request.path().rawPath());
    return baseUrl() + path + "?" + others + parameter + "=" + value;
  }

  private byte[] bytes() {
    if (!request.content().hasEntity()) {
      return new byte[0];
    }
    try (InputStream in = request.content().inputStream()) {
      byte[] bytes = in.readNBytes(Limits.BODY_BYTES + 1);
      if (bytes.length > Limits.BODY_BYTES) {
        throw ErrorCode.REQUEST_TOO_LARGE.refuse(Limits.BODY_BYTES);
      }
      return bytes;
    } catch (IOException | RuntimeException e) {
      if (e instanceof RefusedException refused) {
        throw refused;
      }
      throw ErrorCode.BODY_INVALID.because("it does not arrive as its headers say");
    }
  }
}
