package dev.rigwright.rulebook.loops;

import dev.rigwright.rulebook.Expr;
import dev.rigwright.rulebook.FileModel;
import dev.rigwright.rulebook.FileModel.Import;
import dev.rigwright.rulebook.RuleModel;
import dev.rigwright.rulebook.RuleModel.Accumulate;
import dev.rigwright.rulebook.RuleModel.Binding;
import dev.rigwright.rulebook.RuleModel.Constraint;
import dev.rigwright.rulebook.RuleModel.Pattern;
import dev.rigwright.rulebook.RuleModel.SourceKind;
import dev.rigwright.rulebook.RuleModel.Under;
import dev.rigwright.rulebook.Types;
import dev.rigwright.rulebook.Types.Type;
import dev.rigwright.rulebook.loops.JavaExpr.Code;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Writes a rule as a Java class: a loop for each pattern, from what is asked to what is looked up,
 * skipping what does not fulfil a constraint as soon as all is known that it reads.
 */
final class LoopWriter {

  /** How a pattern is met. */
  private enum How {
    LOOP,
    EXISTS,
    NOT,
    GATHER
  }

  /** A pattern of the rule. */
  private static final class Element {
    private final int place;
    private final Pattern pattern;
    private final Type type;
    private final How how;
    private final Code self;
    private final Set<Integer> outer = new TreeSet<>();
    private Accumulate gathering;

    Element(int place, Pattern pattern, Type type, How how) {
      this.place = place;
      this.pattern = pattern;
      this.type = type;
      this.how = how;
      this.self = new Code("p" + place, type, Set.of(place));
    }
  }

  /**
   * A constraint.
   *
   * @param element whose pattern it stands in
   * @param lookup the field that its pattern can be looked up by; null for none
   * @param value what that field then holds
   */
  private record Condition(int element, Code code, String lookup, Code value) {}

  /** A rule as Java. */
  record Written(String name, String source) {}

  private static final String INDENT = "  ";

  /** Stands among the types that a rule reads for the one that it concludes. */
  static final String CONCLUDED = "";

  private final FileModel file;
  private final RuleModel rule;
  private final Types types;
  private final Predicate<String> asked;
  private final JavaExpr java;
  private final List<Element> elements = new ArrayList<>();
  private final List<Condition> conditions = new ArrayList<>();
  private Map<String, Integer> typePlaces = new LinkedHashMap<>();
  private Map<String, Integer> lookups = new LinkedHashMap<>();
  private final StringBuilder body = new StringBuilder();
  private final StringBuilder methods = new StringBuilder();
  private final Set<Integer> placed = new HashSet<>();
  private final Set<Condition> met = new HashSet<>();
  private final Set<Integer> fixed = new TreeSet<>();
  private String gathered;
  private int depth = 2;

  private LoopWriter(FileModel file, RuleModel rule, Types types, Predicate<String> asked) {
    this.file = file;
    this.rule = rule;
    this.types = types;
    this.asked = asked;
    this.java = new JavaExpr(file, types);
  }

  /** Writes a part of the same rule, beginning anew. */
  private LoopWriter(LoopWriter whole) {
    this(whole.file, whole.rule, whole.types, whole.asked);
    elements.addAll(whole.elements);
    conditions.addAll(whole.conditions);
    typePlaces = whole.typePlaces;
    lookups = whole.lookups;
  }

  /**
   * Writes a rule.
   *
   * @param asked whether facts of a type hang on what is asked, so that there are few of them
   * @throws NoLoop if it says something that loops are not written for
   */
  static Written write(FileModel file, RuleModel rule, Types types, Predicate<String> asked)
      throws NoLoop {
    return new LoopWriter(file, rule, types, asked).written();
  }

