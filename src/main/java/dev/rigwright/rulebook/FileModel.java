package dev.rigwright.rulebook;

import dev.rigwright.rulebook.RuleModel.Annotation;
import java.util.ArrayList;
import java.util.List;

/**
 * A rule file as it stands on disk, every part with its place; made by {@link ModelReader}.
 *
 * @param path relative to the rules' folder, with slashes
 * @param tokens all of them, comments included
 * @param packageName null where there is none
 * @param packageSpan of the name; null where there is none
 * @param packageStatement from {@code package} to its semicolon; null where there is none
 * @param header the comments above the package; null for none
 * @param others what a rule file should not hold: globals, functions, queries, attributes
 * @param faults what cannot be read: a missing end, a string that is not closed
 */
public record FileModel(
    String path,
    String text,
    List<Token> tokens,
    String packageName,
    Span packageSpan,
    Span packageStatement,
    RuleModel.Comment header,
    List<Import> imports,
    List<DeclaredType> types,
    List<RuleModel> rules,
    List<Other> others,
    List<Fault> faults) {

  public FileModel {
    tokens = List.copyOf(tokens);
    imports = List.copyOf(imports);
    types = List.copyOf(types);
    rules = List.copyOf(rules);
    others = List.copyOf(others);
    faults = List.copyOf(faults);
  }

  /**
   * An import.
   *
   * @param target such as {@code dev.rigwright.domain.Gpu}
   * @param function whether it imports a static method
   */
  public record Import(String target, boolean function, Span span, Span targetSpan) {

    /** The name that it brings. */
    public String simpleName() {
      return target.substring(target.lastIndexOf('.') + 1);
    }
  }

  /**
   * A type that the file declares.
   *
   * @param span from {@code declare} to {@code end}
   */
  public record DeclaredType(
      String name,
      Span nameSpan,
      Span span,
      RuleModel.Comment header,
      List<Annotation> annotations,
      List<Field> fields) {
    public DeclaredType {
      annotations = List.copyOf(annotations);
      fields = List.copyOf(fields);
    }
  }

  /**
   * A field of a declared type.
   *
   * @param span from its name to its last annotation
   */
  public record Field(
      String name,
      Span nameSpan,
      String type,
      Span typeSpan,
      Span span,
      List<Annotation> annotations) {
    public Field {
      annotations = List.copyOf(annotations);
    }

    /** Whether it is part of what makes two facts equal. */
    public boolean key() {
      return annotations.stream().anyMatch(a -> a.name().equalsIgnoreCase("key"));
    }
  }

  /**
   * Something at the top of a file that is neither package, import, type nor rule.
   *
   * @param keyword such as {@code global}, {@code function}, {@code query}, or an attribute's name
   * @param name null for an attribute or what cannot be read
   */
  public record Other(String keyword, String name, Span span) {}

  /**
   * What cannot be read.
   *
   * @param code such as {@code missing-end}
   * @param rule the rule it is in; null outside of rules
   */
  public record Fault(String code, Span span, String message, String rule) {}

  /** The rule of a name; null for none. */
  public RuleModel rule(String name) {
    return rules.stream().filter(rule -> rule.name().equals(name)).findFirst().orElse(null);
  }

  /**
   * The file's text with everything blank that lies in none of the spans: what remains keeps its
   * line and column.
   */
  public String only(List<Span> kept) {
    char[] masked = text.toCharArray();
    for (int i = 0; i < masked.length; i++) {
      if (masked[i] != '\n' && masked[i] != '\r') {
        masked[i] = ' ';
      }
    }
    kept.forEach(span -> text.getChars(span.start(), span.end(), masked, span.start()));
    return new String(masked);
  }

  /** What stands in a place, without blanks and comments. */
  public List<String> words(Span within) {
    return tokens.stream()
        .filter(token -> !token.isComment() && within.holds(token.span()))
        .map(Token::text)
        .toList();
  }

  /** The place of a part of the text. */
  public Span span(int start, int end) {
    return Lexer.span(path, text, start, end);
  }

  /** Package, imports and declared types: what every rule of the file rests on. */
  public List<Span> ground() {
    List<Span> ground = new ArrayList<>();
    if (packageSpan != null) {
      ground.add(packageStatement);
    }
    imports.forEach(imported -> ground.add(imported.span()));
    types.forEach(type -> ground.add(type.span()));
    return ground;
  }

  /** The stratum that the file lies in. */
  public String folder() {
    int slash = path.indexOf('/');
    return slash < 0 ? "" : path.substring(0, slash);
  }

  /** The topic: the file's name without its ending. */
  public String topic() {
    String name = path.substring(path.lastIndexOf('/') + 1);
    return name.endsWith(".drl") ? name.substring(0, name.length() - 4) : name;
  }
}
