/// Words that every part of Reprise shares and that callers see: refusals and limits.
@org.jspecify.annotations.NullMarked
module dev.reprise.api {
  requires static transitive org.jspecify;

  exports dev.reprise.api;
}
