package dev.rigwright.rulebook.loops;

import java.util.Arrays;
import java.util.List;
import org.kie.api.definition.rule.Rule;
import org.kie.api.runtime.KieRuntime;
import org.kie.api.runtime.rule.EntryPoint;
import org.kie.api.runtime.rule.FactHandle;
import org.kie.api.runtime.rule.Match;
import org.kie.api.runtime.rule.RuleContext;

/** The rule that concludes, and what its wording shows of the match; there is no session. */
record Context(RuleLoop loop, Object[] values) implements RuleContext, Match {

  @Override
  public Rule getRule() {
    return loop.rule();
  }

  @Override
  public Match getMatch() {
    return this;
  }

  @Override
  public List<String> getDeclarationIds() {
    return Arrays.asList(loop.shown());
  }

  @Override
  public Object getDeclarationValue(String variable) {
    String[] shown = loop.shown();
    for (int i = 0; i < shown.length; i++) {
      if (shown[i].equals(variable)) {
        return values[i];
      }
    }
    throw beyond();
  }

  private static UnsupportedOperationException beyond() {
    return new UnsupportedOperationException("Rules that run as loops have no session.");
  }

  @Override
  public FactHandle insertLogical(Object object) {
    throw beyond();
  }

  @Override
  public FactHandle insertLogical(EntryPoint entryPoint, Object object) {
    throw beyond();
  }

  @Override
  public void blockMatch(Match match) {
    throw beyond();
  }

  @Override
  public void unblockAllMatches(Match match) {
    throw beyond();
  }

  @Override
  public void cancelMatch(Match match) {
    throw beyond();
  }

  @Override
  public KieRuntime getKieRuntime() {
    throw beyond();
  }

  @Override
  @Deprecated
  public KieRuntime getKnowledgeRuntime() {
    throw beyond();
  }

  @Override
  public List<? extends FactHandle> getFactHandles() {
    throw beyond();
  }

  @Override
  public List<Object> getObjects() {
    throw beyond();
  }

  @Override
  public int getSalience() {
    return 0;
  }
}
