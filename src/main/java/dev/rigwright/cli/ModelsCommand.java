package dev.rigwright.cli;

import dev.rigwright.domain.Model;
import dev.rigwright.domain.Service;
import dev.rigwright.facts.Facts;
import dev.rigwright.facts.Names;
import dev.rigwright.report.CatalogueReport;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows the models that the facts hold. */
@Command(
    name = "models",
    description = "Shows the models that are known, or those whose name holds a text.",
    mixinStandardHelpOptions = true,
    subcommands = ModelsImportCommand.class)
final class ModelsCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private HomeOptions home;

  @Parameters(arity = "0..1", paramLabel = "TEXT", description = "A name, or a part of one.")
  private String text = "";

  @Option(
      names = "--format",
      defaultValue = "text",
      description = "${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}.")
  private TextOrJson format;

  @Option(names = "--sources", description = "Show confidence, date, source and notes as well.")
  private boolean sources;

  @Override
  public Integer call() {
    Facts facts = home.readFacts();
    List<String> ids = new Names(facts).modelsLike(text);
    List<Model> models = facts.models().stream().filter(model -> ids.contains(model.id())).toList();
    List<Service> services =
        facts.services().stream().filter(service -> ids.contains(service.id())).toList();
    spec.commandLine()
        .getOut()
        .println(
            (format == TextOrJson.JSON
                    ? CatalogueReport.json(facts, models, services)
                    : CatalogueReport.text(models, services, sources))
                .stripTrailing());
    return ExitCode.DONE;
  }
}
