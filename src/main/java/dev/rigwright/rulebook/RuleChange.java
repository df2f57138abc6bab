package dev.rigwright.rulebook;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A rule that is not what it was.
 *
 * @param rule its id
 * @param how what became of it
 * @param file below the folder of rules, where it stands now, or stood
 * @param line of its name, from 1
 */
public record RuleChange(String rule, How how, String file, int line) {

  /** What became of a rule. */
  public enum How {
    /** It says something else, itself or by an import or a type that it names. */
    CHANGED,
    /** It was not there then. */
    ADDED,
    /** It is not there now. */
    REMOVED;

    /** Its word. */
    public String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /** The rules that differ between two rulebooks in anything but comments and blanks, by id. */
  public static List<RuleChange> between(Rulebook then, Rulebook now) {
    Map<String, List<String>> before = words(then);
    Map<String, List<String>> after = words(now);
    Map<String, RuleChange> changes = new TreeMap<>();
    before.forEach(
        (rule, text) -> {
          if (!after.containsKey(rule)) {
            changes.put(rule, of(then.rule(rule), How.REMOVED));
          } else if (!after.get(rule).equals(text)) {
            changes.put(rule, of(now.rule(rule), How.CHANGED));
          }
        });
    after.forEach(
        (rule, text) -> {
          if (!before.containsKey(rule)) {
            changes.put(rule, of(now.rule(rule), How.ADDED));
          }
        });
    return List.copyOf(changes.values());
  }

  private static RuleChange of(RuleInfo rule, How how) {
    return new RuleChange(rule.id(), how, rule.file(), rule.line());
  }

  /** What each rule is made of, with the imports and declared types that all of them share. */
  private static Map<String, List<String>> words(Rulebook rulebook) {
    Map<String, List<String>> words = new TreeMap<>();
    SortedMap<String, List<String>> types = types(rulebook);
    for (RuleFile file : rulebook.files()) {
      for (RuleInfo rule : file.rules()) {
        List<String> own = new ArrayList<>(file.model().words(file.model().rule(rule.id()).span()));
        own.add(file.folder());
        file.model().imports().stream()
            .filter(imported -> own.contains(imported.simpleName()))
            .forEach(imported -> own.add(imported.target()));
        List<String> named = List.copyOf(own);
        types.forEach(
            (name, declared) -> {
              if (named.contains(name)) {
                own.addAll(declared);
              }
            });
        words.put(rule.id(), own);
      }
    }
    return words;
  }

  /** The words of each type that rule files declare, by its name. */
  public static SortedMap<String, List<String>> types(Rulebook rulebook) {
    SortedMap<String, List<String>> types = new TreeMap<>();
    for (RuleFile file : rulebook.files()) {
      file.model().types().forEach(type -> types.put(type.name(), file.model().words(type.span())));
    }
    return types;
  }

  /**
   * The rules of now with this one as it was then.
   *
   * @throws RulebookException if it cannot stand among them
   */
  public Rulebook takenBack(Rulebook then, Rulebook now) {
    Map<String, String> texts = new LinkedHashMap<>();
    now.files().forEach(one -> texts.put(one.path(), without(one.model())));
    for (RuleFile one : then.files()) {
      RuleModel old = one.model().rule(rule);
      if (old != null) {
        List<Span> kept = new ArrayList<>();
        FileModel model = one.model();
        if (model.packageStatement() != null) {
          kept.add(model.packageStatement());
        }
        model.imports().forEach(imported -> kept.add(imported.span()));
        kept.add(old.span());
        texts.put(one.path().replaceFirst("\\.drl$", ".then.drl"), model.only(kept));
      }
    }
    return RulebookReader.compile(RulebookReader.parse(Path.of("rules"), texts));
  }

  private String without(FileModel model) {
    RuleModel mine = model.rule(rule);
    if (mine == null) {
      return model.text();
    }
    List<Span> kept = model.ground();
    model.rules().stream().filter(other -> other != mine).forEach(other -> kept.add(other.span()));
    return model.only(kept);
  }
}
