package dev.rigwright.accuracy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rigwright.Home;
import dev.rigwright.domain.PolicyFigures;
import dev.rigwright.facts.FactsReader;
import dev.rigwright.facts.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The estimates keep to their bounds, and would be caught where they did not. */
class AccuracyTest {

  private static final Path FACTS = Home.PATH.resolve("facts");
  private static final Path PAGE = Home.PATH.resolve("src/site/markdown/accuracy.md");

  @Test
  void every_estimate_keeps_to_its_bound() {
    assertThat(Accuracy.of(Home.advisor().facts(), FACTS).failures()).isEmpty();
  }

  @Test
  void the_page_is_what_the_estimates_say_today() throws IOException {
    String markdown = Accuracy.of(Home.advisor().facts(), FACTS).markdown();
    if (Boolean.getBoolean("rigwright.approve")) {
      Files.writeString(PAGE, markdown);
    }
    assertThat(markdown)
        .as("src/site/markdown/accuracy.md; renew it with -Drigwright.approve=true, and read it")
        .isEqualTo(Files.readString(PAGE));
  }

  @Test
  void what_is_marked_as_fitted_is_what_is_fitted_and_at_most_twelve() throws IOException {
    List<String> marked = new ArrayList<>();
    Json.MAPPER
        .readTree(FACTS.resolve("policy.json").toFile())
        .path("figures")
        .forEach(
            figure -> {
              if (figure.path("fitted").asBoolean()) {
                marked.add(figure.path("name").asText());
              }
            });
    assertThat(marked)
        .containsExactlyInAnyOrderElementsOf(Calibration.names())
        .hasSizeLessThanOrEqualTo(12);
  }

  @ParameterizedTest
  @CsvSource({
    "decodeBandwidthShare, 0.5, Decode",
    "prefillTensorShare, 0.1, Prompt",
    "activationCopies, 30, transformers",
    "cudaContextGib, 6, Fit",
    "speedBandShare, 0.01, Band",
    "decodeSecondsPerLayer, 0.0001, decodeSecondsPerLayer",
  })
  void a_constant_that_is_off_is_noticed(String name, double value, String failing)
      throws IOException {
    assertThat(Accuracy.of(Home.advisor().facts(), with(name, value), FACTS).failures())
        .anyMatch(failure -> failure.contains(failing));
  }

  @Test
  void a_measurement_that_contradicts_an_estimate_is_noticed(@TempDir Path folder)
      throws IOException {
    Path copy = copied(folder);
    Path weights = copy.resolve("measurements/weights.csv");
    String text = Files.readString(weights);
    assertThat(text).contains("41607438677,B");
    Files.writeString(weights, text.replace("41607438677,B", "51607438677,B"));
    assertThat(Accuracy.of(FactsReader.read(copy), copy).failures())
        .singleElement()
        .asString()
        .contains("Weights");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "llama-3-8b,q4_k_m,8192,rtx-3070,1 | deepseek-v4-pro,q4_k_m,8192,rtx-3070,1 | is not known well enough",
        "llama-3-8b,q4_k_m,8192,rtx-3070,1 | llama-3-8b,q4_k_m,8192,rtx-3O70,1 | The gpu (rtx-3O70) is not in the catalogue",
        "qwen2.5-7b,bf16,1,a100-pcie-80gb,1 | deepseek-v4-pro,bf16,1,a100-pcie-80gb,1 | The attention of model (deepseek-v4-pro) is not known",
      })
  void a_run_without_an_estimate_counts_as_unanswered(
      String shipped, String unknown, String because, @TempDir Path folder) throws IOException {
    Path copy = copied(folder);
    Path fits = copy.resolve("measurements/fit.csv");
    String text = Files.readString(fits);
    assertThat(text).containsOnlyOnce(shipped);
    Files.writeString(fits, text.replace(shipped, unknown));
    int all = text.lines().toList().size() - 1;
    Accuracy.Result result = Accuracy.of(FactsReader.read(copy), copy);
    assertThat(result.failures())
        .singleElement()
        .asString()
        .startsWith("Fit: %d of %d rows answered; ".formatted(all - 1, all))
        .contains(because);
    assertThat(result.markdown().lines().filter(line -> line.endsWith("|  | no estimate |")))
        .singleElement()
        .asString()
        .contains(unknown.substring(0, unknown.indexOf(',')));
  }

  private static PolicyFigures with(String name, double value) throws IOException {
    ObjectNode figures = Json.MAPPER.valueToTree(Home.advisor().facts().figures());
    assertThat(figures.has(name)).as(name).isTrue();
    figures.put(name, value);
    return Json.MAPPER.treeToValue(figures, PolicyFigures.class);
  }

  private static Path copied(Path folder) throws IOException {
    Path copy = folder.resolve("facts");
    try (var files = Files.walk(FACTS)) {
      for (Path file : files.toList()) {
        Path to = copy.resolve(FACTS.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(to);
        } else {
          Files.copy(file, to);
        }
      }
    }
    return copy;
  }
}
