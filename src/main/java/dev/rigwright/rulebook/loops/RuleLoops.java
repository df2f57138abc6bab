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
  private record One(FileModel file, RuleModel rule, Type type) {
    /** Name of the type that it concludes. */
    String concluded() {
      return type.name();
    }
  }

  /** Facts of one type, and the fields that they are looked up by. */
  private static final class Facts {
    private final String type;
    private final List<FactList.Key> keys = new ArrayList<>();
    private final Map<String, Integer> fields = new HashMap<>();

    Facts(String type) {
      this.type = type;
    }

    /** Place of a field among those that the type is looked up by. */
    int key(String field, RuleLoop loop, int lookup) {
      return fields.computeIfAbsent(
          field,
          one -> {
            keys.add(fact -> loop.held(lookup, fact));
            return keys.size() - 1;
          });
    }
  }

  private final Map<Class<?>, Integer> places = new HashMap<>();
  private final List<Facts> all = new ArrayList<>();
  private final Map<String, Class<?>> byName = new HashMap<>();
  private final List<RuleLoop> loops = new ArrayList<>();
  private final List<One> ordered;
  private final Set<String> asked = new HashSet<>();

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
        if (concluded == null || rule.reads().stream().anyMatch(type -> type.contains("."))) {
          throw new NoLoop("rules/%s: types of (%s)".formatted(file.path(), rule.name()));
        }
        all.add(new One(file, rule, concluded));
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
    for (int i = 0; i < loops.size(); i++) {
      One one = ordered.get(i);
      RuleLoop loop = loops.get(i);
      String[] reads = loop.reads();
      int[] typePlaces = new int[reads.length];
      for (int k = 0; k < reads.length; k++) {
        Type type =
            reads[k].equals(LoopWriter.CONCLUDED)
                ? one.type()
                : types.resolve(one.file(), reads[k]);
        typePlaces[k] = add(facts(rulebook, types, type));
      }
      String[] lookups = loop.lookups();
      int[] keyPlaces = new int[lookups.length];
      for (int k = 0; k < lookups.length; k++) {
        String[] parts = lookups[k].split(" ");
        keyPlaces[k] = all.get(typePlaces[Integer.parseInt(parts[0])]).key(parts[1], loop, k);
      }
      Rule rule = rulebook.base().getRule(one.file().packageName(), one.rule().name());
      loop.link(i, rule, typePlaces, keyPlaces);
    }
    given.forEach(this::add);
  }

  private int add(Class<?> type) {
    return places.computeIfAbsent(
        type,
        one -> {
          all.add(new Facts(one.getSimpleName()));
          return all.size() - 1;
        });
  }

  /** The class of a type's facts; no two types may have one name. */
  private Class<?> facts(Rulebook rulebook, Types types, Type type) throws NoLoop {
    Class<?> found =
        type.declared() == null
            ? type.java()
            : rulebook
                .base()
                .getFactType(types.home(type.name()).packageName(), type.name())
                .getFactClass();
    boolean alone =
        found.isRecord() || type.declared() != null && found.getSuperclass() == Object.class;
    if (!alone || byName.computeIfAbsent(type.name(), one -> found) != found) {
      throw new NoLoop("facts of (" + type.name() + ")");
    }
    return found;
  }

  /** Place of a type; -1 for one that no rule knows. */
  int place(Class<?> type) {
    return places.getOrDefault(type, -1);
  }

  int types() {
    return all.size();
  }

  String typeName(int place) {
    return all.get(place).type;
  }

  int placeOf(String type) {
    return places.getOrDefault(byName.get(type), -1);
  }

  FactList.Key[] keys(int type) {
    return all.get(type).keys.toArray(FactList.Key[]::new);
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
