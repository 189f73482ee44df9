package dev.reprise.server.wire;

import dev.reprise.api.RefusedException;
import java.util.ArrayList;
import java.util.List;

/// The one shape of every answer of the public contract, also of errors.
final class Envelope {
  private Envelope() {}

  static byte[] of(Answer answer, WireProfile profile) {
    return write(answer.value(), answer.total(), answer.message(), 200, profile);
  }

  static byte[] of(RefusedException refused, WireProfile profile) {
    return write(List.of(), 0, refused.text(), refused.code().status(), profile);
  }

  private static byte[] write(
      List<List<Field>> value, long total, String message, int status, WireProfile profile) {
    List<Field> fields = new ArrayList<>();
    fields.add(new Field("Value", value));
    if (profile == WireProfile.LIVE) {
      fields.add(new Field("NextLink", null));
    }
    fields.add(new Field("TotalCount", total));
    fields.add(new Field("Message", message));
    fields.add(new Field("StatusCode", status));
    if (profile == WireProfile.LIVE) {
      fields.add(new Field("DataRedacted", false));
    }
    return Json.object(fields, profile::key);
  }
}
