package dev.rigwright.rulebook.loops;

import dev.rigwright.rulebook.FileModel;
import dev.rigwright.rulebook.RuleFile;
import dev.rigwright.rulebook.RuleModel;
import dev.rigwright.rulebook.Rulebook;
import dev.rigwright.rulebook.Types;
import dev.rigwright.rulebook.Types.Type;
import dev.rigwright.rulebook.loops.LoopWriter.Written;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.kie.api.definition.rule.Rule;

/** The rules of a rulebook as loops, in an order in which each type is whole before it is read. */
final class RuleLoops {

  /** A rule. */
  private record One(FileModel file, RuleModel rule, String concluded) {}

  private final Map<Class<?>, Integer> places = new HashMap<>();
  private final List<String> typeNames = new ArrayList<>();
  private final List<RuleLoop> loops = new ArrayList<>();
  private final List<One> ordered;
  private final Set<String> asked = new HashSet<>();
  private FactList.Key[][] keys;

  private RuleLoops(List<One> ordered) {
    this.ordered = ordered;
  }

  /**
   * Writes and compiles the rules of a rulebook.
   *
   * @param given types of what is asked
   * @param catalogue types of what stands whatever is asked
   * @param classes keeps what was compiled before
   * @throws NoLoop if a rule says something that loops are not written for
   */
  static RuleLoops of(
      Rulebook rulebook,
      Collection<Class<?>> given,
      Collection<Class<?>> catalogue,
      LoopClasses classes)
      throws NoLoop {
    List<FileModel> files = rulebook.files().stream().map(RuleFile::model).toList();
    Types types = new Types(files);
    List<One> all = new ArrayList<>();
    for (FileModel file : files) {
      for (RuleModel rule : file.rules()) {
        Type concluded =
            rule.consequence() == null || rule.consequence().inserted() == null
                ? null
                : types.of(file, rule.consequence().inserted(), null, types.variables(file, rule));
        if (concluded == null) {
          throw new NoLoop("rules/%s: what (%s) concludes".formatted(file.path(), rule.name()));
        }
        all.add(new One(file, rule, concluded.name()));
      }
    }
    Set<String> there = new HashSet<>();
    given.forEach(type -> there.add(type.getSimpleName()));
    catalogue.forEach(type -> there.add(type.getSimpleName()));
    RuleLoops loops = new RuleLoops(ordered(able(all, there)));
    given.forEach(type -> loops.asked.add(type.getSimpleName()));
    loops.findAsked();
    loops.compile(rulebook, types, given, classes);
    return loops;
  }

  /** Those that can ever hold: of each type that they match there may be facts. */
  private static List<One> able(List<One> all, Set<String> there) {
    List<One> able = new ArrayList<>();
    List<One> left = new ArrayList<>(all);
    while (true) {
      List<One> more = left.stream().filter(one -> able(one.rule(), there)).toList();
      if (more.isEmpty()) {
        // In the order of the text.
        return all.stream().filter(able::contains).toList();
      }
      able.addAll(more);
      left.removeAll(more);
      more.forEach(one -> there.add(one.concluded()));
    }
  }

  private static boolean able(RuleModel rule, Set<String> there) {
    return rule.patterns().stream()
        .allMatch(pattern -> pattern.negated() || there.contains(pattern.type()));
  }

  private static List<One> ordered(List<One> all) throws NoLoop {
    List<One> left = new ArrayList<>(all);
    List<One> ordered = new ArrayList<>();
    while (!left.isEmpty()) {
      Set<String> open = new HashSet<>();
      left.forEach(one -> open.add(one.concluded()));
      List<One> next =
          left.stream()
              .filter(one -> one.rule().reads().stream().noneMatch(open::contains))
              .toList();
      if (next.isEmpty()) {
        throw new NoLoop(
            "rules/%s: (%s) rests on itself"
                .formatted(left.get(0).file().path(), left.get(0).rule().name()));
      }
      ordered.addAll(next);
      left.removeAll(next);
    }
    return ordered;
  }

  /** Types whose facts hang on what is asked. */
  private void findAsked() {
    for (One one : ordered) {
      if (one.rule().reads().stream().anyMatch(asked::contains)) {
        asked.add(one.concluded());
      }
    }
  }

