package dev.rigwright.rulebook.loops;

import dev.rigwright.rulebook.RuleModel;
import dev.rigwright.rulebook.RuleModel.Under;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Rules as loops over a catalogue, with all that follows from it alone. Any number of threads may
 * use it.
 */
public final class LoopBase {

  private final RuleLoops rules;
  private final FactList[] below;
  private final boolean[] still;
  private final Object[][][] fixed;
  private final FactList.Key[][] keys;
  private final List<Step> steps = new ArrayList<>();

  /**
   * A rule that is run in each pass.
   *
   * @param grown places of types of which one must have grown for the rule to conclude anything
   *     more; null for a rule that is run always
   * @param before how much it concluded from the catalogue alone
   * @param silent whether it only speaks
   */
  private record Step(RuleLoop loop, int[] grown, int before, boolean silent) {}

  /**
   * Rules over a catalogue.
   *
   * @param silent names of rules that only speak
   * @param until when it takes too long, by {@link System#nanoTime}
   * @throws RuntimeException if a rule fails, or it takes too long
   */
  LoopBase(RuleLoops rules, List<Object> catalogue, Set<String> silent, long until) {
    this.rules = rules;
    this.below = new FactList[rules.types()];
    this.still = new boolean[rules.types()];
    this.fixed = new Object[rules.loops().size()][][];
    this.keys = new FactList.Key[rules.types()][];
    for (int type = 0; type < below.length; type++) {
      keys[type] = rules.keys(type);
      below[type] = new FactList(null, keys[type]);
      still[type] = !rules.asked(rules.typeName(type));
    }
    Memory memory = new Memory(rules, below, fixed, until);
    Set<String> there = new HashSet<>();
    for (Object fact : catalogue) {
      memory.give(fact);
      there.add(fact.getClass().getSimpleName());
    }
    for (int i = 0; i < rules.loops().size(); i++) {
      RuleModel rule = rules.model(i);
      RuleLoop loop = rules.loops().get(i);
      boolean any = rule.reads().stream().anyMatch(rules::asked);
      boolean can =
          rule.patterns().stream()
              .allMatch(
                  pattern ->
                      there.contains(pattern.type())
                          || pattern.under().contains(Under.NOT) && !rules.asked(pattern.type()));
      fixed[i] = memory.fixed(loop);
      int before = 0;
      if (can) {
        before = memory.counted(loop);
        there.add(rules.concluded(i));
      }
      if (any) {
        steps.add(new Step(loop, can ? grown(rule) : null, before, silent.contains(rule.name())));
      }
    }
    for (FactList list : below) {
      list.finish();
    }
  }

  private int[] grown(RuleModel rule) {
    return rule.reads().stream().filter(rules::asked).mapToInt(rules::placeOf).toArray();
  }

  /**
   * All that stands when the rules have run; null where what follows from the catalogue alone does
   * not hold any more, so that it cannot be built upon.
   *
   * @param given facts of what is asked
   * @param glance whether nobody hears what rules only say
   * @param until when it takes too long, by {@link System#nanoTime}
   * @throws RuntimeException if a rule fails, or it takes too long
   */
  public Memory pass(List<?> given, boolean glance, long until) {
    FactList[] lists = new FactList[below.length];
    for (int type = 0; type < lists.length; type++) {
      lists[type] = still[type] ? below[type] : new FactList(below[type], keys[type]);
    }
    Memory memory = new Memory(rules, lists, fixed, until);
    given.forEach(memory::give);
    for (Step step : steps) {
      if (glance && step.silent()) {
        continue;
      }
      if (step.grown() == null) {
        memory.run(step.loop());
      } else if (memory.grew(step.grown()) && memory.counted(step.loop()) < step.before()) {
        return null;
      }
    }
    return memory;
  }
}
