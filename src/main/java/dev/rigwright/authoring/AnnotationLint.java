package dev.rigwright.authoring;

import dev.rigwright.domain.Conclusion;
import dev.rigwright.domain.Requirement;
import dev.rigwright.domain.Severity;
import dev.rigwright.engine.Wording;
import dev.rigwright.facts.Similar;
import dev.rigwright.rulebook.FileModel;
import dev.rigwright.rulebook.RuleModel;
import dev.rigwright.rulebook.RuleModel.Annotation;
import dev.rigwright.rulebook.RuleModel.Binding;
import dev.rigwright.rulebook.RuleModel.Value;
import dev.rigwright.rulebook.Span;
import dev.rigwright.rulebook.Types.Type;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;

/** What a rule says about itself: known, complete, readable, with sources that exist. */
final class AnnotationLint implements Lint {

  private static final List<String> KNOWN =
      List.of("severity", "says", "because", "source", "reviewed", "relaxes", "formerly");
  private static final List<String> ALWAYS = List.of("because", "source", "reviewed");
  private static final List<String> SPEAKING = List.of("severity", "says");

  @Override
  public void look(Linted linted, Consumer<Finding> found) {
    linted.rules(
        (file, rule) -> {
          names(linted, file, rule, found);
          for (Annotation annotation : rule.annotations()) {
            values(linted, file, rule, annotation, found);
          }
        });
  }

  private static void names(
      Linted linted, FileModel file, RuleModel rule, Consumer<Finding> found) {
    Set<String> names = new HashSet<>();
    for (Annotation annotation : rule.annotations()) {
      if (!KNOWN.contains(annotation.name())) {
        found.accept(
            Finding.error(
                annotation.nameSpan(),
                "annotation-unknown",
                "Nobody reads @%s. %s"
                    .formatted(
                        annotation.name(),
                        Similar.maybe(
                            annotation.name(),
                            KNOWN,
                            "Maybe one of @" + String.join(", @", KNOWN) + " was meant."))));
        names.addAll(Similar.near(annotation.name(), KNOWN));
      } else if (!names.add(annotation.name())) {
        found.accept(
            Finding.error(
                annotation.nameSpan(),
                "annotation-twice",
                "@%s stands here for the second time. Maybe several texts belong into braces."
                    .formatted(annotation.name())));
      }
    }
    for (String name : ALWAYS) {
      if (!names.contains(name)) {
        found.accept(missing(rule, name, "every rule has one"));
      }
    }
    Type concluded = linted.concluded(file, rule);
    if (concluded == null || concluded.java() == null && concluded.declared() == null) {
      return;
    }
    boolean speaks =
        concluded.java() != null && Conclusion.class.isAssignableFrom(concluded.java());
    for (String name : SPEAKING) {
      if (speaks && !names.contains(name)) {
        found.accept(missing(rule, name, "a rule that concludes " + concluded.name() + " speaks"));
      } else if (!speaks && rule.annotation(name) != null) {
        found.accept(
            Finding.error(
                rule.annotation(name).nameSpan(),
                "annotation-unread",
                "The rule concludes %s, which speaks to nobody, so nobody reads its @%s. Maybe it belongs to another rule."
                    .formatted(concluded.name(), name)));
      }
    }
  }

  private static Finding missing(RuleModel rule, String name, String why) {
    return Finding.error(
        rule.nameSpan(),
        "annotation-missing",
        "The rule (%s) has no @%s; %s. Maybe add @%s( %s )."
            .formatted(
                rule.name(),
                name,
                why,
                name,
                switch (name) {
                  case "reviewed" -> "\"2026-11-22\"";
                  case "severity" -> "NOTE";
                  case "source" -> "\"guide#G001\"";
                  default -> "\"…\"";
                }));
  }

  private static void values(
      Linted linted,
      FileModel file,
      RuleModel rule,
      Annotation annotation,
      Consumer<Finding> found) {
    if (!KNOWN.contains(annotation.name())) {
      return;
    }
    boolean empty =
        annotation.values().isEmpty()
            || annotation.values().stream().anyMatch(v -> v.text().isBlank());
    if (empty) {
      found.accept(
          invalid(
              annotation.span(),
              "@%s says nothing. Maybe a text is missing.".formatted(annotation.name())));
      return;
    }
    boolean text = !annotation.name().equals("severity");
    for (Value value : annotation.values()) {
      if (text != value.quoted()) {
        found.accept(
            invalid(
                value.span(),
                text
                    ? "The value (%s) of @%s is not in quotes. Maybe write \"%s\"."
                        .formatted(value.text(), annotation.name(), value.text())
                    : "The severity (%s) is a word without quotes. Maybe write @severity( %s )."
                        .formatted(value.text(), value.text())));
      }
    }
    if (annotation.values().size() > 1 && !annotation.name().equals("source")) {
      found.accept(
          invalid(
              annotation.values().get(1).span(),
              "@%s has one text. Maybe only @source was meant to have several."
                  .formatted(annotation.name())));
    }
    Value first = annotation.values().get(0);
    switch (annotation.name()) {
      case "severity" -> severity(first, found);
      case "reviewed" -> date(first, found);
      case "says" -> bindings(file, rule, first, found);
      case "source" -> annotation.values().forEach(value -> source(linted, value, found));
      case "relaxes" -> {
        if (!requirementField(first.text().replace('.', '/'))) {
          found.accept(
              invalid(
                  first.span(),
                  "A requirement has no field (%s). %s"
                      .formatted(first.text(), maybeField(first.text().replace('.', '/')))));
        }
      }
      default -> {}
    }
  }

