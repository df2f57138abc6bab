package dev.rigwright.rulebook;

import dev.rigwright.rulebook.FileModel.DeclaredType;
import dev.rigwright.rulebook.FileModel.Fault;
import dev.rigwright.rulebook.FileModel.Field;
import dev.rigwright.rulebook.FileModel.Import;
import dev.rigwright.rulebook.RuleModel.Annotation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Holds rule files against what a rule may do: match facts, compare what they offer, conclude one
 * thing. It is an allow-list: every word and sign of a file has to be known, whatever it stands in;
 * a word is known as a keyword, a binding of its rule, a property or method of a fact, or a type
 * that may be imported. Nothing is compiled before. {@link SafeLoader} is the wall behind it.
 */
public final class Safety {

  private static final Set<String> CONDITION_WORDS =
      Set.of(
          "not",
          "exists",
          "forall",
          "and",
          "or",
          "in",
          "memberOf",
          "contains",
          "excludes",
          "matches",
          "accumulate",
          "acc",
          "from",
          "collect",
          "true",
          "false",
          "null",
          "this");
  private static final Set<String> CONSEQUENCE_WORDS = Set.of("true", "false", "null");
  private static final Set<String> SIGNS =
      Set.of(
          "(", ")", ",", ".", ";", ":", "?", "+", "-", "*", "/", "%", "!", "&&", "||", "==", "!=",
          "<", "<=", ">", ">=");
  private static final Set<String> ANNOTATIONS =
      Set.of("severity", "says", "because", "source", "reviewed", "relaxes", "formerly");

  private final Vocabulary vocabulary;
  private final FileModel file;
  private final boolean asking;
  private final List<Token> tokens;
  private final Vocabulary.Names names;
  private final List<Fault> faults = new ArrayList<>();

  private Safety(Vocabulary vocabulary, FileModel file, boolean asking) {
    this.asking = asking;
    this.vocabulary = vocabulary;
    this.file = file;
    this.tokens = file.tokens().stream().filter(token -> !token.isComment()).toList();
    this.names = vocabulary.names(file);
  }

  /**
   * What goes beyond a rule's job in files that are compiled together, in the order of the text.
   */
  public static List<Fault> faults(Collection<FileModel> files) {
    return faults(files, false);
  }

  /** The same for files that may hold rules without any consequence, which only ask. */
  static List<Fault> faultsBeyondAsking(Collection<FileModel> files) {
    return faults(files, true);
  }

  private static List<Fault> faults(Collection<FileModel> files, boolean asking) {
    Vocabulary vocabulary = new Vocabulary(files);
    List<Fault> all = new ArrayList<>();
    for (FileModel file : files) {
      all.addAll(new Safety(vocabulary, file, asking).check());
    }
    return all;
  }

  private List<Fault> check() {
    characters();
    for (Fault fault : file.faults()) {
      faults.add(fault);
    }
    if (!"rigwright".equals(file.packageName())) {
      add(
          "unsafe-package",
          file.packageSpan() == null
              ? Lexer.span(file.path(), file.text(), 0, Math.min(1, file.text().length()))
              : file.packageSpan(),
          null,
          "The package (%s) must be rigwright: in another one, rules reach what is not public there. Maybe the line (package rigwright;) is missing."
              .formatted(file.packageName()));
    }
    file.imports().forEach(this::imported);
    file.types().forEach(this::declared);
    file.rules().forEach(this::rule);
    outside();
    faults.sort(Comparator.comparingInt(fault -> fault.span().start()));
    return faults;
  }

  private void add(String code, Span span, String rule, String message) {
    faults.add(new Fault(code, span, message, rule));
  }

