package dev.reprise.server.wire;

import org.jspecify.annotations.Nullable;

/// One field of an answer, in the order in which it is written.
///
/// @param name as the public pages spell it; the profile decides the casing on the wire
/// @param value text, number, boolean, a list of such, a list of lists of fields, [Json.Text], or
///   null
/// @param verbatim whether the name is a caller's own and keeps its spelling in every profile
public record Field(String name, @Nullable Object value, boolean verbatim) {
  public Field(String name, @Nullable Object value) {
    this(name, value, false);
  }
}
