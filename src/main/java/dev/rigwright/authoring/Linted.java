package dev.rigwright.authoring;

import dev.rigwright.rulebook.FileModel;
import dev.rigwright.rulebook.RuleModel;
import dev.rigwright.rulebook.Types;
import dev.rigwright.rulebook.Types.Type;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * What lints look at.
 *
 * @param files all rule files, in the order of the strata
 * @param home the folder that sources are relative to
 * @param claims the ids of the guide's claims
 */
record Linted(List<FileModel> files, Types types, Path home, Set<String> claims) {

  /** Calls with each rule and its file. */
  void rules(BiConsumer<FileModel, RuleModel> look) {
    files.forEach(file -> file.rules().forEach(rule -> look.accept(file, rule)));
  }

  /** The type of what a rule inserts; null where it is not known. */
  Type concluded(FileModel file, RuleModel rule) {
    if (rule.consequence() == null || rule.consequence().inserted() == null) {
      return null;
    }
    Map<String, Type> variables = types.variables(file, rule);
    return types.of(file, rule.consequence().inserted(), null, variables);
  }
}
