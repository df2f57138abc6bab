package dev.rigwright.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rigwright.audit.Settings.Setting;
import dev.rigwright.audit.WhatIf.Cause;
import dev.rigwright.audit.WhatIf.Change;
import dev.rigwright.audit.WhatIf.Refusal;
import dev.rigwright.audit.WhatIf.Row;
import dev.rigwright.audit.WhatIf.Saying;
import dev.rigwright.audit.WhyNot.Attempt;
import dev.rigwright.domain.Candidate;
import dev.rigwright.domain.Model;
import dev.rigwright.domain.OwnedGpu;
import dev.rigwright.domain.PartKind;
import dev.rigwright.domain.Requirement;
import dev.rigwright.domain.Service;
import dev.rigwright.domain.WantedModel;
import dev.rigwright.engine.Advisor;
import dev.rigwright.engine.Decision;
import dev.rigwright.engine.Decision.Cards;
import dev.rigwright.engine.Decision.Disagreement;
import dev.rigwright.engine.Decision.Excluded;
import dev.rigwright.engine.Decision.PartView;
import dev.rigwright.engine.Decision.Recommendation;
import dev.rigwright.engine.Decision.Said;
import dev.rigwright.engine.DecisionJson;
import dev.rigwright.engine.Explained;
import dev.rigwright.engine.Ground;
import dev.rigwright.facts.Json;
import dev.rigwright.rulebook.RuleInfo;
import dev.rigwright.rulebook.RuleModel.Pattern;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** What a decision would have been with other values in its requirement. */
public final class WhatIfQuestion {

  private final Advisor advisor;
  private final Requirement was;
  private final Requirement would;
  private final Decision before;
  private final Decision then;

  private WhatIfQuestion(Advisor advisor, Requirement was, Requirement would) {
    this.advisor = advisor;
    this.was = was;
    this.would = would;
    this.before = advisor.decide(was);
    this.then = advisor.decide(would);
  }

  /**
   * Decides again with other values.
   *
   * @param settings at least one
   * @throws dev.rigwright.facts.BadInputException if a field is not known or a value not allowed,
   *     as for a requirement in a file
   */
  public static WhatIf ask(Rederived recorded, List<Setting> settings) {
    ObjectNode asked = recorded.recorded().asked();
    ObjectNode other = asked.deepCopy();
    List<Change> set = new ArrayList<>();
    for (Setting setting : settings) {
      set.add(
          new Change(
              setting.field(),
              plain(asked.at(setting.pointer())),
              setting.value() == null ? null : plain(setting.value())));
      Settings.apply(other, setting);
    }
    Advisor advisor = recorded.advisor();
    Requirement would = advisor.reader().read(other, recorded.recorded().askedOn());
    return new WhatIfQuestion(advisor, recorded.requirement(), would)
        .answer(recorded.recorded().decisionId(), set);
  }

  private WhatIf answer(String decisionId, List<Change> set) {
    List<Change> changed = changed();
    List<Change> followed =
        changed.stream()
            .filter(one -> set.stream().noneMatch(setting -> isWithin(setting.field(), one)))
            .toList();
    Attempt newPick = null;
    Attempt oldPick = null;
    if (!cards(before).equals(cards(then))) {
      newPick = attempt(was, then);
      oldPick = attempt(would, before);
    }
    Explained one = advisor.explain(was);
    Explained other = advisor.explain(would);
    Map<String, Set<String>> conclusions = conclusions(one);
    Map<String, Set<String>> concludedThen = conclusions(other);
    Set<String> differing = new TreeSet<>(conclusions.keySet());
    differing.addAll(concludedThen.keySet());
    differing.removeIf(rule -> Objects.equals(conclusions.get(rule), concludedThen.get(rule)));
    List<Cause> causes = new ArrayList<>();
    for (String rule : differing) {
      if (reads(rule, changed)) {
        RuleInfo info = advisor.rulebook().rule(rule);
        causes.add(
            new Cause(
                rule,
                "rules/" + info.file(),
                info.line(),
                info.because(),
                conclusions.getOrDefault(rule, Set.of()).size(),
                concludedThen.getOrDefault(rule, Set.of()).size()));
      }
    }
    return new WhatIf(
        decisionId,
        then.decisionId(),
        set,
        followed,
        rows(),
        newPick,
        oldPick,
        said(),
        refusals(),
        causes,
        differing.size() - causes.size(),
        DecisionJson.tree(before),
        DecisionJson.tree(then));
  }

