/// Slots, the count and the life of a report: decisions as pure functions. Does no I/O.
@org.jspecify.annotations.NullMarked
module dev.reprise.schedule {
  requires static transitive org.jspecify;
  requires transitive dev.reprise.api;

  exports dev.reprise.schedule;
}
