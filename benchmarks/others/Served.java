import java.nio.file.Path;

/// A PostgreSQL that serves until its standard input ends; says the address of each of its
/// databases.
final class Served {
  private Served() {}

  /// @param arguments a folder that is not there yet, and the names of databases
  public static void main(String[] arguments) throws Exception {
    try (var postgres = new Postgres(Path.of(arguments[0]))) {
      for (int i = 1; i < arguments.length; i++) {
        postgres.run("create database " + arguments[i]);
        System.out.println(postgres.url().replace("/postgres?", "/" + arguments[i] + "?"));
      }
      System.in.transferTo(System.out);
    }
  }
}
