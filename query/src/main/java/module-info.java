/// The report query language: text in, checked query and SQL out. Does no I/O.
@org.jspecify.annotations.NullMarked
module dev.reprise.query {
  requires static transitive org.jspecify;
  requires transitive dev.reprise.api;

  exports dev.reprise.query;
}