  private Written written() throws NoLoop {
    if (!rule.evals().isEmpty() || !rule.attributes().isEmpty()) {
      throw new NoLoop("rules/%s: the rule (%s)".formatted(file.path(), rule.name()));
    }
    Expr inserted = rule.consequence() == null ? null : rule.consequence().inserted();
    if (inserted == null) {
      throw new NoLoop("rules/%s: what (%s) does".formatted(file.path(), rule.name()));
    }
    typePlaces.put(CONCLUDED, 0);
    for (int i = 0; i < rule.patterns().size(); i++) {
      read(i);
    }
    steps();
    conclude(inserted);
    close();
    String name = "Loop_" + rule.name().replaceAll("[^A-Za-z0-9]", "_");
    return new Written(name, source(name));
  }

  // ---- reading

  private void read(int place) throws NoLoop {
    Pattern pattern = rule.patterns().get(place);
    Type type = types.resolve(file, pattern.type());
    if (type == null || type.java() != null && !type.java().isRecord()) {
      throw new NoLoop("rules/%s: facts of (%s)".formatted(file.path(), pattern.type()));
    }
    Element element = new Element(place, pattern, type, how(pattern));
    elements.add(element);
    typePlaces.putIfAbsent(pattern.type(), typePlaces.size());
    if (pattern.variable() != null) {
      java.bind(pattern.variable(), element.self);
    }
    for (Binding binding : pattern.bindings()) {
      java.bind(binding.variable(), java.of(binding.expression(), element.self));
    }
    for (Constraint constraint : pattern.constraints()) {
      Condition condition = condition(element, constraint.expression());
      conditions.add(condition);
      element.outer.addAll(condition.code().on());
    }
    element.outer.remove(place);
    if (element.how == How.GATHER) {
      gather(element);
    }
  }

  private How how(Pattern pattern) throws NoLoop {
    boolean alone =
        pattern.under().isEmpty()
            || pattern.under().size() == 1
                && rule.patterns().stream()
                        .filter(other -> !other.under().isEmpty())
                        .filter(other -> other.group() == pattern.group())
                        .count()
                    == 1;
    if (alone && pattern.from() == SourceKind.MEMORY) {
      if (pattern.under().isEmpty()) {
        return How.LOOP;
      }
      Under under = pattern.under().get(0);
      if (under == Under.NOT) {
        return How.NOT;
      }
      if (under == Under.EXISTS) {
        return How.EXISTS;
      }
      if (under == Under.ACCUMULATE) {
        return How.GATHER;
      }
    }
    throw new NoLoop(
        "rules/%s:%d a pattern of (%s)".formatted(file.path(), pattern.span().line(), rule.name()));
  }

  private void gather(Element element) throws NoLoop {
    for (Accumulate accumulate : rule.accumulates()) {
      if (accumulate.span().holds(element.pattern.span())) {
        element.gathering = accumulate;
      }
    }
    if (element.gathering == null
        || element.gathering.results().size() != 1
        || !element.gathering.constraints().isEmpty()
        || !(element.gathering.results().get(0).expression() instanceof Expr.Call call)
        || !call.name().equals("collectList")
        || call.arguments().size() != 1) {
      throw new NoLoop(
          "rules/%s:%d what (%s) accumulates"
              .formatted(file.path(), element.pattern.span().line(), rule.name()));
    }
    java.bind(
        element.gathering.results().get(0).variable(),
        new Code("a" + element.place, null, Set.of(element.place)));
  }

  private Condition condition(Element element, Expr expression) throws NoLoop {
    Code code = java.condition(expression, element.self);
    if (expression instanceof Expr.Binary binary && binary.operator().equals("==")) {
      Condition looked = lookup(element, code, binary.left(), binary.right());
      if (looked == null) {
        looked = lookup(element, code, binary.right(), binary.left());
      }
      if (looked != null) {
        return looked;
      }
    }
    return new Condition(element.place, code, null, null);
  }

