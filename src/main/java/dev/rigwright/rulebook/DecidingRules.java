package dev.rigwright.rulebook;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.kie.api.KieBase;

/**
 * The rules of a rulebook without those that only speak: they decide alike, in less time, and warn
 * of nothing. Which do is read from what rules conclude and match.
 */
public final class DecidingRules {

  /** Calls that conclude what is only said, and its type. */
  private static final Map<String, String> SPOKEN =
      Map.of("caution", "Caution", "conflict", "Conflict", "advice", "Advice");

  /** Who matches one of these matches what is only said as well. */
  private static final Set<String> OPEN = Set.of("Conclusion", "Object", "Record");

  private final Rulebook rulebook;
  private final Set<Class<?>> wanted;
  private volatile KieBase base;

  /**
   * The rules of a rulebook that decide; nothing is copied yet.
   *
   * @param wanted types whose facts are looked at
   */
  public DecidingRules(Rulebook rulebook, Set<Class<?>> wanted) {
    this.rulebook = rulebook;
    this.wanted = wanted;
  }

  /** The rules that decide are some of these. */
  public Rulebook rulebook() {
    return rulebook;
  }

  /** Whether they have been copied, so that they are at hand. */
  public boolean copied() {
    return base != null;
  }

  /**
   * A rule base of the rules that decide, copied when it is first asked for; that of all the rules
   * where they cannot be copied, which only takes longer.
   */
  public synchronized KieBase base() {
    if (base == null) {
      base = copy();
    }
    return base;
  }

  private KieBase copy() {
    try {
      return CompiledRules.without(rulebook, silent(rulebook, wanted));
    } catch (IOException notCopied) {
      return rulebook.base();
    }
  }

  /** The rules that nothing hangs on of what is looked at: no fact of it, no rule on the way. */
  static Set<String> silent(Rulebook rulebook, Set<Class<?>> wanted) {
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
