package dev.rigwright.cli;

import dev.rigwright.audit.DecisionLog;
import dev.rigwright.audit.Rederived;
import dev.rigwright.audit.Why;
import dev.rigwright.audit.WhyQuestion;
import dev.rigwright.report.TextReport;
import dev.rigwright.report.WhyHtml;
import dev.rigwright.report.WhyJson;
import dev.rigwright.report.WhySvg;
import dev.rigwright.report.WhyText;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Proves what a decision says. */
@Command(
    name = "why",
    description = "Proves what a decision says, down to the requirement and the rows of facts.",
    mixinStandardHelpOptions = true)
final class WhyCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private DecisionOptions asked;

  @Option(
      names = "--about",
      paramLabel = "WARNING|PART|CARD",
      description = "A rule, a kind of part or a part, a card, or a claim. Default: how it ends.")
  private String about;

  @Option(
      names = "--depth",
      paramLabel = "N",
      description = "How many conclusions deep it is written out; default: 3, in a graph all.")
  private Integer depth;

  @Option(names = "--all", description = "All of it, down to the last fact.")
  private boolean all;

  @Option(
      names = "--format",
      defaultValue = "text",
      description = "${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}.")
  private Format format;

  @Option(names = "--graph", description = "A picture instead, as SVG.")
  private boolean graph;

  /** How a proof is printed. */
  enum Format {
    /** A tree to read. */
    TEXT,
    /** All statements, each once. */
    JSON,
    /** A page that needs nothing beside itself. */
    HTML
  }

  @Override
  public Integer call() {
    if (depth != null && depth < 1) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "The depth (%d) must be 1 or more.".formatted(depth));
    }
    try (DecisionLog opened = asked.read()) {
      Rederived again = asked.again(opened);
      Why why =
          WhyQuestion.ask(
              again.advisor(), again.requirement(), again.recorded().decisionId(), about);
      spec.commandLine().getOut().println(shown(why).stripTrailing());
      return ExitCode.DONE;
    }
  }

  private String shown(Why why) {
    if (graph) {
      return WhySvg.of(why, depth == null ? Integer.MAX_VALUE : depth);
    }
    int deep = all ? Integer.MAX_VALUE : depth == null ? WhyText.DEPTH : depth;
    return switch (format) {
      case TEXT -> WhyText.of(why, deep, TextReport.Style.of(System.console() != null));
      case JSON -> WhyJson.of(why);
      case HTML -> WhyHtml.of(why, deep);
    };
  }
}