  // ---- the requirement

  /** The fields of the requirement that are not the same, those of its parts with points. */
  private List<Change> changed() {
    List<Change> changed = new ArrayList<>();
    ObjectNode one = Json.MAPPER.valueToTree(was);
    ObjectNode other = Json.MAPPER.valueToTree(would);
    for (String apart : List.of("id", "title", "assumptions")) {
      one.remove(apart);
      other.remove(apart);
    }
    compare("", one, other, changed);
    return changed;
  }

  private static void compare(String path, JsonNode one, JsonNode other, List<Change> changed) {
    if (one.equals(other)) {
      return;
    }
    if (!one.isObject() || !other.isObject()) {
      changed.add(new Change(path, plain(one), plain(other)));
      return;
    }
    Set<String> names = new LinkedHashSet<>();
    one.fieldNames().forEachRemaining(names::add);
    other.fieldNames().forEachRemaining(names::add);
    for (String name : names) {
      compare(path.isEmpty() ? name : path + "." + name, one.path(name), other.path(name), changed);
    }
  }

  private static boolean isWithin(String setting, Change change) {
    return (setting + ".").startsWith(change.field() + ".")
        || (change.field() + ".").startsWith(setting + ".");
  }

  private static Object plain(JsonNode value) {
    if (value == null || value.isMissingNode() || value.isNull()) {
      return null;
    }
    if (value.isTextual()) {
      return value.asText();
    }
    if (value.isIntegralNumber()) {
      return value.asLong();
    }
    if (value.isNumber()) {
      return value.asDouble();
    }
    return value.isBoolean() ? (Object) value.asBoolean() : value.toString();
  }

  // ---- what they come to

