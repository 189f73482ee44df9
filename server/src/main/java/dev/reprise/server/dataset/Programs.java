package dev.reprise.server.dataset;

import dev.reprise.api.ErrorCode;
import dev.reprise.server.wire.Answer;
import dev.reprise.server.wire.Call;
import dev.reprise.server.wire.Calls;
import io.helidon.http.Method;
import java.util.List;
import java.util.Map;
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
    String name = call.segment("program").orElse("");
    return catalog
        .program(name)
        .orElseThrow(() -> ErrorCode.PATH_UNKNOWN.because("there is no program " + name));
  }
}
