package dev.rigwright.rulebook;

import java.util.List;
import java.util.Map;
import org.kie.api.KieBase;

/**
 * All rules of a folder, compiled: an immutable value. It is replaced whole or not at all; a
 * decision keeps the one that it began with.
 *
 * @param files in the order of the strata
 * @param rules what each rule says about itself, by id
 * @param hash names the content of all files
 */
public record Rulebook(
    List<RuleFile> files, Map<String, RuleInfo> rules, KieBase base, String hash) {

  public Rulebook {
    files = List.copyOf(files);
  }

  /**
   * What a rule says about itself.
   *
   * @throws IllegalArgumentException if there is no such rule
   */
  public RuleInfo rule(String id) {
    RuleInfo info = rules.get(id);
    if (info == null) {
      throw new IllegalArgumentException("There is no rule (" + id + ") in this rulebook.");
    }
    return info;
  }

  /**
   * A rule file.
   *
   * @param path relative to the rules' folder
   * @throws IllegalArgumentException if there is no such file
   */
  public RuleFile file(String path) {
    return files.stream()
        .filter(file -> file.path().equals(path))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException("There is no file (" + path + ") in this rulebook."));
  }

  /**
   * The parts of a rule, with their places.
   *
   * @throws IllegalArgumentException if there is no such rule
   */
  public RuleModel model(String id) {
    return file(rule(id).file()).model().rule(id);
  }
}