  /** A comparison by which facts are found without looking at the others; null where it is none. */
  private Condition lookup(Element element, Code code, Expr field, Expr value) throws NoLoop {
    Expr plain = field instanceof Expr.Bind bind ? bind.value() : field;
    if (!(plain instanceof Expr.Path path)
        || path.name().contains(".")
        || java.bound(path.name()) != null
        || types.field(element.type, path.name()) == null) {
      return null;
    }
    Code its = java.of(value, element.self);
    Type type = types.field(element.type, path.name());
    boolean findable =
        type.text() || type.constant() || type.java() == int.class && exactly(its, int.class);
    return !findable || its.on().contains(element.place) || its.text().equals("null")
        ? null
        : new Condition(element.place, code, path.name(), its);
  }

  private static boolean exactly(Code code, Class<?> type) {
    return code.type() != null && code.type().java() == type;
  }

  // ---- writing

  private void steps() throws NoLoop {
    checks();
    while (placed.size() < elements.size()) {
      Element next = cheapest(elements);
      if (next == null) {
        throw new NoLoop("rules/%s: the order of (%s)".formatted(file.path(), rule.name()));
      }
      if (fixed.isEmpty() && cost(next) > 1 && fix(next)) {
        tuples();
      } else {
        loop(next);
      }
      checks();
    }
  }

  /**
   * Takes together what hangs on the catalogue alone, beginning with a pattern that would be gone
   * through fact by fact: with those that are looked up by it, and with all that they are asked.
   *
   * @return whether that leaves anything to be spared
   */
  private boolean fix(Element start) {
    Set<Integer> together = new TreeSet<>(Set.of(start.place));
    for (boolean again = true; again; ) {
      again = false;
      for (Element element : elements) {
        if (element.how == How.LOOP
            && !placed.contains(element.place)
            && !together.contains(element.place)
            && !asked.test(element.pattern.type())) {
          Condition lookup = lookup(element, together);
          again |= lookup != null && !lookup.value().on().isEmpty() && together.add(element.place);
        }
      }
    }
    if (asked.test(start.pattern.type())
        || conditions.stream().noneMatch(one -> together.containsAll(one.code().on()))) {
      return false;
    }
    fixed.addAll(together);
    return true;
  }

  /** A loop over what patterns match together that hang on the catalogue alone. */
  private void tuples() {
    LoopWriter apart = new LoopWriter(this);
    apart.line("java.util.List<Object[]> all = m.tuples();");
    while (!apart.placed.containsAll(fixed)) {
      apart.loop(apart.cheapest(fixed.stream().map(elements::get).toList()));
    }
    List<String> parts = new ArrayList<>();
    for (int place : fixed) {
      parts.add("p" + place);
    }
    apart.line("all.add(new Object[] {" + String.join(", ", parts) + "});");
    apart.close();
    apart.line("return m.whole(all);");
    gathered = apart.body.toString();
    met.addAll(apart.met);
    if (depth > 2) {
      line("m.look();");
    }
    line("for (Object[] t : m.fixed()) {");
    depth++;
    int at = 0;
    for (int place : fixed) {
      String type = elements.get(place).pattern.type();
      line("%s p%d = (%s) t[%d];".formatted(type, place, type, at++));
      placed.add(place);
    }
  }

  /** The pattern that is to be gone through next; null where none is left. */
  private Element cheapest(List<Element> of) {
    Element next = null;
    for (Element element : of) {
      if (element.how == How.LOOP
          && !placed.contains(element.place)
          && (next == null || cost(element) < cost(next))) {
        next = element;
      }
    }
    return next;
  }

  private void close() {
    while (depth > 2) {
      depth--;
      line("}");
    }
  }

  /** What it costs to go through a pattern's facts now, as far as that can be told. */
  private int cost(Element element) {
    Condition lookup = lookup(element, placed);
    if (lookup != null && !lookup.value().on().isEmpty()) {
      return 0;
    }
    return asked.test(element.pattern.type()) ? 1 : lookup != null ? 2 : 3;
  }

