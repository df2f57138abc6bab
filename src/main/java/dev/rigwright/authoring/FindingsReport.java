package dev.rigwright.authoring;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rigwright.facts.Json;
import dev.rigwright.rulebook.Span;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Shows findings to a person, a script, or a tool that reads SARIF. */
public final class FindingsReport {

  private static final String SCHEMA =
      "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

  private final Check.Report report;
  private final Path folder;
  private final String prefix;
  private final Map<String, List<String>> lines = new HashMap<>();

  /**
   * Prepares a report.
   *
   * @param folder the rules' folder, for the lines of cases
   * @param prefix what stands before each path, such as {@code rules/}
   */
  public FindingsReport(Check.Report report, Path folder, String prefix) {
    this.report = report;
    this.folder = folder;
    this.prefix = prefix;
  }

  /** One finding a paragraph: place, code, message, the line, a caret below what is meant. */
  public String text() {
    StringBuilder text = new StringBuilder();
    for (Finding finding : report.findings()) {
      text.append(prefix).append(finding).append('\n');
      Span place = finding.place();
      List<String> source = lines(place.file());
      if (place.line() <= source.size()) {
        String line = source.get(place.line() - 1);
        text.append("    ").append(line).append('\n');
        text.append("    ").append(caret(line, place)).append('\n');
      }
    }
    int count = report.findings().size();
    text.append(
        "%s in %d rules of %d files.%n"
            .formatted(
                count == 0 ? "No finding" : count == 1 ? "1 finding" : count + " findings",
                report.rules(),
                report.texts().size()));
    return text.toString();
  }

  /** Blanks, with tabs where the line has some, then a caret for each character that is meant. */
  private static String caret(String line, Span place) {
    StringBuilder caret = new StringBuilder();
    for (int i = 0; i < place.column() - 1 && i < line.length(); i++) {
      caret.append(line.charAt(i) == '\t' ? '\t' : ' ');
    }
    int last =
        place.lastLine() == place.line() ? place.lastColumn() : line.stripTrailing().length();
    return caret.append("^".repeat(Math.max(1, last - place.column() + 1))).toString();
  }

  private List<String> lines(String file) {
    return lines.computeIfAbsent(
        file,
        path -> {
          String text = report.texts().get(path);
          try {
            return (text == null ? Files.readString(folder.resolve(path)) : text).lines().toList();
          } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
          }
        });
  }

  /** {@code {"findings": [ { "file", "line", "column", "severity", "code", "message" } ]}}. */
  public String json() {
    ObjectNode root = Json.MAPPER.createObjectNode();
    ArrayNode all = root.putArray("findings");
    for (Finding finding : report.findings()) {
      Span place = finding.place();
      all.addObject()
          .put("file", prefix + place.file())
          .put("line", place.line())
          .put("column", place.column())
          .put("endLine", place.lastLine())
          .put("endColumn", place.lastColumn())
          .put("severity", finding.severity().word())
          .put("code", finding.code())
          .put("message", finding.message());
    }
    return root.toPrettyString() + "\n";
  }

  /** A log in the Static Analysis Results Interchange Format, 2.1.0. */
  public String sarif(String version) {
    ObjectNode root = Json.MAPPER.createObjectNode();
    root.put("$schema", SCHEMA).put("version", "2.1.0");
    ObjectNode run = root.putArray("runs").addObject();
    ObjectNode driver = run.putObject("tool").putObject("driver");
    driver.put("name", "rigwright").put("version", version);
    List<String> codes =
        new ArrayList<>(new TreeSet<>(report.findings().stream().map(Finding::code).toList()));
    ArrayNode rules = driver.putArray("rules");
    codes.forEach(code -> rules.addObject().put("id", code));
    run.put("columnKind", "utf16CodeUnits");
    ArrayNode results = run.putArray("results");
    for (Finding finding : report.findings()) {
      Span place = finding.place();
      ObjectNode result = results.addObject();
      result
          .put("ruleId", finding.code())
          .put("ruleIndex", codes.indexOf(finding.code()))
          .put("level", finding.severity().word());
      result.putObject("message").put("text", finding.message());
      ObjectNode physical = result.putArray("locations").addObject().putObject("physicalLocation");
      physical.putObject("artifactLocation").put("uri", uri(prefix + place.file()));
      physical
          .putObject("region")
          .put("startLine", place.line())
          .put("startColumn", place.column())
          .put("endLine", place.lastLine())
          .put("endColumn", place.lastColumn() + 1);
    }
    return root.toPrettyString() + "\n";
  }

  private static String uri(String path) {
    try {
      return new java.net.URI(null, null, path, null).getRawPath();
    } catch (java.net.URISyntaxException odd) {
      return path.replace(' ', '+');
    }
  }
}
