package dev.rigwright.rulebook;

import dev.rigwright.domain.Severity;
import dev.rigwright.rulebook.RulebookException.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.drools.drl.ast.descr.AccumulateDescr;
import org.drools.drl.ast.descr.AnnotationDescr;
import org.drools.drl.ast.descr.BaseDescr;
import org.drools.drl.ast.descr.CollectDescr;
import org.drools.drl.ast.descr.ConditionalElementDescr;
import org.drools.drl.ast.descr.ExistsDescr;
import org.drools.drl.ast.descr.ForallDescr;
import org.drools.drl.ast.descr.NotDescr;
import org.drools.drl.ast.descr.PackageDescr;
import org.drools.drl.ast.descr.PatternDescr;
import org.drools.drl.ast.descr.RuleDescr;
import org.drools.drl.ast.descr.TypeDeclarationDescr;
import org.drools.drl.parser.DrlParser;
import org.drools.drl.parser.DroolsError;
import org.drools.drl.parser.DroolsParserException;
import org.drools.drl.parser.ParserError;
import org.drools.kiesession.rulebase.InternalKnowledgeBase;
import org.drools.kiesession.rulebase.KnowledgeBaseFactory;
import org.kie.api.io.Resource;
import org.kie.api.io.ResourceType;
import org.kie.internal.builder.KnowledgeBuilder;
import org.kie.internal.builder.KnowledgeBuilderError;
import org.kie.internal.builder.KnowledgeBuilderFactory;
import org.kie.internal.builder.conf.LanguageLevelOption;
import org.kie.internal.io.ResourceFactory;

/**
 * Reads a folder of rules from disk: parses, compiles, and keeps what each rule says about itself.
 */
public final class RulebookReader {

  static {
    // Before the first Drools class loads: belt and braces against apache/incubator-kie#7115.
    System.setProperty("drools.useEagerSegmentCreation", "false");
  }

  private RulebookReader() {}

  /**
   * Reads and compiles the rules below a folder.
   *
   * @throws RulebookException if a file cannot be read, parsed or compiled; the problems have file,
   *     line and column
   */
  public static Rulebook read(Path folder) {
    return compile(parse(folder, texts(folder)));
  }

