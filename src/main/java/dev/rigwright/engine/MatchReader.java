package dev.rigwright.engine;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.drools.base.common.NetworkNode;
import org.drools.base.reteoo.BaseTuple;
import org.drools.base.reteoo.InitialFactImpl;
import org.drools.base.reteoo.NodeTypeEnums;
import org.drools.core.common.InternalFactHandle;
import org.drools.core.reteoo.AccumulateNode.AccumulateContext;
import org.drools.core.reteoo.NotNodeLeftTuple;
import org.drools.core.reteoo.TupleImpl;
import org.drools.core.rule.consequence.InternalMatch;
import org.kie.api.runtime.rule.Match;

/**
 * Reads from the engine's own tuples how a match came about. A match lists what its patterns
 * matched; which fact fulfilled an {@code exists}, and what an accumulation was made from, stands
 * only in the tuples on the way to it.
 */
final class MatchReader {

  private MatchReader() {}

  static How how(Match match) {
    List<Object> matched = new ArrayList<>();
    for (Object object : match.getObjects()) {
      // What is only absent leaves the engine's own mark in the match; absence is no fact.
      if (!(object instanceof InitialFactImpl)) {
        matched.add(object);
      }
    }
    List<Object> witnesses = new ArrayList<>();
    List<List<Object>> gathered = new ArrayList<>();
    for (TupleImpl tuple = ((InternalMatch) match).getTuple();
        tuple != null;
        tuple = tuple.getLeftParent()) {
      if (tuple instanceof NotNodeLeftTuple && isExists(tuple.getSink())) {
        facts(tuple.getBlocker(), witnesses);
      }
      if (tuple.getContextObject() instanceof AccumulateContext) {
        gathered.add(gathered(tuple));
      }
    }
    Collections.reverse(witnesses);
    Collections.reverse(gathered);
    return new How(matched, witnesses, gathered, values(match));
  }

  private static boolean isExists(NetworkNode node) {
    return node.getType() == NodeTypeEnums.ExistsNode;
  }

  private static List<Object> gathered(TupleImpl tuple) {
    List<Object> facts = new ArrayList<>();
    for (TupleImpl child = tuple.getFirstChild(); child != null; child = child.getHandleNext()) {
      facts(child.getRightParent(), facts);
    }
    return facts;
  }

  /** The facts of a tuple on the right of a node: one, or those of several patterns in brackets. */
  private static void facts(TupleImpl right, List<Object> facts) {
    if (right == null) {
      return;
    }
    InternalFactHandle handle = right.getFactHandle();
    if (handle != null && handle.getObject() instanceof BaseTuple several) {
      for (Object fact : several.toObjects(false)) {
        if (!(fact instanceof InitialFactImpl)) {
          facts.add(fact);
        }
      }
    } else if (handle != null) {
      facts.add(handle.getObject());
    }
  }

  private static Map<String, Object> values(Match match) {
    Map<String, Object> values = new LinkedHashMap<>();
    match.getDeclarationIds().forEach(name -> values.put(name, match.getDeclarationValue(name)));
    return values;
  }
}