  /** The best way to look facts of a pattern up by what is known. */
  private Condition lookup(Element element, Set<Integer> known) {
    Condition best = null;
    for (Condition condition : conditions) {
      if (condition.element() == element.place
          && condition.lookup() != null
          && known.containsAll(condition.value().on())
          && (best == null || best.value().on().isEmpty())) {
        best = condition;
      }
    }
    return best;
  }

  private void loop(Element element) {
    Condition lookup = lookup(element, placed);
    if (depth > 2) {
      line("m.look();");
    }
    line(head(element, lookup));
    depth++;
    met.add(lookup);
    placed.add(element.place);
    for (Condition condition : conditions) {
      if (condition.element() == element.place && ready(condition)) {
        skipUnless(condition);
      }
    }
  }

  private String head(Element element, Condition lookup) {
    int place = element.place;
    return "for (Object o%d : %s) { %s p%d = (%s) o%d;"
        .formatted(
            place,
            facts(element, lookup),
            element.pattern.type(),
            place,
            element.pattern.type(),
            place);
  }

  private String facts(Element element, Condition lookup) {
    int type = typePlaces.get(element.pattern.type());
    if (lookup == null) {
      return "m.list(type(%d)).all()".formatted(type);
    }
    String key = type + " " + lookup.lookup();
    lookups.putIfAbsent(key, lookups.size());
    return "m.list(type(%d)).with(key(%d), %s)"
        .formatted(type, lookups.get(key), lookup.value().text());
  }

  private boolean ready(Condition condition) {
    return !met.contains(condition)
        && elements.get(condition.element()).how == How.LOOP
        && placed.containsAll(condition.code().on());
  }

  private void skipUnless(Condition condition) {
    met.add(condition);
    line("if (!" + condition.code().text() + ") continue;");
  }

  /** All that can be asked with what is known: constraints, what exists and what does not. */
  private void checks() {
    for (Condition condition : conditions) {
      if (placed.contains(condition.element()) && ready(condition)) {
        skipUnless(condition);
      }
    }
    for (Element element : elements) {
      if (element.how != How.LOOP
          && !placed.contains(element.place)
          && placed.containsAll(element.outer)) {
        placed.add(element.place);
        String call = "e%d(m%s)".formatted(element.place, arguments(element, false));
        if (element.how == How.GATHER) {
          line("java.util.List a%d = %s;".formatted(element.place, call));
        } else {
          line(
              "if (%s%s) %s;"
                  .formatted(
                      element.how == How.NOT ? "" : "!", call, depth == 2 ? "return" : "continue"));
        }
        method(element);
      }
    }
  }

  private String arguments(Element element, boolean declared) {
    StringBuilder all = new StringBuilder();
    for (int place : element.outer) {
      Element outer = elements.get(place);
      all.append(", ");
      if (outer.how == How.GATHER) {
        all.append(declared ? "java.util.List " : "").append('a');
      } else {
        all.append(declared ? outer.pattern.type() + " " : "").append('p');
      }
      all.append(place);
    }
    return all.toString();
  }

  /** A method that looks for a fact, or gathers facts, given all that the pattern reads. */
  private void method(Element element) {
    boolean gather = element.how == How.GATHER;
    methods.append(
        "\n  private %s e%d(dev.rigwright.rulebook.loops.Memory m%s) {\n"
            .formatted(
                gather ? "java.util.List" : "boolean", element.place, arguments(element, true)));
    if (gather) {
      methods.append("    java.util.List<Object> all = m.gathered();\n");
    }
    Condition lookup = lookup(element, element.outer);
    methods.append("    m.look();\n    ").append(head(element, lookup)).append('\n');
    for (Condition condition : conditions) {
      if (condition.element() == element.place && condition != lookup) {
        methods.append("      if (!" + condition.code().text() + ") continue;\n");
      }
    }
    if (gather) {
      Expr.Call call = (Expr.Call) element.gathering.results().get(0).expression();
      methods.append(
          "      all.add(%s);\n    }\n    return all;\n  }\n"
              .formatted(java.bound(call.arguments().get(0).span().cut(file.text())).text()));
    } else {
      methods.append("      return true;\n    }\n    return false;\n  }\n");
    }
  }

