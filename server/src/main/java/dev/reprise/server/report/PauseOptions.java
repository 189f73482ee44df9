package dev.reprise.server.report;

import dev.reprise.api.ErrorCode;
import dev.reprise.api.Limits;
import dev.reprise.server.wire.Call;
import dev.reprise.server.wire.RequestBody;
import java.util.Map;
import java.util.Optional;

/// What a caller may say with a pause or a resume, in the body or as a parameter.
///
/// - Limits: what is not built yet is refused, so that nobody is given another pause than asked
///   for.
record PauseOptions(Optional<String> reason) {
  /// The one value that each option may have so far.
  private static final Map<String, String> ONLY =
      Map.of("mode", "finish", "catchUp", "skip", "dryRun", "false");

  static PauseOptions read(Call call) {
    RequestBody body = call.body();
    ONLY.forEach((name, only) -> {
      Optional<String> value = option(name, body, call);
      if (value.filter(text -> !text.equalsIgnoreCase(only)).isPresent()) {
        throw ErrorCode.VALUE_INVALID.because(
            name + " can only be " + only + " so far, it is " + value.get());
      }
    });
    for (String name : new String[] {"until", "plan"}) {
      if (option(name, body, call).isPresent()) {
        throw ErrorCode.VALUE_INVALID.because(name + " is not supported yet");
      }
    }
    Optional<String> reason = option("reason", body, call);
    if (reason.filter(text -> text.length() > Limits.REASON_CHARACTERS).isPresent()) {
      throw ErrorCode.VALUE_INVALID.because(
          "reason is limited to "
              + Limits.REASON_CHARACTERS
              + " characters, it has "
              + reason.get().length());
    }
    return new PauseOptions(reason);
  }

  private static Optional<String> option(String name, RequestBody body, Call call) {
    return body.text(name).or(() -> call.parameters().text(name));
  }
}
