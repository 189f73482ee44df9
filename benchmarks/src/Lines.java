/// The lines that benchmarks print, all of one shape.
final class Lines {
  private Lines() {}

  /// What was measured, its goal and whether it is met.
  static void goal(String what, String value, String goal, boolean met, String note) {
    System.out.printf(
        "  %-44s %12s  goal %10s %-6s  %s%n", what, value, goal, met ? "met" : "MISSED", note);
  }

  /// What was measured and has no goal.
  static void aside(String what, String value, String note) {
    System.out.printf("  %-44s %12s  %22s  %s%n", what, value, "", note);
  }
}