  private static Finding invalid(Span place, String message) {
    return Finding.error(place, "annotation-invalid", message);
  }

  private static void severity(Value value, Consumer<Finding> found) {
    List<String> words = Arrays.stream(Severity.values()).map(Severity::name).toList();
    if (!words.contains(value.text())) {
      found.accept(
          invalid(
              value.span(),
              "The severity (%s) must be %s. %s"
                  .formatted(
                      value.text(),
                      String.join(", ", words),
                      Similar.maybe(value.text(), words, "Maybe NOTE was meant."))));
    }
  }

  private static void date(Value value, Consumer<Finding> found) {
    try {
      LocalDate.parse(value.text());
    } catch (DateTimeParseException none) {
      found.accept(
          invalid(
              value.span(),
              "The day (%s) is no date. Maybe write it as 2026-11-22.".formatted(value.text())));
    }
  }

  private static void bindings(
      FileModel file, RuleModel rule, Value value, Consumer<Finding> found) {
    List<String> bound =
        rule.bindings().stream()
            .map(Binding::variable)
            .filter(variable -> variable.startsWith("$"))
            .map(variable -> variable.substring(1))
            .toList();
    String raw = value.span().cut(file.text());
    for (String name : Wording.names(value.text())) {
      if (!bound.contains(name)) {
        int at = raw.indexOf("{" + name + "}");
        Span place =
            file.span(value.span().start() + at, value.span().start() + at + name.length() + 2);
        found.accept(
            Finding.error(
                place,
                "binding-missing",
                "{%s} is not bound by the condition. %s"
                    .formatted(
                        name,
                        Similar.maybe(name, bound, "Maybe bind it: $" + name + " : field."))));
      }
    }
    int depth = 0;
    for (int i = 0; i < raw.length(); i++) {
      depth += raw.charAt(i) == '{' ? 1 : raw.charAt(i) == '}' ? -1 : 0;
      if (depth < 0 || depth > 1) {
        found.accept(
            invalid(
                file.span(value.span().start() + i, value.span().start() + i + 1),
                "The brace has no partner. Maybe the name of a binding is to stand between { and }."));
        return;
      }
    }
    if (depth != 0) {
      int at = value.span().start() + raw.lastIndexOf('{');
      found.accept(
          invalid(
              file.span(at, at + 1),
              "The brace has no partner. Maybe the name of a binding is to stand between { and }."));
    }
  }

  private static void source(Linted linted, Value value, Consumer<Finding> found) {
    String source = value.text();
    String next = null;
    if (source.startsWith("guide#")) {
      String claim = source.substring("guide#".length());
      if (!linted.claims().contains(claim)) {
        next =
            Similar.maybe(
                claim, linted.claims(), "Maybe facts/guide/claims.json shows the right number.");
      }
    } else if (source.startsWith("requirement#/")) {
      String field = source.substring("requirement#/".length());
      next = requirementField(field) ? null : maybeField(field);
    } else if (!source.startsWith("https://")) {
      next = file(linted.home(), source);
    }
    if (next != null) {
      found.accept(
          Finding.error(
              value.span(), "source", "The source (%s) leads nowhere. %s".formatted(source, next)));
    }
  }

  private static String file(Path home, String source) {
    int anchor = source.indexOf('#');
    String name = anchor < 0 ? source : source.substring(0, anchor);
    Path path = home.resolve(name);
    if (!Files.exists(path)) {
      return Similar.maybe(
          name,
          siblings(home, path),
          "Maybe it was moved; a source is a claim (guide#G001), a file, a field (requirement#/budgetUsd) or an https address.");
    }
    if (anchor < 0 || !name.endsWith(".md")) {
      return null;
    }
    Set<String> headings = headings(path);
    String wanted = source.substring(anchor + 1);
    return headings.contains(wanted)
        ? null
        : Similar.maybe(wanted, headings, "Maybe its heading has changed.");
  }

  private static List<String> siblings(Path home, Path path) {
    Path folder = path.getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      return List.of();
    }
    try (var paths = Files.list(folder)) {
      return paths.map(p -> home.relativize(p).toString().replace('\\', '/')).toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static Set<String> headings(Path markdown) {
    try {
      Set<String> headings = new HashSet<>();
      for (String line : Files.readAllLines(markdown)) {
        if (line.startsWith("#")) {
          headings.add(line.replaceFirst("#+ *", "").toLowerCase(Locale.ROOT).replace(' ', '-'));
        }
      }
      return headings;
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static boolean requirementField(String pointer) {
    Class<?> type = Requirement.class;
    for (String name : pointer.split("/")) {
      if (type == null || !type.isRecord()) {
        return type != null
            && !type.isPrimitive()
            && java.util.Collection.class.isAssignableFrom(type);
      }
      Class<?> next = null;
      for (RecordComponent component : type.getRecordComponents()) {
        if (component.getName().equals(name)) {
          next = component.getType();
        }
      }
      if (next == null) {
        return false;
      }
      type = next;
    }
    return true;
  }

  private static String maybeField(String pointer) {
    List<String> known = new ArrayList<>();
    for (RecordComponent component : Requirement.class.getRecordComponents()) {
      known.add(component.getName());
      if (component.getType().isRecord()) {
        for (RecordComponent inner : component.getType().getRecordComponents()) {
          known.add(component.getName() + "/" + inner.getName());
        }
      }
    }
    return Similar.maybe(pointer, known, "Maybe README.md names the field that was meant.");
  }
}