  private List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    rows.add(new Row("verdict", null, before.verdict().word(), then.verdict().word()));
    row(rows, "cards", null, machine -> cards(machine.gpus()));
    row(rows, "total", "totalUsd", Recommendation::totalUsd);
    for (PartKind kind : PartKind.values()) {
      if (kind != PartKind.GPU) {
        row(rows, kind.word(), null, machine -> parts(machine, kind));
      }
    }
    row(rows, "memory needed", "needGib", m -> m.memory() == null ? null : m.memory().needGib());
    row(
        rows,
        "memory there",
        "availableGib",
        m -> m.memory() == null ? null : m.memory().availableGib());
    row(
        rows,
        "tokens",
        "tokensPerSecond",
        m -> m.speed() == null ? null : m.speed().tokensPerSecond());
    row(
        rows,
        "at the wall",
        "systemWatts",
        m -> m.power() == null ? null : m.power().systemWatts());
    rows.removeIf(row -> row.before() == null && row.then() == null);
    return rows;
  }

  private void row(
      List<Row> rows, String name, String field, Function<Recommendation, Object> value) {
    Recommendation one = before.recommendation();
    Recommendation other = then.recommendation();
    rows.add(
        new Row(
            name,
            field,
            one == null ? null : value.apply(one),
            other == null ? null : value.apply(other)));
  }

  private static String cards(List<Cards> cards) {
    return String.join(
        " and ",
        cards.stream()
            .map(
                one ->
                    (one.count() == 1 ? "" : one.count() + "x ")
                        + one.name()
                        + (one.condition() == null ? "" : ", " + one.condition().word()))
            .toList());
  }

  private static String cards(Decision decision) {
    return decision.recommendation() == null ? "" : cards(decision.recommendation().gpus());
  }

  private static String parts(Recommendation machine, PartKind kind) {
    List<String> parts =
        machine.parts().stream()
            .filter(part -> part.kind() == kind)
            .map(WhatIfQuestion::part)
            .toList();
    return parts.isEmpty() ? null : String.join(" and ", parts);
  }

  private static String part(PartView part) {
    return (part.quantity() == 1 ? "" : part.quantity() + "x ") + part.name();
  }

  /** How far the cards that another decision recommends come under a requirement. */
  private Attempt attempt(Requirement requirement, Decision recommending) {
    Recommendation machine = recommending.recommendation();
    if (machine == null) {
      return null;
    }
    Cards cards = machine.gpus().get(0);
    WhyNot whyNot =
        WhyNotQuestion.ask(advisor, requirement, "", Candidate.cards(cards.id(), cards.count()));
    return whyNot.attempts().stream()
        .filter(one -> one.condition() == cards.condition())
        .findFirst()
        .orElse(null);
  }

  // ---- what is said

  private List<Saying> said() {
    Map<String, Saying> said = new TreeMap<>();
    for (Said one : before.warnings()) {
      add(said, one.rule(), subject(one.subjects(), one.claims()), one.says(), true);
    }
    for (Said one : then.warnings()) {
      add(said, one.rule(), subject(one.subjects(), one.claims()), one.says(), false);
    }
    for (Disagreement one : before.conflicts()) {
      add(said, one.rule(), one.claims().get(0), one.says(), true);
    }
    for (Disagreement one : then.conflicts()) {
      add(said, one.rule(), one.claims().get(0), one.says(), false);
    }
    return said.values().stream().filter(one -> !Objects.equals(one.before(), one.then())).toList();
  }

  private static String subject(List<String> subjects, List<String> claims) {
    List<String> named = subjects.isEmpty() ? claims : subjects;
    return String.join(", ", named);
  }

  private static void add(
      Map<String, Saying> said, String rule, String subject, String says, boolean first) {
    said.merge(
        rule + " " + subject,
        new Saying(rule, subject, first ? says : null, first ? null : says),
        (known, more) ->
            new Saying(
                rule,
                subject,
                first ? joined(known.before(), more.before()) : known.before(),
                first ? known.then() : joined(known.then(), more.then())));
  }

  private static String joined(String one, String other) {
    return one == null ? other : one + "; " + other;
  }

  private List<Refusal> refusals() {
    Map<String, int[]> counts = new TreeMap<>();
    for (Excluded one : before.exclusions()) {
      counts.computeIfAbsent(one.rule(), rule -> new int[2])[0] = one.each().size();
    }
    for (Excluded one : then.exclusions()) {
      counts.computeIfAbsent(one.rule(), rule -> new int[2])[1] = one.each().size();
    }
    List<Refusal> refusals = new ArrayList<>();
    counts.forEach(
        (rule, two) -> {
          if (two[0] != two[1]) {
            refusals.add(new Refusal(rule, two[0], two[1]));
          }
        });
    return refusals;
  }

  // ---- which rules did it

  /** What each rule concludes of all that a decision rests on. */
  private static Map<String, Set<String>> conclusions(Explained explained) {
    Map<String, Set<String>> conclusions = new TreeMap<>();
    for (Object fact : explained.proof().conclusions()) {
      for (Ground ground : explained.proof().grounds(fact)) {
        conclusions.computeIfAbsent(ground.rule(), rule -> new TreeSet<>()).add(fact.toString());
      }
    }
    return conclusions;
  }

  /** Whether a rule's condition reads one of the fields that are not the same. */
  private boolean reads(String rule, List<Change> changed) {
    for (Pattern pattern : advisor.rulebook().model(rule).patterns()) {
      for (Change change : changed) {
        if (reads(pattern, change.field())) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean reads(Pattern pattern, String field) {
    boolean models = field.startsWith("models");
    String type = pattern.type();
    if (models
        && Set.of(WantedModel.class, Model.class, Service.class).stream()
            .anyMatch(one -> one.getSimpleName().equals(type))) {
      return true;
    }
    if (field.startsWith("owned.gpus") && type.equals(OwnedGpu.class.getSimpleName())) {
      return true;
    }
    if (!type.equals(Requirement.class.getSimpleName())) {
      return false;
    }
    // A requirement that is bound whole goes to an estimate, which may read any of its fields.
    if (pattern.variable() != null) {
      return true;
    }
    Set<String> read = new LinkedHashSet<>();
    pattern.constraints().forEach(constraint -> read.addAll(constraint.fields()));
    pattern.bindings().stream()
        .map(binding -> binding.expression() == null ? "" : text(binding.expression()))
        .forEach(read::add);
    for (Iterator<String> names = read.iterator(); names.hasNext(); ) {
      String name = names.next();
      if (!name.isEmpty()
          && ((field + ".").startsWith(name + ".") || (name + ".").startsWith(field + "."))) {
        return true;
      }
    }
    return false;
  }

  private static String text(dev.rigwright.rulebook.Expr expression) {
    return expression instanceof dev.rigwright.rulebook.Expr.Path path ? path.name() : "";
  }
}
