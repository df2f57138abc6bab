package dev.rigwright.authoring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rigwright.Home;
import dev.rigwright.rulebook.RulebookReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Each folder of {@code broken} holds rules with a mistake, what has to be found in them and where,
 * and the same rules without it.
 */
class CheckTest {

  private static final Path BROKEN = Home.PATH.resolve("src/test/resources/broken");

  private static List<Path> folders() throws IOException {
    try (Stream<Path> folders = Files.list(BROKEN)) {
      return folders.sorted().toList();
    }
  }

  /** The findings in a folder; its cases are run where it has some. */
  private static List<Finding> findings(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      boolean cases = paths.anyMatch(path -> path.toString().endsWith(".cases.json"));
      var claims = Home.advisor().facts().claims();
      return (cases
              ? Check.folder(folder, Home.PATH, claims)
              : Check.texts(RulebookReader.texts(folder), Home.PATH, claims))
          .findings();
    }
  }

  private static String shown(Finding finding) {
    return finding.place() + " " + finding.code();
  }

  @TestFactory
  Stream<DynamicTest> exactly_the_mistake_is_found_at_its_place() throws IOException {
    assertThat(folders()).hasSizeGreaterThanOrEqualTo(40);
    return folders().stream()
        .map(
            folder ->
                DynamicTest.dynamicTest(
                    folder.getFileName().toString(),
                    () -> {
                      List<Finding> findings = findings(folder.resolve("bad"));
                      List<String> expected = Files.readAllLines(folder.resolve("expected.txt"));
                      assertThat(expected).isNotEmpty();
                      assertThat(findings.stream().map(CheckTest::shown))
                          .as("%s", findings)
                          .containsExactlyInAnyOrderElementsOf(expected);
                      assertThat(findings).allSatisfy(f -> assertThat(f.message()).isNotBlank());
                    }));
  }

  @TestFactory
  Stream<DynamicTest> nothing_is_found_without_the_mistake() throws IOException {
    return folders().stream()
        .map(
            folder ->
                DynamicTest.dynamicTest(
                    folder.getFileName().toString(),
                    () -> assertThat(findings(folder.resolve("good"))).isEmpty()));
  }

  @Test
  void the_shipped_rules_and_their_cases_give_no_finding() {
    Check.Report report =
        Check.folder(Home.PATH.resolve("rules"), Home.PATH, Home.advisor().facts().claims());
    assertThat(report.rules()).isEqualTo(Home.advisor().rulebook().rules().size()).isPositive();
    assertThat(report.findings()).isEmpty();
  }
}