  /** The texts of all rule files below a folder, by relative path, in the order of the strata. */
  public static Map<String, String> texts(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new RulebookException(
          List.of(
              new Problem(
                  folder.toString(),
                  1,
                  1,
                  "There is no such folder of rules. Maybe the home folder is another one; name it with --home.")));
    }
    Map<String, String> texts = new LinkedHashMap<>();
    try (Stream<Path> paths = Files.walk(folder)) {
      List<String> names =
          paths
              .filter(path -> path.toString().endsWith(".drl") && Files.isRegularFile(path))
              .map(path -> folder.relativize(path).toString().replace('\\', '/'))
              .sorted(
                  Comparator.comparingInt((String path) -> Strata.rank(path.split("/")[0]))
                      .thenComparing(Comparator.naturalOrder()))
              .toList();
      for (String name : names) {
        texts.put(name, Files.readString(folder.resolve(name)));
      }
    } catch (IOException | UncheckedIOException unreadable) {
      throw new RulebookException(
          List.of(
              new Problem(
                  folder.toString(),
                  1,
                  1,
                  "The rules cannot be read: " + unreadable.getMessage())));
    }
    if (texts.isEmpty()) {
      throw new RulebookException(
          List.of(new Problem(folder.toString(), 1, 1, "There is no rule file (.drl) here.")));
    }
    return texts;
  }

  /**
   * Parses rule files.
   *
   * @param folder their folder, for messages
   * @param texts content by relative path
   */
  public static List<RuleFile> parse(Path folder, Map<String, String> texts) {
    List<RuleFile> files = new ArrayList<>();
    List<Problem> problems = new ArrayList<>();
    texts.forEach(
        (path, text) -> {
          DrlParser parser = new DrlParser(LanguageLevelOption.DRL6);
          PackageDescr parsed = null;
          try {
            parsed = parser.parse(false, text);
          } catch (DroolsParserException broken) {
            problems.add(new Problem(shown(folder, path), 1, 1, message(broken.getMessage())));
          }
          for (DroolsError error : parser.getErrors()) {
            problems.add(problem(folder, path, text, error));
          }
          if (!parser.hasErrors() && parsed != null) {
            try {
              files.add(new RuleFile(path, text, parsed, infos(path, parsed)));
            } catch (IllegalArgumentException unusable) {
              problems.add(new Problem(shown(folder, path), 1, 1, unusable.getMessage()));
            }
          }
        });
    if (!problems.isEmpty()) {
      throw new RulebookException(problems);
    }
    return files;
  }

  /** Compiles parsed files, in their order, as one batch. */
  public static Rulebook compile(List<RuleFile> files) {
    Map<String, RuleInfo> rules = new LinkedHashMap<>();
    List<Problem> problems = new ArrayList<>();
    for (RuleFile file : files) {
      for (RuleInfo rule : file.rules()) {
        RuleInfo before = rules.put(rule.id(), rule);
        if (before != null) {
          problems.add(
              new Problem(
                  rule.file(),
                  rule.line(),
                  1,
                  "The rule (%s) stands in %s already. Maybe one of them wants another name."
                      .formatted(rule.id(), before.file())));
        }
      }
    }
    if (!problems.isEmpty()) {
      throw new RulebookException(problems);
    }
    KnowledgeBuilder builder = KnowledgeBuilderFactory.newKnowledgeBuilder();
    var batch = builder.batch();
    for (RuleFile file : files) {
      Resource resource =
          ResourceFactory.newByteArrayResource(file.text().getBytes(StandardCharsets.UTF_8));
      resource.setSourcePath(file.path());
      batch = batch.add(resource, ResourceType.DRL);
    }
    batch.build();
    if (builder.hasErrors()) {
      for (KnowledgeBuilderError error : builder.getErrors()) {
        int[] lines = error.getLines();
        String file = error.getResource() == null ? "rules" : error.getResource().getSourcePath();
        problems.add(
            new Problem(
                file == null ? "rules" : "rules/" + file,
                lines.length == 0 || lines[0] < 1 ? 1 : lines[0],
                1,
                message(error.getMessage())));
      }
      throw new RulebookException(problems);
    }
    InternalKnowledgeBase base = KnowledgeBaseFactory.newKnowledgeBase();
    base.addPackages(builder.getKnowledgePackages());
    return new Rulebook(files, Collections.unmodifiableMap(rules), base, hash(files));
  }

  /**
   * A rulebook of one rule alone, with the types that any file declares: nothing that other rules
   * do, and nothing that they share with it, can change what it concludes.
   */
  public static Rulebook alone(Rulebook whole, String rule) {
    RuleInfo info = whole.rule(rule);
    StringBuilder text = new StringBuilder("package rigwright;\n");
    Set<String> imports = new LinkedHashSet<>();
    StringBuilder declared = new StringBuilder();
    String own = "";
    for (RuleFile file : whole.files()) {
      PackageDescr parsed = file.parsed();
      boolean home = file.path().equals(info.file());
      if (home || !parsed.getTypeDeclarations().isEmpty()) {
        parsed.getImports().forEach(i -> imports.add("import " + i.getTarget() + ";"));
      }
      for (TypeDeclarationDescr type : parsed.getTypeDeclarations()) {
        declared.append(slice(file, type)).append("\n\n");
      }
      if (home) {
        parsed
            .getFunctionImports()
            .forEach(i -> imports.add("import function " + i.getTarget() + ";"));
        for (RuleDescr descr : parsed.getRules()) {
          if (descr.getName().equals(rule)) {
            own = slice(file, descr);
          }
        }
      }
    }
    imports.forEach(line -> text.append(line).append('\n'));
    text.append('\n').append(declared).append(own).append('\n');
    return compile(parse(Path.of("rules"), Map.of(info.file(), text.toString())));
  }

  private static String slice(RuleFile file, BaseDescr descr) {
    int end = descr.getEndCharacter() < 0 ? file.text().length() : descr.getEndCharacter() + 1;
    int start = descr.getStartCharacter();
    if (descr instanceof TypeDeclarationDescr) {
      // The parser counts a declaration from its name on.
      start = file.text().lastIndexOf("declare", start);
    }
    return file.text().substring(start, Math.min(end, file.text().length()));
  }

  private static Problem problem(Path folder, String path, String text, DroolsError error) {
    int line = 1;
    int column = 1;
    if (error instanceof ParserError parserError) {
      line = parserError.getRow();
      column = parserError.getCol() + 1;
    } else if (error.getLines().length > 0) {
      line = error.getLines()[0];
    }
    if (line < 1) {
      line = (int) text.lines().count();
    }
    return new Problem(shown(folder, path), line, Math.max(1, column), message(error.getMessage()));
  }

  private static String shown(Path folder, String path) {
    return folder.resolve(path).toString();
  }

  private static String message(String message) {
    return String.join(" ", String.valueOf(message).lines().map(String::strip).toList());
  }

  private static List<RuleInfo> infos(String path, PackageDescr parsed) {
    List<RuleInfo> infos = new ArrayList<>();
    for (RuleDescr rule : parsed.getRules()) {
      Set<String> reads = new LinkedHashSet<>();
      Set<String> negates = new LinkedHashSet<>();
      collect(rule.getLhs(), false, reads, negates);
      infos.add(
          new RuleInfo(
              rule.getName(),
              path,
              path.contains("/") ? path.substring(0, path.indexOf('/')) : "",
              rule.getLine(),
              severity(rule),
              text(rule, "says"),
              text(rule, "because"),
              texts(rule, "source"),
              text(rule, "reviewed"),
              text(rule, "relaxes"),
              reads,
              negates));
    }
    return infos;
  }

  private static void collect(
      BaseDescr descr, boolean negated, Set<String> reads, Set<String> negates) {
    if (descr instanceof PatternDescr pattern) {
      if (pattern.getSource() instanceof AccumulateDescr accumulate) {
        collect(accumulate.getInput(), true, reads, negates);
        return;
      }
      if (pattern.getSource() instanceof CollectDescr collected) {
        collect(collected.getInputPattern(), true, reads, negates);
        return;
      }
      reads.add(pattern.getObjectType());
      if (negated) {
        negates.add(pattern.getObjectType());
      }
      return;
    }
    boolean inside =
        negated
            || descr instanceof NotDescr
            || descr instanceof ExistsDescr
            || descr instanceof ForallDescr
            || descr instanceof AccumulateDescr;
    if (descr instanceof AccumulateDescr accumulate) {
      collect(accumulate.getInput(), true, reads, negates);
    } else if (descr instanceof ForallDescr forall) {
      for (BaseDescr child : forall.getDescrs()) {
        collect(child, true, reads, negates);
      }
    } else if (descr instanceof ConditionalElementDescr element) {
      for (Object child : (Collection<?>) element.getDescrs()) {
        collect((BaseDescr) child, inside, reads, negates);
      }
    }
  }

  private static Severity severity(RuleDescr rule) {
    String word = text(rule, "severity");
    if (word == null) {
      return null;
    }
    try {
      return Severity.valueOf(word);
    } catch (IllegalArgumentException unknown) {
      throw new IllegalArgumentException(
          "The severity (%s) of rule (%s) must be BLOCKING, IMPORTANT or NOTE."
              .formatted(word, rule.getName()));
    }
  }

  private static String text(RuleDescr rule, String annotation) {
    List<String> texts = texts(rule, annotation);
    return texts.isEmpty() ? null : texts.get(0);
  }

  private static List<String> texts(RuleDescr rule, String annotation) {
    AnnotationDescr found = rule.getAnnotation(annotation);
    if (found == null) {
      return List.of();
    }
    Object value = found.getValue();
    List<String> texts = new ArrayList<>();
    if (value instanceof Object[] array) {
      for (Object element : array) {
        texts.add(unquoted(element));
      }
    } else if (value instanceof Collection<?> collection) {
      collection.forEach(element -> texts.add(unquoted(element)));
    } else if (value != null) {
      texts.add(unquoted(value));
    }
    return texts;
  }

  private static String unquoted(Object value) {
    String text = String.valueOf(value).strip();
    return text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"")
        ? text.substring(1, text.length() - 1)
        : text;
  }

  private static String hash(List<RuleFile> files) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (RuleFile file : files.stream().sorted(Comparator.comparing(RuleFile::path)).toList()) {
        digest.update(file.path().getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
        digest.update(file.text().getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
      }
      return "sha256:" + HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