  /** Java resolves escapes before it reads strings and comments, so they can hide anything. */
  private void characters() {
    String text = file.text();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && i + 1 < text.length() && text.charAt(i + 1) == 'u') {
        add(
            "unsafe-escape",
            Lexer.span(file.path(), text, i, i + 2),
            null,
            "A unicode escape (\\u…) can hide code in strings and comments. Maybe the character itself can be written.");
      } else if (c != '\n'
          && c != '\r'
          && c != '\t'
          && (Character.isISOControl(c) || Character.getType(c) == Character.FORMAT)
          && !(c == '\uFEFF' && i == 0)) {
        add(
            "unsafe-character",
            Lexer.span(file.path(), text, i, i + 1),
            null,
            "The invisible character (U+%04X) can make a file read differently from what it does. Maybe it was copied along; delete it."
                .formatted((int) c));
      }
    }
  }

  private void imported(Import one) {
    if (!vocabulary.importable(one)) {
      add(
          "unsafe-import",
          one.targetSpan(),
          null,
          "The import (%s) is none that a rule may use: types of %s* and %s*, %s, and the functions %s%s. Maybe a pure method of estimate is what is missing."
              .formatted(
                  one.target(),
                  Vocabulary.DOMAIN,
                  Vocabulary.ESTIMATE,
                  String.join(", ", Vocabulary.IMPORTS.stream().sorted().toList()),
                  Vocabulary.VERBS,
                  Vocabulary.VERB_NAMES.stream().sorted().toList()));
      return;
    }
    for (Token token : within(one.span())) {
      boolean known =
          one.targetSpan().holds(token.span())
              || token.is(";")
              || token.is("import")
              || token.is("function") && one.function();
      if (!known) {
        add(
            "unsafe-import",
            token.span(),
            null,
            "An import is a type or (function) and a verb, not (%s). Maybe a semicolon is missing."
                .formatted(token.text()));
        return;
      }
    }
  }

  private List<Token> within(Span span) {
    return tokens.subList(first(span.start()), first(span.end()));
  }

  /** The index of the first token that begins at an offset or behind it. */
  private int first(int offset) {
    int low = 0;
    int high = tokens.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (start(tokens.get(middle)) < offset) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private static boolean held(List<Span> spans, Token token) {
    for (Span span : spans) {
      if (span.holds(token.span())) {
        return true;
      }
    }
    return false;
  }

  private void declared(DeclaredType type) {
    boolean taken =
        Vocabulary.basic(type.name())
            || file.imports().stream().anyMatch(one -> one.simpleName().equals(type.name()));
    if (taken || type.name().indexOf('.') >= 0 || type.name().indexOf('$') >= 0) {
      add(
          "unsafe-declaration",
          type.nameSpan(),
          null,
          "The declared type (%s) takes a name that means something else, or one with points. Maybe another name will do."
              .formatted(type.name()));
    }
    Set<Integer> known = new HashSet<>();
    for (Field field : type.fields()) {
      known.add(field.nameSpan().start());
      if (!names.type(field.type()) && !Vocabulary.primitive(field.type())) {
        add(
            "unsafe-declaration",
            field.typeSpan(),
            null,
            "The type (%s) of field (%s) must be a number, a String, a boolean, or an imported or declared type. Maybe its import is missing."
                .formatted(field.type(), field.name()));
      }
      within(field.typeSpan()).forEach(token -> known.add(token.span().start()));
    }
    int at = 0;
    List<Token> inside = within(type.span());
    for (Token token : inside) {
      Token before = at == 0 ? null : inside.get(at - 1);
      boolean frame = token.is("declare") || token.is("end") || token.is(":") || token.is("@");
      boolean key = token.is("key") && before != null && before.is("@");
      if (!frame && !key && !type.nameSpan().holds(token.span()) && !known.contains(start(token))) {
        add(
            "unsafe-declaration",
            token.span(),
            null,
            "A declared type holds fields (name : Type @key) and nothing else, not (%s). Maybe a rule can give the value."
                .formatted(token.text()));
        return;
      }
      at++;
    }
  }

  private static int start(Token token) {
    return token.span().start();
  }

  private void rule(RuleModel rule) {
    rule.annotations().forEach(annotation -> annotation(rule, annotation));
    rule.attributes()
        .forEach(
            attribute ->
                add(
                    "unsafe-attribute",
                    attribute.span(),
                    rule.name(),
                    "The attribute (%s) is none of a rule's: order carries no meaning here. Maybe a named fact in between says it."
                        .formatted(attribute.name())));
    Set<String> bound = new HashSet<>();
    rule.bindings().forEach(binding -> bound.add(binding.variable()));
    int words = faults.size();
    List<Span> head = new ArrayList<>();
    rule.annotations().forEach(annotation -> head.add(annotation.span()));
    rule.attributes().forEach(attribute -> head.add(attribute.span()));
    for (int i = first(rule.nameSpan().end()); i < first(rule.span().end()); i++) {
      Token token = tokens.get(i);
      if (!held(head, token)) {
        boolean then = rule.consequence() != null && rule.consequence().span().holds(token.span());
        boolean when = rule.condition() != null && rule.condition().holds(token.span());
        if (token.kind() == Token.Kind.SIGN) {
          sign(rule, token, then || when);
        } else if (token.isWord() && then && !token.is("then")) {
          consequence(rule, i, bound);
        } else if (token.isWord() && when) {
          condition(rule, i, bound);
        } else if (!then && !when && !frame(token)) {
          unknown(rule, token);
        }
      }
    }
    if (faults.size() == words
        && (rule.consequence() == null || rule.consequence().inserted() == null)
        && !(asking && rule.consequence() != null && rule.consequence().source().isEmpty())) {
      add(
          "unsafe-consequence",
          rule.consequence() == null ? rule.nameSpan() : rule.consequence().span(),
          rule.name(),
          "The consequence of rule (%s) must be exactly one insertLogical( … );. Maybe the rest is a second rule."
              .formatted(rule.name()));
    }
  }

  private static boolean frame(Token token) {
    return token.is("when") || token.is("then") || token.is("end");
  }

  /** An annotation's values are texts, never anything that could be evaluated. */
  private void annotation(RuleModel rule, Annotation annotation) {
    if (!ANNOTATIONS.contains(annotation.name())) {
      add(
          "unsafe-annotation",
          annotation.nameSpan(),
          rule.name(),
          "The annotation (@%s) is none that a rule may have: %s. Maybe it is misspelt."
              .formatted(annotation.name(), ANNOTATIONS.stream().sorted().toList()));
      return;
    }
    int values = 0;
    for (Token token : within(annotation.span())) {
      if (start(token) < annotation.nameSpan().end()) {
        continue;
      }
      boolean frame =
          token.is("(") || token.is(")") || token.is("{") || token.is("}") || token.is(",");
      boolean word = token.isWord() && values == 0;
      if (!frame && !word && !token.isString()) {
        add(
            "unsafe-annotation",
            token.span(),
            rule.name(),
            "The annotation (@%s) holds texts in quotes, not (%s). Maybe quotes are missing."
                .formatted(annotation.name(), token.text()));
        return;
      }
      values += frame ? 0 : 1;
    }
  }

  private void sign(RuleModel rule, Token token, boolean inside) {
    if (!inside || !SIGNS.contains(token.text()) && !token.is("!.")) {
      add(
          "unsafe-sign",
          token.span(),
          rule.name(),
          "The sign (%s) has no place in a rule: no blocks, assignments, lambdas, elements or casts in place. Maybe a pure method of estimate is what is missing."
              .formatted(token.text()));
    }
  }

  private Token token(int index) {
    return index < 0 || index >= tokens.size() ? null : tokens.get(index);
  }

  private boolean is(int index, String text) {
    Token token = token(index);
    return token != null && token.is(text);
  }

  private void unknown(RuleModel rule, Token token) {
    add(
        "unsafe-name",
        token.span(),
        rule.name(),
        "The name (%s) is nothing that rule (%s) may use here: no property or method of a fact, no binding, no imported type of %s* or %s*. Maybe it is misspelt or its import is missing; what reaches beyond facts is no rule's job."
            .formatted(token.text(), rule.name(), Vocabulary.DOMAIN, Vocabulary.ESTIMATE));
  }

  /** What stands behind a point; true where the word does. */
  private boolean member(RuleModel rule, int at) {
    if (!is(at - 1, ".") && !is(at - 1, "!.")) {
      return false;
    }
    Token token = token(at);
    Token owner = token(at - 2);
    boolean type =
        owner != null
            && owner.isWord()
            && !is(at - 3, ".")
            && !is(at - 3, "!.")
            && names.type(owner.text());
    if (type) {
      Set<String> statics = names.statics(owner.text());
      if (!statics.contains(token.text())) {
        add(
            "unsafe-member",
            token.span(),
            rule.name(),
            "The type (%s) offers rules no (%s), only %s. Maybe a pure method of estimate is what is missing."
                .formatted(owner.text(), token.text(), statics));
      }
    } else if (!vocabulary.member(token.text())) {
      add(
          "unsafe-member",
          token.span(),
          rule.name(),
          "The name (%s) is no property or method that a fact offers to rules. Maybe it is misspelt; what reaches beyond facts is no rule's job."
              .formatted(token.text()));
    }
    return true;
  }

  private void condition(RuleModel rule, int at, Set<String> bound) {
    Token token = token(at);
    String word = token.text();
    if (member(rule, at)) {
      return;
    }
    boolean called = is(at + 1, "(");
    boolean known;
    if (names.type(word)) {
      known = called || is(at + 1, ".") || cast(at);
    } else if (word.startsWith("$")) {
      known = bound.contains(word) && !called;
    } else {
      known =
          CONDITION_WORDS.contains(word)
              || called && Vocabulary.FUNCTIONS.contains(word)
              || Vocabulary.primitive(word) && cast(at)
              || vocabulary.member(word);
    }
    if (!known) {
      unknown(rule, token);
    } else if (word.equals("matches") && !plain(token(at + 1))) {
      add(
          "unsafe-pattern",
          token(at + 1) == null ? token.span() : token(at + 1).span(),
          rule.name(),
          "What follows (matches) must be a text without brackets and with one * or + at most: others can take for ever to match. Maybe (==), (contains) or (in) will do.");
    }
  }

  private static boolean plain(Token pattern) {
    return pattern != null
        && pattern.isString()
        && pattern.unquoted().chars().noneMatch(c -> "({\\".indexOf(c) >= 0)
        && pattern.unquoted().chars().filter(c -> c == '*' || c == '+').count() <= 1;
  }

  private void consequence(RuleModel rule, int at, Set<String> bound) {
    Token token = token(at);
    String word = token.text();
    if (member(rule, at)) {
      return;
    }
    boolean called = is(at + 1, "(");
    if (is(at - 1, "new")) {
      if (!called || !names.makeable(word)) {
        add(
            "unsafe-new",
            token.span(),
            rule.name(),
            "A rule makes no new (%s), only records of %s* and declared types. Maybe its import is missing."
                .formatted(word, Vocabulary.DOMAIN));
      }
      return;
    }
    if (word.equals("kcontext")) {
      boolean first = is(at - 1, "(") && token(at - 2) != null && names.verb(token(at - 2).text());
      if (!first || !is(at - 3, "(") || !is(at - 4, "insertLogical") || !is(at + 1, ",")) {
        add(
            "unsafe-context",
            token.span(),
            rule.name(),
            "The context (kcontext) is the first argument of a verb (%s) and nothing else: it leads to the engine. Maybe a binding holds what is wanted."
                .formatted(String.join(", ", Vocabulary.VERB_NAMES.stream().sorted().toList())));
      }
      return;
    }
    boolean first = rule.consequence().span().start() == start(token);
    if (word.equals("insertLogical") && called && !first) {
      add(
          "unsafe-consequence",
          token.span(),
          rule.name(),
          "The consequence of rule (%s) must be exactly one insertLogical( … );. Maybe the rest is a second rule."
              .formatted(rule.name()));
      return;
    }
    boolean known;
    if (names.type(word)) {
      known = is(at + 1, ".") || cast(at);
    } else if (word.startsWith("$")) {
      known = bound.contains(word) && !called;
    } else {
      known =
          CONSEQUENCE_WORDS.contains(word)
              || word.equals("new")
              || Vocabulary.primitive(word) && cast(at)
              || called && word.equals("insertLogical")
              || called && names.verb(word);
    }
    if (!known) {
      unknown(rule, token);
    }
  }

  /** Whether a type in brackets casts what follows; alone, it would be the class itself. */
  private boolean cast(int at) {
    Token operand = token(at + 2);
    return is(at - 1, "(")
        && is(at + 1, ")")
        && operand != null
        && (operand.is("(")
            || operand.isString()
            || operand.kind() == Token.Kind.NUMBER
            || operand.isWord()
                && (operand.is("this") || !CONDITION_WORDS.contains(operand.text())));
  }

  /** What stands outside of package, imports, types and rules. */
  private void outside() {
    List<Span> known = new ArrayList<>();
    if (file.packageStatement() != null) {
      known.add(file.packageStatement());
      for (Token token : within(file.packageStatement())) {
        if (!token.is("package") && !token.is(";") && !file.packageSpan().holds(token.span())) {
          outside(token);
        }
      }
    }
    file.imports().forEach(one -> known.add(one.span()));
    file.types().forEach(type -> known.add(type.span()));
    file.rules().forEach(rule -> known.add(rule.span()));
    Span last = null;
    for (Token token : tokens) {
      Span span = token.span();
      if (!token.is(";") && !held(known, token)) {
        Span item =
            file.others().stream()
                .map(FileModel.Other::span)
                .filter(other -> other.holds(span))
                .findFirst()
                .orElse(span);
        if (!item.equals(last)) {
          outside(token);
        }
        last = item;
      }
    }
  }

  private void outside(Token token) {
    add(
        "unsafe-item",
        token.span(),
        null,
        "A rule file holds its package, imports, declared types and rules, not (%s): no functions, globals, queries or attributes. Maybe it can be a rule that concludes a fact."
            .formatted(token.text()));
  }
}