  private void compile(
      Rulebook rulebook, Types types, Collection<Class<?>> given, LoopClasses classes)
      throws NoLoop {
    Map<String, String> sources = new LinkedHashMap<>();
    List<String> names = new ArrayList<>();
    for (One one : ordered) {
      Written written = LoopWriter.write(one.file(), one.rule(), types, asked::contains);
      String name = one.file().packageName() + "." + written.name();
      if (sources.put(name, written.source()) != null) {
        throw new NoLoop("two rules of nearly the same name: " + one.rule().name());
      }
      names.add(name);
    }
    Map<String, Class<?>> compiled = classes.of(rulebook, sources);
    try {
      for (String name : names) {
        loops.add((RuleLoop) compiled.get(name).getDeclaredConstructor().newInstance());
      }
    } catch (ReflectiveOperationException notMade) {
      throw new IllegalStateException(notMade);
    }
    link(rulebook, types, given);
  }

  private void link(Rulebook rulebook, Types types, Collection<Class<?>> given) throws NoLoop {
    Map<String, Integer> byName = new HashMap<>();
    List<List<FactList.Key>> fields = new ArrayList<>();
    List<Map<String, Integer>> fieldPlaces = new ArrayList<>();
    for (int i = 0; i < loops.size(); i++) {
      One one = ordered.get(i);
      RuleLoop loop = loops.get(i);
      List<String> names = new ArrayList<>(List.of(loop.reads()));
      names.replaceAll(name -> name.equals(LoopWriter.CONCLUDED) ? one.concluded() : name);
      for (String name : names) {
        if (!byName.containsKey(name)) {
          byName.put(name, byName.size());
          typeNames.add(name);
          fields.add(new ArrayList<>());
          fieldPlaces.add(new HashMap<>());
          places.put(type(rulebook, types, one.file(), name), byName.get(name));
        }
      }
      int[] typePlaces = names.stream().mapToInt(byName::get).toArray();
      String[] lookups = loop.lookups();
      int[] keyPlaces = new int[lookups.length];
      for (int k = 0; k < lookups.length; k++) {
        String[] parts = lookups[k].split(" ");
        int type = typePlaces[Integer.parseInt(parts[0])];
        int lookup = k;
        keyPlaces[k] =
            fieldPlaces
                .get(type)
                .computeIfAbsent(
                    parts[1],
                    field -> {
                      fields.get(type).add(fact -> loop.held(lookup, fact));
                      return fields.get(type).size() - 1;
                    });
      }
      Rule rule = rulebook.base().getRule(one.file().packageName(), one.rule().name());
      loop.link(i, rule, typePlaces, keyPlaces);
    }
    for (Class<?> type : given) {
      if (!byName.containsKey(type.getSimpleName())) {
        byName.put(type.getSimpleName(), byName.size());
        typeNames.add(type.getSimpleName());
        fields.add(new ArrayList<>());
        places.put(type, byName.get(type.getSimpleName()));
      }
    }
    keys =
        fields.stream()
            .map(list -> list.toArray(FactList.Key[]::new))
            .toArray(FactList.Key[][]::new);
  }

  private static Class<?> type(Rulebook rulebook, Types types, FileModel file, String name)
      throws NoLoop {
    Type type = types.resolve(file, name);
    if (type == null) {
      // Concluded by a function of another file's imports.
      for (RuleFile other : rulebook.files()) {
        type = type == null ? types.resolve(other.model(), name) : type;
      }
    }
    if (type == null) {
      try {
        return Class.forName("dev.rigwright.domain." + name);
      } catch (ClassNotFoundException unknown) {
        throw new NoLoop("the type (" + name + ")");
      }
    }
    return type.declared() != null
        ? rulebook.base().getFactType(file.packageName(), name).getFactClass()
        : type.java();
  }

  /** Place of a type; -1 for one that no rule knows. */
  int place(Class<?> type) {
    return places.getOrDefault(type, -1);
  }

  int types() {
    return typeNames.size();
  }

  int placeOf(String type) {
    return typeNames.indexOf(type);
  }

  String typeName(int place) {
    return typeNames.get(place);
  }

  FactList.Key[] keys(int type) {
    return keys[type];
  }

  boolean asked(String type) {
    return asked.contains(type);
  }

  List<RuleLoop> loops() {
    return loops;
  }

  RuleModel model(int loop) {
    return ordered.get(loop).rule();
  }

  String concluded(int loop) {
    return ordered.get(loop).concluded();
  }
}
