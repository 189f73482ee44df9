package dev.reprise.query;

/// A stretch of the query text in UTF-16 units, half open.
record Span(int start, int end) {
  Span to(Span last) {
    return new Span(start, last.end);
  }
}
