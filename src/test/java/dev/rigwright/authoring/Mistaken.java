package dev.rigwright.authoring;

import dev.rigwright.authoring.Mutants.Mutant;
import dev.rigwright.rulebook.FileModel;
import dev.rigwright.rulebook.RuleModel;
import dev.rigwright.rulebook.Rulebook;
import dev.rigwright.rulebook.RulebookException;
import dev.rigwright.rulebook.RulebookReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Rulebooks that differ from another by one mistake in one rule, as {@code rules mutate} makes
 * them.
 *
 * @param what the mistake is, and where
 */
public record Mistaken(String what, Rulebook rulebook) {

  /** So many of them that compile, at random. */
  public static List<Mistaken> some(Rulebook of, int count, Random random) {
    List<String> rules = new ArrayList<>(of.rules().keySet());
    List<Mistaken> some = new ArrayList<>();
    while (some.size() < count) {
      String rule = rules.get(random.nextInt(rules.size()));
      List<Mutant> mutants = Mutants.of(of, rule).mutants();
      if (mutants.isEmpty()) {
        continue;
      }
      Mutant mutant = mutants.get(random.nextInt(mutants.size()));
      try {
        some.add(
            new Mistaken(
                "%s: %s becomes %s".formatted(rule, mutant.was(), mutant.becomes()),
                RulebookReader.compile(
                    RulebookReader.parse(Path.of("rules"), texts(of, rule, mutant), of.files()))));
      } catch (RulebookException refused) {
        // Some mistakes the compiler finds.
      }
    }
    return some;
  }

  private static Map<String, String> texts(Rulebook of, String rule, Mutant mutant) {
    Map<String, String> texts = new LinkedHashMap<>();
    of.files().forEach(file -> texts.put(file.path(), file.text()));
    FileModel file = of.file(of.rule(rule).file().replaceFirst("^rules/", "")).model();
    RuleModel model = file.rule(rule);
    texts.put(
        file.path(),
        file.text().substring(0, model.span().start())
            + mutant.text().strip()
            + file.text().substring(model.span().end()));
    return texts;
  }
}
