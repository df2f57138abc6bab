package dev.rigwright.rulebook;

import dev.rigwright.rulebook.RulebookException.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.drools.base.definitions.InternalKnowledgePackage;
import org.drools.compiler.builder.impl.KnowledgeBuilderConfigurationImpl;
import org.drools.compiler.kie.builder.impl.InternalKieModule.CompilationCache;
import org.drools.compiler.kie.builder.impl.InternalKieModule.CompilationCacheEntry;
import org.drools.core.rule.JavaDialectRuntimeData;
import org.drools.drl.ast.descr.PackageDescr;
import org.drools.drl.ast.descr.RuleDescr;
import org.drools.drl.parser.DrlParser;
import org.drools.drl.parser.DroolsParserException;
import org.drools.kiesession.rulebase.InternalKnowledgeBase;
import org.drools.wiring.api.classloader.ProjectClassLoader;
import org.kie.api.KieBase;
import org.kie.api.io.Resource;
import org.kie.api.io.ResourceType;
import org.kie.internal.builder.CompositeKnowledgeBuilder;
import org.kie.internal.builder.KnowledgeBuilder;
import org.kie.internal.builder.KnowledgeBuilderConfiguration;
import org.kie.internal.builder.conf.LanguageLevelOption;
import org.kie.internal.io.ResourceFactory;

/**
 * Compiles rulebooks that follow each other. Each is built whole and fresh, in one package; what is
 * kept from one to the next hangs on nothing but text: the syntax tree of a file that did not
 * change, and the Java classes of the consequence of a rule that did not change, under the same
 * imports and declared types. Such a rule's classes also run on as they are loaded ({@link
 * Handover}). The rulebook decides as the one that a first compilation makes.
 */
public final class Recompiler {

  private static final String DIALECT = "java";

  /**
   * Classes hold the rulebook that they were made for, some 5 MB each. Once those of so many are in
   * use, all is made anew; who edits one rule over and over never gets there.
   */
  private static final int MOST_HELD = 20;

  /**
   * What the classes of a rule's consequence hang on.
   *
   * @param rule its name and all that it does; what it says about itself makes no other class
   */
  private record Origin(String ground, List<String> rule) {}

  private Map<RuleFile, PackageDescr> trees = new IdentityHashMap<>();
  private Map<Origin, Map<String, byte[]>> classes = new HashMap<>();
  private Last last;

  /**
   * The same as {@link RulebookReader#compile(List)}, faster from the second time on.
   *
   * @throws RulebookException if the files do not compile
   */
  public synchronized Rulebook compile(List<RuleFile> files) {
    RulebookReader.refuseUnsafe(RulebookReader.models(files));
    Building building = new Building(files);
    boolean built = false;
    try {
      Rulebook rulebook = RulebookReader.build(files, building);
      last = building.handedOver(rulebook);
      built = true;
      return rulebook;
    } finally {
      if (!built) {
        // The builder writes into the trees that it reads; nothing of a broken run is used again.
        trees = new IdentityHashMap<>();
      }
    }
  }

  /**
   * The rulebook that was compiled last.
   *
   * @param number how many rulebooks were compiled before it
   * @param madeFor the number of the rulebook that the classes of each rule were made for
   * @param types what loaded its declared types
   */
  private record Last(
      Rulebook rulebook,
      String ground,
      int number,
      Map<Origin, Integer> madeFor,
      ProjectClassLoader types) {

    int held() {
      return new HashSet<>(madeFor.values()).size();
    }
  }

  /** The engine's own cache cuts names at a dollar sign, which it puts into those of rules. */
  private static final class Known extends CompilationCache {
    private static final long serialVersionUID = 1L;

    private final transient Map<String, List<CompilationCacheEntry>> entries;

    Known(Map<String, List<CompilationCacheEntry>> entries) {
      this.entries = entries;
    }

    @Override
    public Map<String, List<CompilationCacheEntry>> getCacheForDialect(String dialect) {
      return dialect.equals(DIALECT) ? entries : null;
    }
  }

  /** One compilation. */
  private final class Building implements RulebookReader.Reuse {

    private final List<RuleFile> files;
    private final String ground;
    private final boolean goesOn;
    private final Map<RuleFile, PackageDescr> read = new IdentityHashMap<>();

    Building(List<RuleFile> files) {
      this.files = files;
      StringBuilder all = new StringBuilder();
      for (RuleFile file : files) {
        file.model().ground().forEach(span -> all.append(span.cut(file.text())).append('\n'));
      }
      ground = all.toString();
      goesOn = last != null && last.ground().equals(ground) && last.held() <= MOST_HELD;
    }

    @Override
    public ClassLoader loader() {
      return goesOn
          ? new SafeLoader(KnownClasses.LOADER, last.types(), Handover.types(files))
          : RulebookReader.Reuse.super.loader();
    }

