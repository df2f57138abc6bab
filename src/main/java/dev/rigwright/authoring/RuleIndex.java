package dev.rigwright.authoring;

import dev.rigwright.authoring.Cases.Case;
import dev.rigwright.facts.BadInputException;
import dev.rigwright.facts.Names;
import dev.rigwright.rulebook.FileModel;
import dev.rigwright.rulebook.ModelReader;
import dev.rigwright.rulebook.RuleFile;
import dev.rigwright.rulebook.RuleModel;
import dev.rigwright.rulebook.Rulebook;
import dev.rigwright.rulebook.RulebookReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * All rules of a folder as their author sees them, in the order of the strata, with what feeds
 * which. Nothing is compiled, so one broken file hides nothing of the others.
 *
 * @param files as they stand on disk
 */
public record RuleIndex(List<FileModel> files, List<RuleEntry> entries) {

  public RuleIndex {
    files = List.copyOf(files);
    entries = List.copyOf(entries);
  }

  /**
   * Reads a folder of rules with its cases.
   *
   * @throws dev.rigwright.rulebook.RulebookException if there is no such folder, or no rule in it
   * @throws IllegalArgumentException if a file of cases cannot be used
   */
  public static RuleIndex read(Path rules) {
    return of(RulebookReader.texts(rules), Cases.read(rules));
  }

  /** An index of texts by relative path. */
  static RuleIndex of(Map<String, String> texts, List<Case> cases) {
    List<FileModel> files = new ArrayList<>();
    texts.forEach((path, text) -> files.add(ModelReader.read(path, text)));
    return of(files, cases);
  }

  /**
   * An index of rules in force, which may be others than those on disk by now.
   *
   * @param folder where their cases lie; those that cannot be read are left out
   */
  public static RuleIndex of(Rulebook rulebook, Path folder) {
    List<Case> cases;
    try {
      cases = Cases.read(folder, new ArrayList<>());
    } catch (UncheckedIOException unreadable) {
      cases = List.of();
    }
    return of(rulebook.files().stream().map(RuleFile::model).toList(), cases);
  }

  private static RuleIndex of(List<FileModel> files, List<Case> cases) {
    Map<String, List<Case>> byRule =
        cases.stream()
            .collect(Collectors.groupingBy(Case::rule, LinkedHashMap::new, Collectors.toList()));
    List<RuleEntry> entries = new ArrayList<>();
    for (FileModel file : files) {
      for (RuleModel rule : file.rules()) {
        entries.add(
            new RuleEntry(
                file, rule, Concluded.of(file, rule), byRule.getOrDefault(rule.name(), List.of())));
      }
    }
    return new RuleIndex(files, entries);
  }

  /**
   * The rule of an id.
   *
   * @throws BadInputException if there is none; the message has its new name, or near ones
   */
  public RuleEntry rule(String id) {
    for (RuleEntry entry : entries) {
      if (entry.id().equals(id)) {
        return entry;
      }
    }
    for (RuleEntry entry : entries) {
      if (entry.rule().texts("formerly").contains(id)) {
        throw new BadInputException(
            "",
            "The rule (%s) has another name now. Maybe (%s) was meant.".formatted(id, entry.id()));
      }
    }
    throw new BadInputException(
        "",
        "There is no rule (%s). Maybe %s was meant; rules list shows all."
            .formatted(id, String.join(" or ", near(id))));
  }

  /** The ids that look most like a text: alike in whole, or in the part behind the slash. */
  public List<String> near(String text) {
    return Names.near(text, entries.stream().map(RuleEntry::id).toList());
  }

  /** The rules that conclude facts of a type. */
  public List<RuleEntry> concluding(String type) {
    return where(entry -> type.equals(entry.concludes()));
  }

  /** The rules whose conditions read facts of a type. */
  public List<RuleEntry> reading(String type) {
    return where(entry -> entry.rule().reads().contains(type));
  }

  /** The rules that fulfil a condition, in the order of the strata. */
  public List<RuleEntry> where(Predicate<RuleEntry> wanted) {
    return entries.stream().filter(wanted).toList();
  }

  /** All types that rules read or conclude. */
  public Set<String> types() {
    Set<String> types = new LinkedHashSet<>();
    for (RuleEntry entry : entries) {
      types.addAll(entry.rule().reads());
      if (entry.concludes() != null) {
        types.add(entry.concludes());
      }
    }
    return types;
  }

  /** The rules that a rule rests on, by the type that it reads; an empty list for given facts. */
  public Map<String, List<RuleEntry>> feeds(RuleEntry entry) {
    Map<String, List<RuleEntry>> feeds = new LinkedHashMap<>();
    entry.rule().reads().forEach(type -> feeds.put(type, concluding(type)));
    return feeds;
  }

  /** The rules that read what a rule concludes. */
  public List<RuleEntry> fed(RuleEntry entry) {
    return entry.concludes() == null ? List.of() : reading(entry.concludes());
  }
}