  /** The variables that the rule's wording shows. */
  private List<String> shown() {
    Set<String> shown = new LinkedHashSet<>();
    String says = rule.text("says");
    for (Binding binding : rule.bindings()) {
      if (says != null && says.contains("{" + binding.variable().substring(1) + "}")) {
        shown.add(binding.variable());
      }
    }
    return List.copyOf(shown);
  }

  private void conclude(Expr inserted) throws NoLoop {
    Set<String> used = new LinkedHashSet<>();
    for (String word : file.words(inserted.span())) {
      if (word.startsWith("$")) {
        used.add(word);
      }
    }
    List<String> values = new ArrayList<>();
    for (String variable : shown()) {
      values.add(meaning(variable).text());
    }
    for (String variable : used) {
      line("var %s = %s;".formatted(variable, meaning(variable).text()));
    }
    if (file.words(inserted.span()).contains("kcontext")) {
      line(
          "org.kie.api.runtime.rule.RuleContext kcontext = m.context(new Object[] {%s});"
              .formatted(String.join(", ", values)));
    }
    line(
        "m.conclude(type(%d), %s);"
            .formatted(typePlaces.get(CONCLUDED), inserted.span().cut(file.text())));
  }

  private Code meaning(String variable) throws NoLoop {
    Code meaning = java.bound(variable);
    if (meaning == null || !placed.containsAll(meaning.on())) {
      throw new NoLoop("rules/%s: %s in (%s)".formatted(file.path(), variable, rule.name()));
    }
    return meaning;
  }

  private void line(String text) {
    body.append(INDENT.repeat(depth)).append(text).append('\n');
  }

  private String source(String name) {
    StringBuilder source = new StringBuilder();
    source.append("package ").append(file.packageName()).append(";\n\n");
    for (Import one : file.imports()) {
      source
          .append(one.function() ? "import static " : "import ")
          .append(one.target())
          .append(";\n");
    }
    source
        .append("\npublic final class ")
        .append(name)
        .append(" extends dev.rigwright.rulebook.loops.RuleLoop {\n");
    source
        .append("  protected String[] reads() { return new String[] ")
        .append(texts(typePlaces.keySet()))
        .append("; }\n");
    source
        .append("  protected String[] lookups() { return new String[] ")
        .append(texts(lookups.keySet()))
        .append("; }\n");
    source.append("  private static final String[] SHOWN = ").append(texts(shown())).append(";\n");
    source.append("  protected String[] shown() { return SHOWN; }\n");
    source.append("  protected Object held(int lookup, Object fact) {\n    switch (lookup) {\n");
    lookups.forEach((key, place) -> source.append(held(key, place)));
    source.append("      default: return null;\n    }\n  }\n");
    if (gathered != null) {
      source
          .append("\n  protected Object[][] fixed(dev.rigwright.rulebook.loops.Memory m) {\n")
          .append(gathered)
          .append("  }\n");
    }
    source
        .append("\n  protected void run(dev.rigwright.rulebook.loops.Memory m) {\n")
        .append(body)
        .append("  }\n");
    return source.append(methods).append("}\n").toString();
  }

  private String held(String key, int place) {
    String[] parts = key.split(" ");
    String type = List.copyOf(typePlaces.keySet()).get(Integer.parseInt(parts[0]));
    Type its = types.resolve(file, type);
    return "      case %d: return %s;\n"
        .formatted(place, JavaExpr.read("((" + type + ") fact)", its, parts[1]));
  }

  private static String texts(Iterable<String> texts) {
    List<String> quoted = new ArrayList<>();
    texts.forEach(text -> quoted.add('"' + text + '"'));
    return "{" + String.join(", ", quoted) + "}";
  }
}
