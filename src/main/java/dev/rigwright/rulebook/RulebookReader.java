package dev.rigwright.rulebook;

import dev.rigwright.domain.Fingerprint;
import dev.rigwright.domain.Severity;
import dev.rigwright.rulebook.FileModel.DeclaredType;
import dev.rigwright.rulebook.FileModel.Fault;
import dev.rigwright.rulebook.RulebookException.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.drools.core.impl.RuleBaseFactory;
import org.drools.drl.ast.descr.PackageDescr;
import org.drools.drl.parser.DrlParser;
import org.drools.drl.parser.DroolsError;
import org.drools.drl.parser.DroolsParserException;
import org.drools.drl.parser.ParserError;
import org.drools.kiesession.rulebase.InternalKnowledgeBase;
import org.drools.kiesession.rulebase.KnowledgeBaseFactory;
import org.kie.api.KieBase;
import org.kie.api.io.Resource;
import org.kie.api.io.ResourceType;
import org.kie.internal.builder.CompositeKnowledgeBuilder;
import org.kie.internal.builder.KnowledgeBuilder;
import org.kie.internal.builder.KnowledgeBuilderConfiguration;
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
    MvelLiterals.remove();
  }

  /** The order of rule files by their paths: that of the strata, then of the names. */
  public static final Comparator<String> ORDER =
      Comparator.comparingInt((String path) -> Strata.rank(path.split("/")[0]))
          .thenComparing(Comparator.naturalOrder());

  private RulebookReader() {}

  /**
   * Reads and compiles the rules below a folder.
   *
   * @throws RulebookException if a file cannot be read, parsed or compiled; the problems have file,
   *     line and column
   */
  public static Rulebook read(Path folder) {
    return read(folder, RuleCache.none());
  }

  /**
   * Reads and compiles the rules below a folder, or takes them from where they were kept compiled.
   *
   * @throws RulebookException if a file cannot be read, parsed or compiled; the problems have file,
   *     line and column
   */
  public static Rulebook read(Path folder, RuleCache cache) {
    Map<String, String> texts = texts(folder);
    try {
      Rulebook kept = kept(folder, texts, cache);
      return kept == null ? compile(parse(folder, texts), cache) : kept;
    } catch (RulebookException broken) {
      throw exact(folder, texts, broken);
    }
  }

  /** Rules that were kept compiled, once the guard has been over their texts; else null. */
  private static Rulebook kept(Path folder, Map<String, String> texts, RuleCache cache) {
    String hash = fingerprint(texts);
    byte[] compiled = cache.find(hash);
    if (compiled == null) {
      return null;
    }
    // What the engine's parser and compiler had to say of these texts was said before.
    List<RuleFile> files = new ArrayList<>();
    List<Problem> problems = new ArrayList<>();
    texts.forEach(
        (path, text) -> {
          FileModel model = ModelReader.read(path, text);
          files.add(new RuleFile(path, text, model, infos(folder, model, problems)));
        });
    if (!problems.isEmpty()) {
      return null;
    }
    refuseUnsafe(models(files));
    try {
      return new Rulebook(files, byId(files), CompiledRules.base(compiled), hash);
    } catch (IOException unusable) {
      return null;
    }
  }

  /** The same problems, each at its place; as they are where nothing more exact can be said. */
  public static RulebookException exact(
      Path folder, Map<String, String> texts, RulebookException broken) {
    List<FileModel> files = new ArrayList<>();
    texts.forEach((path, text) -> files.add(ModelReader.read(path, text)));
    List<Problem> problems = new ArrayList<>();
    for (FileModel.Fault fault : Diagnosis.of(files).faults()) {
      problems.add(
          new Problem(
              shown(folder, fault.span().file()),
              fault.span().line(),
              fault.span().column(),
              fault.message()));
    }
    return problems.isEmpty() ? broken : new RulebookException(problems);
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
              .filter(path -> isRuleFile(path) && Files.isRegularFile(path))
              .map(path -> folder.relativize(path).toString().replace('\\', '/'))
              .sorted(ORDER)
              .toList();
      for (String name : names) {
        texts.put(name, text(folder, name));
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

  private static String text(Path folder, String name) throws IOException {
    try {
      return Files.readString(folder.resolve(name));
    } catch (CharacterCodingException other) {
      throw new RulebookException(
          List.of(
              new Problem(
                  shown(folder, name),
                  1,
                  1,
                  "The file is not in UTF-8. Maybe an editor saved it as Latin-1; save it as UTF-8.")));
    }
  }

  /** Whether a file's name is one of a rule file, and not of what an editor hides beside it. */
  private static boolean isRuleFile(Path path) {
    String name = path.getFileName().toString();
    return name.endsWith(".drl") && !name.startsWith(".");
  }

  /**
   * Parses rule files.
   *
   * @param folder their folder, for messages
   * @param texts content by relative path
   */
  public static List<RuleFile> parse(Path folder, Map<String, String> texts) {
    return parse(folder, texts, List.of());
  }

  /**
   * Parses rule files, but for those that are known already.
   *
   * @param folder their folder, for messages
   * @param texts content by relative path
   * @param known files that were parsed before; one with the same path and text is taken as it is
   */
  public static List<RuleFile> parse(Path folder, Map<String, String> texts, List<RuleFile> known) {
    Map<String, RuleFile> before = new HashMap<>();
    known.forEach(file -> before.put(file.path(), file));
    List<RuleFile> files = new ArrayList<>();
    List<Problem> problems = new ArrayList<>();
    texts.forEach(
        (path, text) -> {
          if (before.containsKey(path) && before.get(path).text().equals(text)) {
            files.add(before.get(path));
            return;
          }
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
            FileModel model = ModelReader.read(path, text);
            Agreement.differences(model, parsed)
                .forEach(
                    fault ->
                        problems.add(
                            new Problem(
                                shown(folder, path),
                                fault.span().line(),
                                fault.span().column(),
                                fault.message())));
            files.add(new RuleFile(path, text, model, infos(folder, model, problems)));
          }
        });
    if (!problems.isEmpty()) {
      throw new RulebookException(problems);
    }
    return files;
  }

  /**
   * Compiles parsed files, in their order, as one batch; nothing of them where one goes beyond a
   * rule's job.
   */
  public static Rulebook compile(List<RuleFile> files) {
    return compile(files, RuleCache.none());
  }

  private static Rulebook compile(List<RuleFile> files, RuleCache cache) {
    refuseUnsafe(models(files));
    Reuse keeping =
        new Reuse() {
          @Override
          public void built(KnowledgeBuilder builder) {
            if (cache.keeps()) {
              try {
                cache.keep(hash(files), CompiledRules.bytes(builder, files));
              } catch (IOException cannot) {
                // Some rules compile to what is not kept; they are compiled each time.
              }
            }
          }
        };
    return build(files, keeping);
  }

  /** Refuses files that go beyond a rule's job. */
  static void refuseUnsafe(Collection<FileModel> files) {
    refuse(Safety.faults(files));
  }

  static List<FileModel> models(List<RuleFile> files) {
    return files.stream().map(RuleFile::model).toList();
  }

  private static void refuse(List<Fault> unsafe) {
    List<Problem> problems = new ArrayList<>();
    for (Fault fault : unsafe) {
      Span place = fault.span();
      problems.add(
          new Problem("rules/" + place.file(), place.line(), place.column(), fault.message()));
    }
    if (!problems.isEmpty()) {
      throw new RulebookException(problems);
    }
  }

  /** Compiles what {@link #refuse} let through, behind a class loader that is a second wall. */
  static Rulebook build(List<RuleFile> files) {
    return build(files, new Reuse() {});
  }

  /** What a compilation takes over from one before; nothing, as it stands here. */
  interface Reuse {

    /** What loads the classes that rules compile to, behind a wall. */
    default ClassLoader loader() {
      return new SafeLoader(KnownClasses.LOADER);
    }

    /** Before the builder is made. */
    default void configure(KnowledgeBuilderConfiguration configuration) {}

    /** Adds a file to what is compiled. */
    default CompositeKnowledgeBuilder add(CompositeKnowledgeBuilder batch, RuleFile file) {
      Resource resource =
          ResourceFactory.newByteArrayResource(file.text().getBytes(StandardCharsets.UTF_8));
      resource.setSourcePath(file.path());
      return batch.add(resource, ResourceType.DRL);
    }

    /** After all compiled without an error. */
    default void built(KnowledgeBuilder builder) {}

    /** Before the rules are added to a rule base. */
    default void empty(KieBase base) {}
  }

  static Rulebook build(List<RuleFile> files, Reuse reuse) {
    Map<String, RuleInfo> rules = byId(files);
    List<Problem> problems = new ArrayList<>();
    ClassLoader loader = reuse.loader();
    KnowledgeBuilderConfiguration configuration =
        KnowledgeBuilderFactory.newKnowledgeBuilderConfiguration(null, loader);
    reuse.configure(configuration);
    KnowledgeBuilder builder = KnowledgeBuilderFactory.newKnowledgeBuilder(configuration);
    CompositeKnowledgeBuilder batch = builder.batch();
    for (RuleFile file : files) {
      batch = reuse.add(batch, file);
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
    reuse.built(builder);
    InternalKnowledgeBase base = emptyBase(loader);
    reuse.empty(base);
    base.addPackages(builder.getKnowledgePackages());
    return new Rulebook(files, rules, base, hash(files));
  }

  static InternalKnowledgeBase emptyBase(ClassLoader loader) {
    return KnowledgeBaseFactory.newKnowledgeBase(
        RuleBaseFactory.newKnowledgeBaseConfiguration(null, loader));
  }

  private static Map<String, RuleInfo> byId(List<RuleFile> files) {
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
    return Collections.unmodifiableMap(rules);
  }

  /**
   * A rulebook of one rule alone, with the types that any file declares: nothing that other rules
   * do, and nothing that they share with it, can change what it concludes.
   */
  public static Rulebook alone(Rulebook whole, String rule) {
    Set<String> all = new HashSet<>();
    whole.files().forEach(file -> file.model().types().forEach(type -> all.add(type.name())));
    return compile(parse(Path.of("rules"), alone(whole.files(), whole.rule(rule), all)));
  }

  /** A rulebook of some rules alone, with the types that any file declares. */
  public static Rulebook only(Rulebook whole, Set<String> rules) {
    rules.forEach(whole::rule);
    return compile(parse(Path.of("rules"), grounds(whole, rules)));
  }

  /**
   * A rulebook with some rules of another one beside its own, each under another name. Both have to
   * declare the same types.
   *
   * @param rules of the other one
   * @param name gives a rule its new name
   */
  public static Rulebook beside(
      Rulebook own, Rulebook other, Set<String> rules, UnaryOperator<String> name) {
    Map<String, String> texts = new TreeMap<>(ORDER);
    own.files().forEach(file -> texts.put(file.path(), file.text()));
    for (RuleFile file : other.files()) {
      List<RuleModel> wanted =
          file.model().rules().stream().filter(rule -> rules.contains(rule.name())).toList();
      if (!wanted.isEmpty()) {
        List<Span> kept = new ArrayList<>();
        kept.add(file.model().packageStatement());
        file.model().imports().forEach(one -> kept.add(one.span()));
        wanted.forEach(rule -> kept.add(rule.span()));
        StringBuilder text = new StringBuilder(file.model().only(kept));
        // From the end, so that the places before stay what they are.
        for (int i = wanted.size() - 1; i >= 0; i--) {
          Span place = wanted.get(i).nameSpan();
          text.replace(place.start(), place.end(), '"' + name.apply(wanted.get(i).name()) + '"');
        }
        texts.put(file.path().replace(".drl", "~.drl"), text.toString());
      }
    }
    return compile(parse(Path.of("rules"), texts, own.files()));
  }

  /**
   * A rulebook of variants of one rule: its file's imports, the types that any file declares, and
   * the variants instead of the rules.
   *
   * @param texts each a whole rule with a name of its own; without a consequence it only asks
   * @throws RulebookException if one of them does not compile
   */
  public static Rulebook variants(Rulebook whole, String rule, Collection<String> texts) {
    String home = whole.rule(rule).file();
    Map<String, String> grounds = grounds(whole, Set.of());
    String ground = whole.file(home).model().only(whole.file(home).model().ground());
    grounds.put(home, ground.stripTrailing() + "\n\n" + String.join("\n\n", texts) + "\n");
    List<RuleFile> files = parse(Path.of("rules"), grounds);
    refuse(Safety.faultsBeyondAsking(models(files)));
    return build(files);
  }

  /** The files that declare types or hold one of the rules, without their other rules. */
  private static Map<String, String> grounds(Rulebook whole, Set<String> rules) {
    Map<String, String> texts = new LinkedHashMap<>();
    for (RuleFile file : whole.files()) {
      List<Span> kept = file.model().ground();
      int before = kept.size();
      file.model().rules().stream()
          .filter(rule -> rules.contains(rule.name()))
          .forEach(rule -> kept.add(rule.span()));
      if (kept.size() > before || !file.model().types().isEmpty()) {
        texts.put(file.path(), file.model().only(kept));
      }
    }
    return texts;
  }

  /**
   * The texts of one rule alone, each part in its place.
   *
   * @param beside declared types that it does not name, but that are wanted with it
   * @return content by path: the rule, and the declared types that it cannot do without
   */
  public static Map<String, String> alone(List<RuleFile> files, RuleInfo rule, Set<String> beside) {
    Map<String, Map<DeclaredType, RuleFile>> declared = new HashMap<>();
    for (RuleFile file : files) {
      for (DeclaredType type : file.model().types()) {
        declared.computeIfAbsent(type.name(), name -> new LinkedHashMap<>()).put(type, file);
      }
    }
    Map<RuleFile, List<Span>> kept = new IdentityHashMap<>();
    Map<RuleFile, List<Span>> imports = new IdentityHashMap<>();
    Set<String> named = new HashSet<>(beside);
    Deque<String> open = new ArrayDeque<>(beside);
    for (RuleFile file : files) {
      if (file.path().equals(rule.file())) {
        Span span = file.model().rule(rule.id()).span();
        kept.put(file, new ArrayList<>(List.of(span)));
        open.addAll(words(file, span));
      }
    }
    while (!open.isEmpty()) {
      String word = open.poll();
      named.add(word);
      Map<DeclaredType, RuleFile> wanted = declared.remove(word);
      if (wanted != null) {
        wanted.forEach(
            (type, file) -> {
              kept.computeIfAbsent(file, f -> new ArrayList<>()).add(type.span());
              open.addAll(words(file, type.span()));
            });
      }
    }
    // What one file imports, all files of the package know.
    kept.keySet()
        .forEach(file -> file.model().imports().forEach(i -> named.remove(i.simpleName())));
    for (RuleFile file : files) {
      for (FileModel.Import imported : file.model().imports()) {
        if (kept.containsKey(file) || named.remove(imported.simpleName())) {
          imports.computeIfAbsent(file, f -> new ArrayList<>()).add(imported.span());
        }
      }
    }
    Map<String, String> texts = new LinkedHashMap<>();
    for (RuleFile file : files) {
      if (kept.containsKey(file) || imports.containsKey(file)) {
        List<Span> spans = new ArrayList<>(kept.getOrDefault(file, List.of()));
        spans.addAll(imports.getOrDefault(file, List.of()));
        if (file.model().packageStatement() != null) {
          spans.add(file.model().packageStatement());
        }
        texts.put(file.path(), file.model().only(spans));
      }
    }
    return texts;
  }

  private static List<String> words(RuleFile file, Span within) {
    return file.model().tokens().stream()
        .filter(token -> token.isWord() && within.holds(token.span()))
        .map(Token::text)
        .toList();
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

  private static List<RuleInfo> infos(Path folder, FileModel model, List<Problem> problems) {
    List<RuleInfo> infos = new ArrayList<>();
    for (RuleModel rule : model.rules()) {
      infos.add(
          new RuleInfo(
              rule.name(),
              model.path(),
              model.folder(),
              rule.span().line(),
              severity(folder, model, rule, problems),
              rule.text("says"),
              rule.text("because"),
              rule.texts("source"),
              rule.text("reviewed"),
              rule.text("relaxes"),
              rule.reads(),
              rule.negates()));
    }
    return infos;
  }

  private static Severity severity(
      Path folder, FileModel model, RuleModel rule, List<Problem> problems) {
    String word = rule.text("severity");
    if (word == null) {
      return null;
    }
    try {
      return Severity.valueOf(word);
    } catch (IllegalArgumentException unknown) {
      Span place = rule.annotation("severity").values().get(0).span();
      problems.add(
          new Problem(
              shown(folder, model.path()),
              place.line(),
              place.column(),
              "The severity (%s) of rule (%s) must be BLOCKING, IMPORTANT or NOTE."
                  .formatted(word, rule.name())));
      return null;
    }
  }

  private static String hash(List<RuleFile> files) {
    Map<String, String> texts = new LinkedHashMap<>();
    files.forEach(file -> texts.put(file.path(), file.text()));
    return fingerprint(texts);
  }

  /** What names the content of rule files, whatever their order. */
  public static String fingerprint(Map<String, String> texts) {
    Map<String, byte[]> sorted = new TreeMap<>();
    texts.forEach((path, text) -> sorted.put(path, text.getBytes(StandardCharsets.UTF_8)));
    return Fingerprint.ofFiles(sorted);
  }
}
