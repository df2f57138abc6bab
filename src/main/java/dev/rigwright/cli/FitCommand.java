package dev.rigwright.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import dev.rigwright.engine.Advisor;
import dev.rigwright.engine.Fitting;
import dev.rigwright.facts.BadInputException;
import dev.rigwright.report.FitReport;
import dev.rigwright.report.TextReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Estimates whether models go onto given cards, and how fast they are there. */
@Command(
    name = "fit",
    description = "Estimates whether a model fits on given cards, and how fast it is there.",
    mixinStandardHelpOptions = true)
final class FitCommand implements Callable<Integer> {

  /** What is asked, on the command line or in a file. */
  static final class Source {
    @Option(names = "--model", paramLabel = "M", description = "The language model.")
    private String model;

    @Option(
        names = "--from",
        paramLabel = "CSV",
        description =
            "Answer each row of a file, one JSON line each. Columns are named as the options.")
    private Path from;
  }

  @Spec private CommandSpec spec;
  @Mixin private HomeOptions home;

  @ArgGroup(multiplicity = "1")
  private Source source;

  @Option(names = "--gpu", paramLabel = "G", description = "The card.")
  private String gpu;

  @Option(names = "--count", paramLabel = "N", description = "Cards of it. Default: 1.")
  private String count;

  @Option(names = "--quant", paramLabel = "Q", description = "Format of the weights.")
  private String quant;

  @Option(names = "--context", paramLabel = "T", description = "Tokens that each session holds.")
  private String context;

  @Option(names = "--users", paramLabel = "U", description = "Sessions at the same time.")
  private String users;

  @Option(names = "--kv-cache", paramLabel = "K", description = "f16, bf16, q8_0 or q4_0.")
  private String kvCache;

  @Option(names = "--engine", paramLabel = "E", description = "llama.cpp or vllm.")
  private String engine;

  @Option(names = "--ram", paramLabel = "GIB", description = "System memory of the machine.")
  private String ram;

  @Option(names = "--prompt", paramLabel = "T", description = "Tokens of a prompt.")
  private String prompt;

  @Option(names = "--answer", paramLabel = "T", description = "Tokens of an answer.")
  private String answer;

  @Option(
      names = "--with",
      paramLabel = "MODEL",
      split = ",",
      description = "Models that share the machine: speech, embeddings, reranking.")
  private List<String> with;

  @Option(names = "--headless", description = "No display hangs on the card.")
  private boolean headless;

  @Option(
      names = "--format",
      defaultValue = "text",
      description = "${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}.")
  private TextOrJson format;

  @Override
  public Integer call() throws IOException {
    Advisor advisor = home.advisor();
    return source.from == null ? one(advisor) : each(advisor);
  }

  private int one(Advisor advisor) {
    Map<String, String> asked = options();
    Fitting fitting;
    try {
      fitting = FitQuestion.of(asked).answered(advisor, LocalDate.now());
    } catch (BadInputException refused) {
      refused.problems().forEach(problem -> spec.commandLine().getErr().println(problem));
      return ExitCode.USAGE;
    }
    String shown =
        format == TextOrJson.JSON
            ? FitReport.json(fitting)
            : FitReport.text(fitting, TextReport.Style.of(System.console() != null));
    spec.commandLine().getOut().println(shown.stripTrailing());
    return fitting.holds() ? ExitCode.DONE : ExitCode.NEGATIVE;
  }

  /** What was given on the command line; columns of a file go before it. */
  private Map<String, String> options() {
    Map<String, String> asked = new LinkedHashMap<>();
    put(asked, "model", source.model);
    put(asked, "gpu", gpu);
    put(asked, "count", count);
    put(asked, "quant", quant);
    put(asked, "context", context);
    put(asked, "users", users);
    put(asked, "kv-cache", kvCache);
    put(asked, "engine", engine);
    put(asked, "ram", ram);
    put(asked, "prompt", prompt);
    put(asked, "answer", answer);
    put(asked, "with", with == null ? null : String.join(",", with));
    put(asked, "headless", headless ? "true" : null);
    return asked;
  }

  private static void put(Map<String, String> asked, String option, String value) {
    if (value != null) {
      asked.put(option, value);
    }
  }

  private int each(Advisor advisor) throws IOException {
    int worst = ExitCode.DONE;
    boolean headed = false;
    try (CsvReader<NamedCsvRecord> rows =
        CsvReader.builder().detectBomHeader(true).ofNamedCsvRecord(source.from)) {
      for (NamedCsvRecord row : rows) {
        if (!headed) {
          header(row);
          headed = true;
        }
        worst = Math.max(worst, row(advisor, row));
      }
    } catch (NoSuchFileException missing) {
      throw new BadInputException(
          "", "There is no file %s. Maybe the path is another one.".formatted(source.from));
    }
    if (!headed) {
      throw new BadInputException(
          "",
          "%s (%d bytes) holds no row. Its first line names the columns: %s."
              .formatted(source.from, Files.size(source.from), FitQuestion.options()));
    }
    return worst;
  }

  /** What does not name an option is carried along, and said once. */
  private void header(NamedCsvRecord row) {
    List<String> unknown = new ArrayList<>();
    TreeSet<String> known = new TreeSet<>();
    for (String column : row.getHeader()) {
      String option = FitQuestion.option(column);
      if (option == null) {
        unknown.add(column);
      } else if (!known.add(option)) {
        throw new BadInputException(
            "", "%s has two columns for --%s.".formatted(source.from, option));
      }
    }
    if (!known.contains("model") || !known.contains("gpu")) {
      throw new BadInputException(
          "",
          "%s needs the columns model and gpu; it has %s. All that are read: %s."
              .formatted(source.from, String.join(", ", row.getHeader()), FitQuestion.options()));
    }
    if (!unknown.isEmpty()) {
      spec.commandLine()
          .getErr()
          .println("Not read, only repeated: " + String.join(", ", unknown) + ".");
    }
  }

  private int row(Advisor advisor, NamedCsvRecord row) {
    Map<String, String> asked = options();
    ObjectNode input = FitReport.object();
    for (String column : row.getHeader()) {
      String value = row.findField(column).orElse("").strip();
      input.put(column, value);
      String option = FitQuestion.option(column);
      if (option != null && !value.isEmpty()) {
        asked.put(option, value);
      }
    }
    ObjectNode line = FitReport.object();
    line.put("line", row.getStartingLineNumber());
    line.set("input", input);
    int code;
    try {
      Fitting fitting = FitQuestion.of(asked).answered(advisor, LocalDate.now());
      JsonNode answer = FitReport.tree(fitting);
      answer.properties().forEach(field -> line.set(field.getKey(), field.getValue()));
      code = fitting.holds() ? ExitCode.DONE : ExitCode.NEGATIVE;
    } catch (BadInputException refused) {
      var problems = line.putArray("problems");
      refused.problems().forEach(problem -> problems.add(problem.toString()));
      code = ExitCode.USAGE;
    }
    spec.commandLine().getOut().println(line);
    return code;
  }
}
