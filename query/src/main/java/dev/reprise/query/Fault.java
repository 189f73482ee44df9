package dev.reprise.query;

import dev.reprise.api.ErrorCode;
import java.util.Optional;

/// One thing that is wrong with a query text.
///
/// - Shape: the message is complete: what is wrong, `(line:column)`, and what to do.
/// - Units: line and column count from 1, column and length in Unicode characters: a tab is one,
///   and so is an emoji. A line ends with LF, CR or both.
///
/// @param suggestion what to write instead at that place, if something valid is near
public record Fault(
    ErrorCode code,
    String message,
    int line,
    int column,
    int length,
    Optional<String> suggestion) {}
