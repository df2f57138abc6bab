package dev.rigwright.rulebook;

import dev.rigwright.domain.Requirement;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentMap;
import org.drools.base.base.AccessorKey;
import org.drools.base.definitions.rule.impl.RuleImpl;
import org.drools.base.reteoo.BaseTerminalNode;
import org.drools.base.rule.Declaration;
import org.drools.base.rule.accessor.ReadAccessor;
import org.drools.base.rule.constraint.Constraint;
import org.drools.core.base.ClassFieldAccessorCache.CacheEntry;
import org.drools.core.common.BaseNode;
import org.drools.core.reteoo.AlphaNode;
import org.drools.core.reteoo.BetaNode;
import org.drools.core.reteoo.TerminalNode;
import org.drools.kiesession.rulebase.InternalKnowledgeBase;
import org.drools.mvel.ConditionEvaluator;
import org.drools.mvel.MVELConditionEvaluator;
import org.drools.mvel.MVELConstraint;
import org.kie.api.KieBase;
import org.kie.api.definition.KiePackage;
import org.kie.api.definition.rule.Rule;

/**
 * Hands the classes of rules that did not change over to a rule base that was built anew: those of
 * consequences, and those that the engine makes of conditions once they are evaluated often. They
 * hold nothing of a rule base or a session, only what the rule's text says; but the virtual machine
 * has compiled them, which takes it longer than all the rest of an edit, and would do so again for
 * the same code under another name.
 */
final class Handover {

  private static final VarHandle EVALUATOR;
  private static final VarHandle MADE;
  private static final VarHandle READERS;

  static {
    try {
      MethodHandles.Lookup lookup =
          MethodHandles.privateLookupIn(MVELConstraint.class, MethodHandles.lookup());
      EVALUATOR =
          lookup.findVarHandle(
              MVELConstraint.class, "conditionEvaluator", ConditionEvaluator.class);
      MADE = lookup.findVarHandle(MVELConstraint.class, "jitted", boolean.class);
      READERS =
          MethodHandles.privateLookupIn(CacheEntry.class, MethodHandles.lookup())
              .findVarHandle(CacheEntry.class, "readCache", ConcurrentMap.class);
    } catch (ReflectiveOperationException otherEngine) {
      throw new ExceptionInInitializerError(otherEngine);
    }
  }

  private Handover() {}

  /** The classes of the types that files declare. */
  static Set<String> types(Collection<RuleFile> files) {
    Set<String> types = new HashSet<>();
    for (RuleFile file : files) {
      file.model()
          .types()
          .forEach(type -> types.add(file.model().packageName() + "." + type.name()));
    }
    return types;
  }

  /** Hands over what reads the fields of facts, to a rule base without any rules yet. */
  @SuppressWarnings("unchecked")
  static void readers(KieBase before, KieBase after) {
    ConcurrentMap<AccessorKey, ReadAccessor> readers =
        (ConcurrentMap<AccessorKey, ReadAccessor>) READERS.get(ofFacts(before));
    readers.forEach(ofFacts(after)::setReadAccessor);
  }

  private static CacheEntry ofFacts(KieBase base) {
    return ((InternalKnowledgeBase) base)
        .getClassFieldAccessorCache()
        .getCacheEntry(Requirement.class);
  }

  /**
   * Hands over from one rule base to another in which nothing has been evaluated yet.
   *
   * @param same names of rules that do the same in both, under the same imports and over the same
   *     classes of declared types
   */
  static void between(KieBase before, KieBase after, Set<String> same) {
    for (KiePackage one : after.getKiePackages()) {
      for (Rule rule : one.getRules()) {
        if (same.contains(rule.getName())
            && before.getRule(one.getName(), rule.getName()) instanceof RuleImpl old) {
          ((RuleImpl) rule).setConsequence(old.getConsequence());
          conditions(conditions(before, old), conditions(after, (RuleImpl) rule));
        }
      }
    }
  }

  private static void conditions(List<MVELConstraint> before, List<MVELConstraint> after) {
    if (before.size() != after.size()) {
      return;
    }
    for (int i = 0; i < before.size(); i++) {
      MVELConstraint old = before.get(i);
      ConditionEvaluator evaluator = made(old);
      if (evaluator != null && alike(old, after.get(i))) {
        EVALUATOR.setVolatile(after.get(i), evaluator);
        MADE.setVolatile(after.get(i), true);
      }
    }
  }

  /** The class that the engine made of a condition; null where it reads the text each time. */
  static ConditionEvaluator made(MVELConstraint condition) {
    ConditionEvaluator evaluator = (ConditionEvaluator) EVALUATOR.getVolatile(condition);
    return evaluator instanceof MVELConditionEvaluator ? null : evaluator;
  }

  /** Whether two conditions read the same of the same places. */
  private static boolean alike(MVELConstraint one, MVELConstraint other) {
    Declaration[] read = one.getRequiredDeclarations();
    Declaration[] also = other.getRequiredDeclarations();
    boolean alike = one.getExpression().equals(other.getExpression()) && read.length == also.length;
    for (int i = 0; alike && i < read.length; i++) {
      alike =
          read[i].getIdentifier().equals(also[i].getIdentifier())
              && read[i].getTupleIndex() == also[i].getTupleIndex()
              && read[i].getDeclarationClass() == also[i].getDeclarationClass();
    }
    return alike;
  }

  /** All conditions of a rule that the engine evaluates as expressions, in the network's order. */
  static List<MVELConstraint> conditions(KieBase base, RuleImpl rule) {
    List<MVELConstraint> conditions = new ArrayList<>();
    for (TerminalNode end :
        ((InternalKnowledgeBase) base)
            .getReteooBuilder()
            .getTerminalNodes(rule.getFullyQualifiedName())) {
      collect((BaseNode) (BaseTerminalNode) end, conditions);
    }
    return conditions;
  }

  private static void collect(BaseNode node, List<MVELConstraint> conditions) {
    for (BaseNode at = node; at != null; at = at.getParent()) {
      if (at instanceof BetaNode beta) {
        for (Constraint constraint : beta.getConstraints()) {
          add(constraint, conditions);
        }
        collect(beta.getRightInput(), conditions);
      } else if (at instanceof AlphaNode alpha) {
        add(alpha.getConstraint(), conditions);
      }
    }
  }

  private static void add(Constraint constraint, List<MVELConstraint> conditions) {
    if (constraint instanceof MVELConstraint condition) {
      conditions.add(condition);
    }
  }
}
