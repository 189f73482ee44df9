package dev.reprise.server.wire;

import dev.reprise.api.RefusedException;
import java.util.ArrayList;
import java.util.List;

/// The one shape of every answer of the public contract, also of errors.
final class Envelope {
  private Envelope() {}

  static byte[] of(Answer answer, WireProfile profile) {
    return write(answer, 200, profile);
  }

  static byte[] of(RefusedException refused, WireProfile profile) {
    return write(Answer.of(List.of(), refused.text()), refused.code().status(), profile);
  }

  private static byte[] write(Answer answer, int status, WireProfile profile) {
    List<Field> fields = new ArrayList<>();
    fields.add(new Field("Value", answer.value()));
    if (profile == WireProfile.LIVE || answer.next().isPresent()) {
      fields.add(new Field("NextLink", answer.next().orElse(null)));
    }
    fields.add(new Field("TotalCount", answer.total()));
    fields.add(new Field("Message", answer.message()));
    fields.add(new Field("StatusCode", status));
    if (profile == WireProfile.LIVE || answer.redacted()) {
      fields.add(new Field("DataRedacted", answer.redacted()));
    }
    return Json.object(fields, profile::key);
  }
}
