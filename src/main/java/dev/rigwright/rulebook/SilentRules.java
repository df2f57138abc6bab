package dev.rigwright.rulebook;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The rules that only speak: without them the others decide alike, in less time, and warn of
 * nothing. Which they are is read from what rules conclude and match.
 */
public final class SilentRules {

  /** Calls that conclude what is only said, and its type. */
  private static final Map<String, String> SPOKEN =
      Map.of("caution", "Caution", "conflict", "Conflict", "advice", "Advice");

  /** Who matches one of these matches what is only said as well. */
  private static final Set<String> OPEN = Set.of("Conclusion", "Object", "Record");

  private SilentRules() {}

  /** The rules that nothing hangs on of what is looked at: no fact of it, no rule on the way. */
  public static Set<String> of(Rulebook rulebook, Set<Class<?>> wanted) {
    List<RuleModel> left = new ArrayList<>();
    rulebook.files().forEach(file -> left.addAll(file.model().rules()));
    Set<String> silent = new TreeSet<>();
    for (boolean again = true; again; ) {
      Set<String> read = new HashSet<>();
      wanted.forEach(type -> read.add(type.getSimpleName()));
      left.forEach(rule -> rule.reads().forEach(type -> read.add(simple(type))));
      if (read.stream().anyMatch(OPEN::contains)) {
        return Set.of();
      }
      again =
          left.removeIf(
              rule -> {
                String concluded = concluded(rule);
                return concluded != null && !read.contains(concluded) && silent.add(rule.name());
              });
    }
    return silent;
  }

  /** What a rule concludes, as far as its text alone tells; null where it does not. */
  private static String concluded(RuleModel rule) {
    Expr inserted = rule.consequence() == null ? null : rule.consequence().inserted();
    if (inserted instanceof Expr.New made) {
      return simple(made.type());
    }
    return inserted instanceof Expr.Call call && call.target() == null
        ? SPOKEN.get(call.name())
        : null;
  }

  private static String simple(String type) {
    return type.substring(type.lastIndexOf('.') + 1);
  }
}
