package dev.rigwright.engine;

import dev.rigwright.domain.Conclusion;
import dev.rigwright.rulebook.Rulebook;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.kie.api.definition.type.FactType;
import org.kie.api.runtime.KieSession;

/** One rule of a rulebook with the rest held still: what it concludes from given facts. */
public final class SingleRule {

  private SingleRule() {}

  /**
   * What a rule concludes.
   *
   * @param given all facts that it may match, derived ones included
   * @return the conclusions, in the order in which they came to stand
   * @throws IllegalStateException if it does not come to rest
   */
  public static List<Object> concluded(Rulebook rulebook, String rule, Collection<?> given) {
    rulebook.rule(rule);
    KieSession session = rulebook.base().newKieSession();
    try {
      Set<Object> before = java.util.Collections.newSetFromMap(new IdentityHashMap<>());
      for (Object fact : given) {
        session.insert(fact);
        before.add(fact);
      }
      Firing.fire(rulebook, session, match -> match.getRule().getName().equals(rule));
      List<Object> concluded = new ArrayList<>();
      for (Object fact : session.getObjects()) {
        if (!before.contains(fact)) {
          concluded.add(fact);
        }
      }
      return concluded;
    } finally {
      session.dispose();
    }
  }

  /** The rules whose condition the facts fulfil; nothing is concluded. */
  public static Set<String> matched(Rulebook rulebook, Collection<?> given) {
    Set<String> matched = new LinkedHashSet<>();
    KieSession session = rulebook.base().newKieSession();
    try {
      given.forEach(session::insert);
      session.fireAllRules(
          match -> {
            matched.add(match.getRule().getName());
            return false;
          });
      return matched;
    } finally {
      session.dispose();
    }
  }

  /**
   * How the facts fulfil the rules' conditions; nothing is concluded.
   *
   * @return for each rule that matches, the values of its variables, one map a match
   */
  public static Map<String, List<Map<String, Object>>> matches(
      Rulebook rulebook, Collection<?> given) {
    Map<String, List<Map<String, Object>>> matches = new LinkedHashMap<>();
    KieSession session = rulebook.base().newKieSession();
    try {
      given.forEach(session::insert);
      session.fireAllRules(
          match -> {
            Map<String, Object> values = new LinkedHashMap<>();
            match
                .getDeclarationIds()
                .forEach(name -> values.put(name, match.getDeclarationValue(name)));
            matches.computeIfAbsent(match.getRule().getName(), r -> new ArrayList<>()).add(values);
            return false;
          });
      return matches;
    } finally {
      session.dispose();
    }
  }

  /**
   * A fact as another rulebook knows it: each has classes of its own for the types that rule files
   * declare.
   */
  public static Object translated(Rulebook from, Rulebook to, Object fact) {
    String type = fact.getClass().getSimpleName();
    FactType declared = from.base().getFactType("rigwright", type);
    return declared == null || declared.getFactClass() != fact.getClass()
        ? fact
        : declared(to, type, declared.getAsMap(fact));
  }

  /** What a conclusion says to the buyer, in the rule's own wording. */
  public static String says(Rulebook rulebook, Conclusion conclusion) {
    return Wording.render(rulebook.rule(conclusion.rule()).says(), conclusion.values());
  }

  /**
   * A fact of a type that a rule file declares.
   *
   * @param values its fields; whole numbers are given the field's own width
   * @return null if no file declares such a type
   */
  public static Object declared(Rulebook rulebook, String type, Map<String, Object> values) {
    FactType declared = rulebook.base().getFactType("rigwright", type);
    if (declared == null) {
      return null;
    }
    try {
      Object fact = declared.newInstance();
      values.forEach(
          (name, value) ->
              declared.set(fact, name, widened(declared.getField(name).getType(), value)));
      return fact;
    } catch (InstantiationException | IllegalAccessException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static Object widened(Class<?> type, Object value) {
    if (value instanceof Number number && (type == long.class || type == Long.class)) {
      return number.longValue();
    }
    if (value instanceof Number number && (type == double.class || type == Double.class)) {
      return number.doubleValue();
    }
    return value;
  }
}
