package dev.rigwright;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.rigwright", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule domain_knows_java_alone =
      classes()
          .that()
          .resideInAPackage("..domain..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("java..", "dev.rigwright.domain..");

  @ArchTest
  static final ArchRule estimates_know_the_domain_alone =
      classes()
          .that()
          .resideInAPackage("..estimate..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("java..", "dev.rigwright.domain..", "dev.rigwright.estimate..");

  @ArchTest
  static final ArchRule only_rulebook_and_engine_know_drools =
      noClasses()
          .that()
          .resideOutsideOfPackages("..rulebook..", "..engine..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.kie..", "org.drools..");

  @ArchTest
  static final ArchRule dependencies_point_one_way =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("cli")
          .definedBy("..cli..")
          .layer("web")
          .definedBy("..web..")
          .layer("desks")
          .definedBy("..authoring..", "..batch..", "..report..", "..accuracy..", "..audit..")
          .layer("engine")
          .definedBy("..engine..")
          .layer("sources")
          .definedBy("..rulebook..", "..facts..")
          .layer("estimate")
          .definedBy("..estimate..")
          .layer("domain")
          .definedBy("..domain..")
          .whereLayer("cli")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("web")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("desks")
          .mayOnlyBeAccessedByLayers("cli", "web")
          .whereLayer("engine")
          .mayOnlyBeAccessedByLayers("cli", "web", "desks")
          .whereLayer("sources")
          .mayOnlyBeAccessedByLayers("cli", "web", "desks", "engine")
          .whereLayer("estimate")
          .mayOnlyBeAccessedByLayers("cli", "web", "desks", "engine", "sources");

  @ArchTest
  static final ArchRule nobody_asks_the_clock_but_the_command_line =
      noClasses()
          .that()
          .resideOutsideOfPackage("..cli..")
          .should()
          .callMethod(java.time.LocalDate.class, "now")
          .orShould()
          .callMethod(java.time.Instant.class, "now")
          .orShould()
          .callMethod(System.class, "currentTimeMillis");
}
