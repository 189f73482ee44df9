package dev.reprise.server;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameStartingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/// Who may know whom, and which library stays in which room.
class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.reprise");

  @Test
  void featuresMeetWithoutCycles() {
    slices().matching("dev.reprise.server.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void featuresKnowEachOtherInOneDirection() {
    knowsNothingOf("report", "execution", "clock", "contract");
    knowsNothingOf("query", "report", "execution", "delivery", "clock");
    knowsNothingOf("dataset", "query", "report", "execution", "delivery", "clock");
    knowsNothingOf("access", "dataset", "query", "report", "execution", "delivery", "clock");
    knowsNothingOf(
        "rights", "dataset", "query", "report", "execution", "delivery", "clock", "wire");
    knowsNothingOf("delivery", "query", "report", "execution", "clock");
    knowsNothingOf("history", "query", "report", "execution", "delivery", "clock", "engine");
    knowsNothingOf("callback", "execution", "clock", "engine", "watchdog", "metric", "setting");
    knowsNothingOf(
        "receiver",
        "access",
        "report",
        "callback",
        "execution",
        "clock",
        "setting",
        "store",
        "wire");
    knowsNothingOf("report", "callback", "watchdog", "metric");
    knowsNothingOf("execution", "watchdog", "metric");
    knowsNothingOf("console", "access", "dataset", "query", "report", "execution", "delivery");
    for (String low : new String[] {"file", "loop"}) {
      knowsNothingOf(low, "store", "setting", "access", "report", "execution", "delivery", "wire");
    }
    knowsNothingOf("engine", "query", "report", "execution", "delivery", "clock", "wire");
  }

  private static void knowsNothingOf(String feature, String... others) {
    for (String other : others) {
      noClasses()
          .that()
          .resideInAPackage("dev.reprise.server." + feature + "..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.reprise.server." + other + "..")
          .check(CLASSES);
    }
  }

  @Test
  void pureModulesKnowOnlyTheJdkAndTheApi() {
    for (String pure : new String[] {"api", "query", "schedule"}) {
      classes()
          .that()
          .resideInAPackage("dev.reprise." + pure + "..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..", "org.jspecify..", "dev.reprise.api..", "dev.reprise." + pure + "..")
          .check(CLASSES);
    }
  }

  @Test
  void eachLibraryStaysInItsRoom() {
    staysIn(
        "io.helidon..",
        resideInAPackage("dev.reprise.server.wire..")
            .or(resideInAPackage("dev.reprise.server.problem.."))
            .or(JavaClass.Predicates.simpleNameEndingWith("Routes"))
            .or(JavaClass.Predicates.simpleName("Programs"))
            .or(JavaClass.Predicates.simpleName("StandIn"))
            .or(JavaClass.Predicates.simpleName("Web")));
    staysIn("org.jooq..", simpleNameStartingWith("Jooq"));
    staysIn("org.flywaydb..", simpleNameStartingWith("Jooq"));
    staysIn("org.sqlite..", simpleNameStartingWith("Jooq"));
    staysIn("org.postgresql..", simpleNameStartingWith("Jooq"));
    staysIn("org.duckdb..", simpleNameStartingWith("DuckDb"));
    staysIn("com.nimbusds..", resideInAPackage("dev.reprise.server.access.."));
    staysIn("com.sun.jna..", resideInAPackage("dev.reprise.server.file.."));
    staysIn("picocli..", resideInAPackage("dev.reprise.server.setting.."));
    staysIn(
        "org.snakeyaml..",
        resideInAPackage("dev.reprise.server.setting..")
            .or(resideInAPackage("dev.reprise.server.contract..")));
  }

  private static void staysIn(String library, DescribedPredicate<JavaClass> room) {
    noClasses()
        .that(DescribedPredicate.not(inOrOf(room)))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library)
        .check(CLASSES);
  }

  /// A class of the room, or one that is written inside such a class.
  private static DescribedPredicate<JavaClass> inOrOf(DescribedPredicate<JavaClass> room) {
    return DescribedPredicate.describe(
        room.getDescription(),
        type -> {
          JavaClass outer = type;
          while (outer.getEnclosingClass().isPresent()) {
            outer = outer.getEnclosingClass().get();
          }
          return room.test(outer);
        });
  }

  @Test
  void onlyMainAsksWhatTimeItIs() {
    noClasses()
        .that(DescribedPredicate.not(JavaClass.Predicates.type(Server.class)))
        .should()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(Clock.class, "systemUTC")
        .orShould()
        .callMethod(Clock.class, "systemDefaultZone")
        .check(CLASSES);
  }
}
