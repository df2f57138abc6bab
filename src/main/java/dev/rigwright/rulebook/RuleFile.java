package dev.rigwright.rulebook;

import java.util.List;
import org.drools.drl.ast.descr.PackageDescr;

/**
 * A rule file as it was read.
 *
 * @param path relative to the rules' folder, with slashes
 * @param text its content
 * @param parsed the parsed package
 */
public record RuleFile(String path, String text, PackageDescr parsed, List<RuleInfo> rules) {

  public RuleFile {
    rules = List.copyOf(rules);
  }

  /** The stratum that the file lies in. */
  public String folder() {
    int slash = path.indexOf('/');
    return slash < 0 ? "" : path.substring(0, slash);
  }

  /** The topic: the file's name without its ending. */
  public String topic() {
    return path.substring(path.lastIndexOf('/') + 1).replaceFirst("\\.drl$", "");
  }
}
