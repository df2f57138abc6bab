package dev.rigwright.cli;

import dev.rigwright.domain.Claim;
import dev.rigwright.domain.ClaimStatus;
import dev.rigwright.engine.Advisor;
import dev.rigwright.facts.BadInputException;
import dev.rigwright.report.ClaimSearch;
import dev.rigwright.report.ClaimsReport;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows the guide's claims: what each states, its status, and what speaks for or against it. */
@Command(
    name = "claims",
    description = "Shows the guide's claims with their status, what was found, and the evidence.",
    mixinStandardHelpOptions = true)
final class ClaimsCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private HomeOptions home;

  @Parameters(
      arity = "0..*",
      paramLabel = "TEXT",
      description = "Numbers (G083), words, a section, or a status; all of them have to match.")
  private List<String> words = List.of();

  @Option(
      names = "--status",
      split = ",",
      paramLabel = "STATUS",
      description =
          "Only claims of this status: unchecked, confirmed, conditional, reworded, dated, inconsistent, contradicted.")
  private List<String> statuses = List.of();

  @Option(
      names = "--format",
      defaultValue = "text",
      description = "${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}.")
  private TextOrJson format;

  @Override
  public Integer call() {
    List<ClaimStatus> wanted = wanted();
    Advisor advisor = home.advisor();
    List<Claim> found = ClaimSearch.of(advisor.facts().claims(), words, wanted);
    spec.commandLine()
        .getOut()
        .println(
            (format == TextOrJson.JSON
                    ? ClaimsReport.json(advisor.facts(), found)
                    : ClaimsReport.text(advisor.facts(), found))
                .stripTrailing());
    return ExitCode.DONE;
  }

  private List<ClaimStatus> wanted() {
    List<ClaimStatus> wanted = new ArrayList<>();
    for (String word : statuses) {
      wanted.add(
          Arrays.stream(ClaimStatus.values())
              .filter(status -> status.word().equals(word.strip().toLowerCase(Locale.ROOT)))
              .findFirst()
              .orElseThrow(
                  () ->
                      new BadInputException(
                          "",
                          "There is no status (%s). Maybe one of these was meant: %s."
                              .formatted(word, known()))));
    }
    return wanted;
  }

  private static String known() {
    return Arrays.stream(ClaimStatus.values())
        .map(ClaimStatus::word)
        .collect(Collectors.joining(", "));
  }
}
