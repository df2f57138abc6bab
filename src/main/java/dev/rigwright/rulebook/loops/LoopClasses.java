package dev.rigwright.rulebook.loops;

import dev.rigwright.rulebook.FileModel;
import dev.rigwright.rulebook.RuleFile;
import dev.rigwright.rulebook.Rulebook;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.drools.core.impl.InternalRuleBase;
import org.drools.wiring.api.classloader.ProjectClassLoader;
import org.kie.memorycompiler.JavaConfiguration.CompilerType;
import org.kie.memorycompiler.KieMemoryCompiler;
import org.kie.memorycompiler.KieMemoryCompilerException;

/**
 * Compiles what {@link LoopWriter} writes, and keeps the classes: a rule that did not change from
 * one rulebook to the next runs on as it is. Not thread-safe.
 */
final class LoopClasses {

  private List<Class<?>> declared = List.of();
  private Map<String, Class<?>> bySource = Map.of();

  /**
   * The classes of some sources.
   *
   * @param sources by name
   * @return classes by name
   * @throws NoLoop if they do not compile
   */
  Map<String, Class<?>> of(Rulebook rulebook, Map<String, String> sources) throws NoLoop {
    List<Class<?>> types = declared(rulebook);
    if (!types.equals(declared)) {
      // The same name is another class now.
      bySource = Map.of();
      declared = types;
    }
    Map<String, String> missing = new LinkedHashMap<>(sources);
    missing.values().removeAll(bySource.keySet());
    Map<String, Class<?>> now = new HashMap<>();
    Map<String, Class<?>> made = missing.isEmpty() ? Map.of() : compiled(rulebook, missing);
    Map<String, Class<?>> byName = new HashMap<>();
    sources.forEach(
        (name, source) -> {
          Class<?> one = made.containsKey(name) ? made.get(name) : bySource.get(source);
          now.put(source, one);
          byName.put(name, one);
        });
    bySource = now;
    return byName;
  }

  private static List<Class<?>> declared(Rulebook rulebook) {
    List<Class<?>> types = new ArrayList<>();
    for (RuleFile file : rulebook.files()) {
      for (FileModel.DeclaredType type : file.model().types()) {
        types.add(
            rulebook.base().getFactType(file.model().packageName(), type.name()).getFactClass());
      }
    }
    return types;
  }

  private static Map<String, Class<?>> compiled(Rulebook rulebook, Map<String, String> sources)
      throws NoLoop {
    LoopLoader loader =
        new LoopLoader(
            (ProjectClassLoader) ((InternalRuleBase) rulebook.base()).getRootClassLoader());
    try {
      loader.add(KieMemoryCompiler.compileNoLoad(sources, loader, null, CompilerType.ECLIPSE));
      Map<String, Class<?>> classes = new HashMap<>();
      for (String name : sources.keySet()) {
        classes.put(name, loader.loadClass(name));
      }
      return classes;
    } catch (KieMemoryCompilerException | ClassNotFoundException | LinkageError broken) {
      // The compiler tells all that is wrong with any of them.
      throw new NoLoop("what does not compile: " + broken.getMessage().split(", rigwright/", 2)[0]);
    }
  }
}
