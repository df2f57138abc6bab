package dev.rigwright.rulebook.loops;

import dev.rigwright.rulebook.Expr;
import dev.rigwright.rulebook.FileModel;
import dev.rigwright.rulebook.FileModel.Import;
import dev.rigwright.rulebook.RuleModel;
import dev.rigwright.rulebook.RuleModel.Binding;
import dev.rigwright.rulebook.Types;
import dev.rigwright.rulebook.Types.Type;
import dev.rigwright.rulebook.loops.JavaExpr.Code;
import dev.rigwright.rulebook.loops.Premises.Condition;
import dev.rigwright.rulebook.loops.Premises.How;
import dev.rigwright.rulebook.loops.Premises.Premise;
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

  /** A rule as Java. */
  record Written(String name, String source) {}

  private static final String INDENT = "  ";

  /** Stands among the types that a rule reads for the one that it concludes. */
  static final String CONCLUDED = "";

  private final FileModel file;
  private final RuleModel rule;
  private final Types types;
  private final Predicate<String> asked;
  private final Premises premises;
  private final Map<String, Integer> typePlaces;
  private final Map<String, Integer> lookups;
  private final StringBuilder body = new StringBuilder();
  private final StringBuilder methods = new StringBuilder();
  private final Set<Integer> placed = new HashSet<>();
  private final Set<Condition> met = new HashSet<>();
  private final Set<Integer> fixed = new TreeSet<>();
  private String gathered;
  private int depth = 2;

  private LoopWriter(FileModel file, RuleModel rule, Types types, Predicate<String> asked)
      throws NoLoop {
    this.file = file;
    this.rule = rule;
    this.types = types;
    this.asked = asked;
    this.premises = Premises.of(file, rule, types);
    this.typePlaces = new LinkedHashMap<>();
    this.lookups = new LinkedHashMap<>();
  }

  /** Writes a part of the same rule, beginning anew. */
  private LoopWriter(LoopWriter whole) {
    this.file = whole.file;
    this.rule = whole.rule;
    this.types = whole.types;
    this.asked = whole.asked;
    this.premises = whole.premises;
    this.typePlaces = whole.typePlaces;
    this.lookups = whole.lookups;
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
    Expr inserted = rule.consequence() == null ? null : rule.consequence().inserted();
    if (inserted == null) {
      throw new NoLoop("rules/%s: what (%s) does".formatted(file.path(), rule.name()));
    }
    typePlaces.put(CONCLUDED, 0);
    for (Premise premise : premises.all()) {
      typePlaces.putIfAbsent(premise.pattern().type(), typePlaces.size());
    }
    steps();
    conclude(inserted);
    close();
    String name = "Loop_" + rule.name().replaceAll("[^A-Za-z0-9]", "_");
    return new Written(name, source(name));
  }

  private void steps() throws NoLoop {
    checks();
    while (placed.size() < premises.all().size()) {
      Premise next = cheapest(premises.all());
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
  private boolean fix(Premise start) {
    Set<Integer> together = new TreeSet<>(Set.of(start.place()));
    for (boolean again = true; again; ) {
      again = false;
      for (Premise premise : premises.all()) {
        if (premise.how() == How.LOOP
            && !placed.contains(premise.place())
            && !together.contains(premise.place())
            && !asked.test(premise.pattern().type())) {
          Condition lookup = premises.lookup(premise, together);
          again |=
              lookup != null && !lookup.value().on().isEmpty() && together.add(premise.place());
        }
      }
    }
    if (asked.test(start.pattern().type())
        || premises.conditions().stream().noneMatch(one -> together.containsAll(one.code().on()))) {
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
      apart.loop(apart.cheapest(fixed.stream().map(premises.all()::get).toList()));
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
      String type = premises.all().get(place).pattern().type();
      line("%s p%d = (%s) t[%d];".formatted(type, place, type, at++));
      placed.add(place);
    }
  }

  /** The pattern that is to be gone through next; null where none is left. */
  private Premise cheapest(List<Premise> of) {
    Premise next = null;
    for (Premise premise : of) {
      if (premise.how() == How.LOOP
          && !placed.contains(premise.place())
          && (next == null || cost(premise) < cost(next))) {
        next = premise;
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
  private int cost(Premise premise) {
    Condition lookup = premises.lookup(premise, placed);
    if (lookup != null && !lookup.value().on().isEmpty()) {
      return 0;
    }
    return asked.test(premise.pattern().type()) ? 1 : lookup != null ? 2 : 3;
  }

  private void loop(Premise premise) {
    Condition lookup = premises.lookup(premise, placed);
    if (depth > 2) {
      line("m.look();");
    }
    line(head(premise, lookup));
    depth++;
    met.add(lookup);
    placed.add(premise.place());
    for (Condition condition : premises.conditions()) {
      if (condition.place() == premise.place() && ready(condition)) {
        skipUnless(condition);
      }
    }
  }

  private String head(Premise premise, Condition lookup) {
    int place = premise.place();
    return "for (Object o%d : %s) { %s p%d = (%s) o%d;"
        .formatted(
            place,
            facts(premise, lookup),
            premise.pattern().type(),
            place,
            premise.pattern().type(),
            place);
  }

  private String facts(Premise premise, Condition lookup) {
    int type = typePlaces.get(premise.pattern().type());
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
        && premises.all().get(condition.place()).how() == How.LOOP
        && placed.containsAll(condition.code().on());
  }

  private void skipUnless(Condition condition) {
    met.add(condition);
    line("if (!" + condition.code().text() + ") continue;");
  }

  /** All that can be asked with what is known: constraints, what exists and what does not. */
  private void checks() {
    for (Condition condition : premises.conditions()) {
      if (placed.contains(condition.place()) && ready(condition)) {
        skipUnless(condition);
      }
    }
    for (Premise premise : premises.all()) {
      if (premise.how() != How.LOOP
          && !placed.contains(premise.place())
          && placed.containsAll(premise.outer())) {
        placed.add(premise.place());
        String call = "e%d(m%s)".formatted(premise.place(), arguments(premise, false));
        if (premise.how() == How.GATHER) {
          line("java.util.List a%d = %s;".formatted(premise.place(), call));
        } else {
          line(
              "if (%s%s) %s;"
                  .formatted(
                      premise.how() == How.NOT ? "" : "!",
                      call,
                      depth == 2 ? "return" : "continue"));
        }
        method(premise);
      }
    }
  }

  private String arguments(Premise premise, boolean declared) {
    StringBuilder all = new StringBuilder();
    for (int place : premise.outer()) {
      Premise outer = premises.all().get(place);
      all.append(", ");
      if (outer.how() == How.GATHER) {
        all.append(declared ? "java.util.List " : "").append('a');
      } else {
        all.append(declared ? outer.pattern().type() + " " : "").append('p');
      }
      all.append(place);
    }
    return all.toString();
  }

  /** A method that looks for a fact, or gathers facts, given all that the pattern reads. */
  private void method(Premise premise) {
    boolean gather = premise.how() == How.GATHER;
    methods.append(
        "\n  private %s e%d(dev.rigwright.rulebook.loops.Memory m%s) {\n"
            .formatted(
                gather ? "java.util.List" : "boolean", premise.place(), arguments(premise, true)));
    if (gather) {
      methods.append("    java.util.List<Object> all = m.gathered();\n");
    }
    Condition lookup = premises.lookup(premise, premise.outer());
    methods.append("    m.look();\n    ").append(head(premise, lookup)).append('\n');
    for (Condition condition : premises.conditions()) {
      if (condition.place() == premise.place() && condition != lookup) {
        methods.append("      if (!" + condition.code().text() + ") continue;\n");
      }
    }
    if (gather) {
      methods.append(
          "      all.add(%s);\n    }\n    return all;\n  }\n".formatted(premise.gathers().text()));
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
    Code meaning = premises.meaning(variable);
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
