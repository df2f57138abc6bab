package dev.rigwright.authoring;

import dev.rigwright.authoring.Atoms.Atom;
import dev.rigwright.rulebook.Expr;
import dev.rigwright.rulebook.FileModel;
import dev.rigwright.rulebook.RuleModel;
import dev.rigwright.rulebook.RuleModel.Constraint;
import dev.rigwright.rulebook.RuleModel.Pattern;
import dev.rigwright.rulebook.RuleModel.SourceKind;
import dev.rigwright.rulebook.RuleModel.Under;
import dev.rigwright.rulebook.Span;
import dev.rigwright.rulebook.Types.Type;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Conditions that can never hold. Decided are comparisons of one pattern's fields with literals,
 * enum constants, null and variables, through and and or; and a negated pattern that asks no more
 * than a positive one finds.
 */
final class ConditionLint implements Lint {

  @Override
  public void look(Linted linted, Consumer<Finding> found) {
    linted.rules(
        (file, rule) -> {
          Canonical canonical = canonical(file, rule);
          for (Pattern pattern : rule.patterns()) {
            pattern(linted, file, canonical, pattern, found);
          }
          negations(rule, canonical, found);
        });
  }

  private static Canonical canonical(FileModel file, RuleModel rule) {
    return new Canonical(file, rule, IntStream.range(0, rule.patterns().size()).boxed().toList());
  }

  private static void pattern(
      Linted linted,
      FileModel file,
      Canonical canonical,
      Pattern pattern,
      Consumer<Finding> found) {
    Type type = linted.types().resolve(file, pattern.type());
    List<List<Atom>> ways = List.of(List.of());
    for (Constraint constraint : pattern.constraints()) {
      List<List<Atom>> own = Atoms.ways(constraint.expression(), canonical::words);
      List<List<Atom>> joined = new ArrayList<>();
      for (List<Atom> way : Atoms.both(ways, own)) {
        if (!Atoms.impossible(way, left -> whole(linted, file, type, left))) {
          joined.add(way);
        }
      }
      if (joined.isEmpty()) {
        found.accept(never(constraint.span(), pattern));
        return;
      }
      ways = joined;
    }
  }

  private static boolean whole(Linted linted, FileModel file, Type type, String left) {
    Span nowhere = new Span("", 1, 1, 1, 1, 0, 0);
    Type its =
        type == null
            ? null
            : linted.types().of(file, new Expr.Path(nowhere, left), type, java.util.Map.of());
    return its != null && its.whole();
  }

  private static Finding never(Span place, Pattern pattern) {
    return Finding.error(
        place,
        "never-holds",
        pattern.negated()
            ? "No %s can fulfil this together with what stands before it, so its negation always holds. Maybe one of the limits is another."
                .formatted(pattern.type())
            : "No %s can fulfil this together with what stands before it. Maybe one of the limits is another, or an or was meant."
                .formatted(pattern.type()));
  }

  private static void negations(RuleModel rule, Canonical canonical, Consumer<Finding> found) {
    for (Pattern negated : rule.patterns()) {
      if (!negated.under().equals(List.of(Under.NOT))
          || negated.from() != SourceKind.MEMORY
          || rule.patterns().stream().filter(p -> p.group() == negated.group()).count() > 1) {
        continue;
      }
      for (Pattern positive : rule.patterns()) {
        if ((positive.under().isEmpty() || positive.under().equals(List.of(Under.EXISTS)))
            && positive.from() == SourceKind.MEMORY
            && positive.type().equals(negated.type())
            && words(canonical, positive).containsAll(words(canonical, negated))) {
          found.accept(
              Finding.error(
                  negated.span(),
                  "never-holds",
                  "The rule finds such a %s above and negates it here. Maybe the negation wants to ask for more."
                      .formatted(negated.type())));
          break;
        }
      }
    }
  }

  private static Set<String> words(Canonical canonical, Pattern pattern) {
    Set<String> words = new LinkedHashSet<>();
    pattern.constraints().forEach(constraint -> words.add(canonical.words(constraint)));
    return words;
  }
}
