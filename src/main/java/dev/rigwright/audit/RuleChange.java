package dev.rigwright.audit;

import dev.rigwright.rulebook.FileModel;
import dev.rigwright.rulebook.RuleFile;
import dev.rigwright.rulebook.RuleInfo;
import dev.rigwright.rulebook.RuleModel;
import dev.rigwright.rulebook.Rulebook;
import dev.rigwright.rulebook.RulebookReader;
import dev.rigwright.rulebook.Span;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    /** Its text is another one. */
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

  /** The rules whose text differs between two rulebooks, by id. */
  public static List<RuleChange> between(Rulebook then, Rulebook now) {
    Map<String, String> before = texts(then);
    Map<String, String> after = texts(now);
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

  private static Map<String, String> texts(Rulebook rulebook) {
    Map<String, String> texts = new LinkedHashMap<>();
    for (RuleFile file : rulebook.files()) {
      for (RuleModel rule : file.model().rules()) {
        texts.put(rule.name(), rule.span().cut(file.text()));
      }
    }
    return texts;
  }

  /**
   * The rules of now with this one as it was then.
   *
   * @throws dev.rigwright.rulebook.RulebookException if it cannot stand among them
   */
  Rulebook takenBack(Rulebook then, Rulebook now) {
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