    @Override
    public void configure(KnowledgeBuilderConfiguration configuration) {
      Map<String, List<CompilationCacheEntry>> known = new HashMap<>();
      for (RuleFile file : files) {
        for (RuleModel rule : file.model().rules()) {
          classes
              .getOrDefault(origin(file, rule), Map.of())
              .forEach(
                  (name, code) -> known.put(name, List.of(new CompilationCacheEntry(name, code))));
        }
      }
      KnowledgeBuilderConfigurationImpl own =
          configuration.as(KnowledgeBuilderConfigurationImpl.KEY);
      own.setCompilationCache(new Known(known));
      if (goesOn) {
        readable((ProjectClassLoader) own.getClassLoader());
      }
    }

    /** Lets compilers read the declared types; they are loaded elsewhere. */
    private void readable(ProjectClassLoader loader) {
      for (String type : Handover.types(files)) {
        loader.storeClass(type, last.types().getBytecode(type.replace('.', '/') + ".class"));
      }
    }

    @Override
    public CompositeKnowledgeBuilder add(CompositeKnowledgeBuilder batch, RuleFile file) {
      PackageDescr tree = trees.get(file);
      // What the builder writes into a declared type stays there, so these are read each time.
      if (tree == null || !file.model().types().isEmpty()) {
        tree = parsed(file);
      }
      read.put(file, tree);
      Resource resource = ResourceFactory.newDescrResource(tree);
      resource.setSourcePath(file.path());
      return batch.add(resource, ResourceType.DESCR);
    }

    @Override
    public void built(KnowledgeBuilder builder) {
      Map<String, byte[]> store = new TreeMap<>();
      builder.getKnowledgePackages().stream()
          .map(one -> ((InternalKnowledgePackage) one).getDialectRuntimeRegistry())
          .map(registry -> (JavaDialectRuntimeData) registry.getDialectData(DIALECT))
          .forEach(data -> store.putAll(data.getStore()));
      Map<Origin, Map<String, byte[]>> now = new HashMap<>();
      Set<String> names = new HashSet<>();
      for (RuleFile file : files) {
        for (RuleDescr rule : read.get(file).getRules()) {
          String name = file.model().packageName() + "/" + rule.getClassName();
          if (names.add(name)) {
            Map<String, byte[]> own = new TreeMap<>();
            store.forEach(
                (path, code) -> {
                  if (path.startsWith(name) && !Character.isDigit(path.charAt(name.length()))) {
                    own.put(path, code);
                  }
                });
            now.put(origin(file, file.model().rule(rule.getName())), own);
          }
        }
      }
      classes = now;
      trees = read;
    }

    @Override
    public void empty(KieBase base) {
      if (goesOn) {
        Handover.readers(last.rulebook().base(), base);
        // Rules are compiled from it once more, as loops.
        readable(root(base));
      }
    }

    /** What runs already of the rules before is run on, for those that did not change. */
    Last handedOver(Rulebook rulebook) {
      int number = last == null ? 0 : last.number() + 1;
      Map<Origin, Integer> madeFor = new HashMap<>();
      Set<String> same = new HashSet<>();
      for (RuleFile file : files) {
        for (RuleModel rule : file.model().rules()) {
          Origin origin = origin(file, rule);
          Integer before = goesOn ? last.madeFor().get(origin) : null;
          madeFor.put(origin, before == null ? number : before);
          if (before != null) {
            same.add(rule.name());
          }
        }
      }
      if (goesOn) {
        Handover.between(last.rulebook().base(), rulebook.base(), same);
      }
      ProjectClassLoader types = goesOn ? last.types() : root(rulebook.base());
      return new Last(rulebook, ground, number, madeFor, types);
    }

    private Origin origin(RuleFile file, RuleModel rule) {
      String text = file.text();
      List<String> parts = new ArrayList<>();
      parts.add(rule.name());
      rule.attributes().forEach(attribute -> parts.add(attribute.span().cut(text)));
      parts.add(rule.condition() == null ? "" : rule.condition().cut(text));
      parts.add(rule.consequence() == null ? "" : rule.consequence().source());
      return new Origin(ground, parts);
    }
  }

  private static ProjectClassLoader root(KieBase base) {
    return (ProjectClassLoader) ((InternalKnowledgeBase) base).getRootClassLoader();
  }

  private static PackageDescr parsed(RuleFile file) {
    DrlParser parser = new DrlParser(LanguageLevelOption.DRL6);
    List<Problem> problems = new ArrayList<>();
    try {
      PackageDescr tree = parser.parse(false, file.text());
      parser
          .getErrors()
          .forEach(error -> problems.add(new Problem(file.path(), 1, 1, error.getMessage())));
      if (problems.isEmpty()) {
        return tree;
      }
    } catch (DroolsParserException broken) {
      problems.add(new Problem(file.path(), 1, 1, broken.getMessage()));
    }
    throw new RulebookException(problems);
  }
}
