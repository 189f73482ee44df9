package dev.reprise.server.dataset;

import dev.reprise.api.ErrorCode;
import dev.reprise.server.wire.Answer;
import dev.reprise.server.wire.ApiVersion;
import dev.reprise.server.wire.Call;
import dev.reprise.server.wire.Calls;
import io.helidon.http.Method;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Where the calls of a program are found, and how what they answer looks.
public final class Programs {
  private static final String BASE = "/insights/{version}/{program}";

  /// Carries out a call that is made under a program.
  @FunctionalInterface
  public interface Handler {
    Answer answer(Call call, Program program);
  }

  /// Answers a call under a program that is open to everybody.
  @FunctionalInterface
  public interface OpenHandler {
    /// Sends the answer.
    ///
    /// @param segments those that the path leaves open, by name, all in lower case
    void answer(
        ServerRequest request, ServerResponse response, Base base, Map<String, String> segments);
  }

  /// Where the calls of a program are found.
  ///
  /// @param path such as `/insights/v1/cmp`
  public record Base(String path, Program program, ApiVersion version) {}

  private final Catalog catalog;

  public Programs(Catalog catalog) {
    this.catalog = catalog;
  }

  /// Adds a call under every base path.
  public void on(Calls calls, Method method, String path, String doing, Handler handler) {
    calls.on(method, BASE + path, doing, call -> handler.answer(call, named(call)));
    for (Program program : catalog.programs()) {
      for (String base : program.file().oldBasePaths()) {
        calls.on(method, base + path, doing, call -> handler.answer(call, program));
      }
    }
  }

  /// Adds a call that everybody may make, under every base path.
  public void open(Calls calls, Method method, String path, String doing, OpenHandler handler) {
    calls.open(
        method,
        BASE + path,
        doing,
        (request, response, segments) ->
            handler.answer(request, response, base(segments), segments));
    for (Program program : catalog.programs()) {
      for (String old : program.file().oldBasePaths()) {
        var base = new Base(old, program, ApiVersion.V1);
        calls.open(
            method,
            old + path,
            doing,
            (request, response, segments) -> handler.answer(request, response, base, segments));
      }
    }
  }

  private Base base(Map<String, String> segments) {
    ApiVersion version = ApiVersion.in(Optional.ofNullable(segments.get("version")));
    Program program = named(segments.getOrDefault("program", ""));
    return new Base("/insights/" + version.segment() + "/" + program.name(), program, version);
  }

  /// How records of one kind look under each program and version.
  ///
  /// @param names which of its lists of fields is about these records
  /// @param values what each field shows
  public <T> Views<T> views(
      Function<ProgramFile.Look, List<String>> names,
      Map<String, Function<T, @Nullable Object>> values) {
    return new Views<>(catalog.programs(), names, values);
  }

  private Program named(Call call) {
    call.version(); // Refuses a path with a version that there is not.
    return named(call.segment("program").orElse(""));
  }

  private Program named(String program) {
    return catalog
        .program(program)
        .orElseThrow(() -> ErrorCode.PATH_UNKNOWN.because("there is no program " + program));
  }
}
