package dev.rigwright.facts;

import dev.rigwright.domain.Gpu;
import dev.rigwright.domain.Model;
import dev.rigwright.domain.Service;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Finds catalogue rows by the names that people use: ids, makers' names, Hugging Face ids, Ollama
 * tags. What could mean two things is refused with both.
 */
public final class Names {

  private static final List<String> MAKERS = List.of("nvidia", "geforce", "amd", "radeon", "intel");
  private static final List<String> SUFFIXES =
      List.of("instruct", "chat", "it", "hf", "gguf", "awq", "gptq", "gptqint4", "gptqint8", "fp8");

  private final Map<String, Set<String>> models = new HashMap<>();
  private final Map<String, Set<String>> gpus = new HashMap<>();
  private final Map<String, Set<String>> services = new HashMap<>();
  private final List<String> modelIds = new ArrayList<>();
  private final List<String> gpuIds = new ArrayList<>();

  /** Learns all names of the facts. */
  public Names(Facts facts) {
    for (Gpu gpu : facts.gpus()) {
      gpuIds.add(gpu.id());
      learn(gpus, gpu.id(), gpu.id());
      learn(gpus, gpu.name(), gpu.id());
      learn(gpus, bare(gpu.name()), gpu.id());
      gpu.aliases().forEach(alias -> learn(gpus, alias, gpu.id()));
    }
    for (Model model : facts.models()) {
      modelIds.add(model.id());
      learn(models, model.id(), model.id());
      learn(models, model.name(), model.id());
      learn(models, model.huggingFaceId(), model.id());
      model.aliases().forEach(alias -> learn(models, alias, model.id()));
    }
    for (Service service : facts.services()) {
      modelIds.add(service.id());
      learn(services, service.id(), service.id());
      learn(services, service.name(), service.id());
      service.aliases().forEach(alias -> learn(services, alias, service.id()));
    }
  }

  private static void learn(Map<String, Set<String>> names, String name, String id) {
    if (name != null) {
      names.computeIfAbsent(key(name), k -> new LinkedHashSet<>()).add(id);
    }
  }

  /**
   * The card of a name.
   *
   * @param pointer where the name stands, for the message
   * @throws BadInputException if no card or more than one has that name
   */
  public String gpu(String name, String pointer) {
    String found = one(gpus.get(key(name)), name, "card", pointer);
    if (found == null) {
      found = one(gpus.get(key(bare(name))), name, "card", pointer);
    }
    if (found == null) {
      throw unknown("card", name, pointer, nearest(name, gpuIds));
    }
    return found;
  }

  /**
   * The language model or service of a name.
   *
   * @throws BadInputException if nothing or more than one has that name
   */
  public String model(String name, String pointer) {
    for (String form : forms(name)) {
      for (Map<String, Set<String>> names : List.of(models, services)) {
        Set<String> ids = names.get(form);
        if (ids != null && ids.contains(name)) {
          // The catalogue's own text, which others of it are compared with.
          return ids.stream().filter(name::equals).findFirst().orElse(name);
        }
        String found = one(ids, name, "model", pointer);
        if (found != null) {
          return found;
        }
      }
    }
    throw unknown("model", name, pointer, nearest(name, modelIds));
  }

  /**
   * The cards one of whose names holds a text, in the order of the catalogue; all for an empty
   * text.
   *
   * @throws BadInputException if there are none; the message has the nearest
   */
  public List<String> gpusLike(String text) {
    return like(text, "card", gpuIds, List.of(gpus));
  }

  /** The language models and services one of whose names holds a text. */
  public List<String> modelsLike(String text) {
    return like(text, "model", modelIds, List.of(models, services));
  }

  private static List<String> like(
      String text, String what, List<String> ids, List<Map<String, Set<String>>> known) {
    Set<String> found = new HashSet<>();
    for (Map<String, Set<String>> names : known) {
      for (String form : forms(text)) {
        found.addAll(names.getOrDefault(form, Set.of()));
      }
      found.addAll(names.getOrDefault(key(bare(text)), Set.of()));
      names.forEach(
          (name, its) -> {
            if (name.contains(key(text))) {
              found.addAll(its);
            }
          });
    }
    if (found.isEmpty()) {
      throw unknown(what, text, "", nearest(text, ids));
    }
    return ids.stream().filter(found::contains).toList();
  }

  private static List<String> forms(String name) {
    Set<String> forms = new LinkedHashSet<>();
    String rest = name;
    forms.add(key(rest));
    int slash = rest.lastIndexOf('/');
    if (slash >= 0) {
      rest = rest.substring(slash + 1);
      forms.add(key(rest));
    }
    boolean shorter = true;
    while (shorter) {
      shorter = false;
      for (String suffix : SUFFIXES) {
        String lower = rest.toLowerCase(Locale.ROOT);
        int at = Math.max(lower.lastIndexOf('-'), lower.lastIndexOf('_'));
        if (at > 0 && key(lower.substring(at)).equals(suffix)) {
          rest = rest.substring(0, at);
          forms.add(key(rest));
          shorter = true;
        }
      }
    }
    return List.copyOf(forms);
  }

  private static String bare(String name) {
    String rest = name.toLowerCase(Locale.ROOT);
    for (String maker : MAKERS) {
      rest = rest.replace(maker, " ");
    }
    return rest.replace(" generation", " ");
  }

  private static String key(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    StringBuilder key = new StringBuilder(lower.length());
    for (int i = 0; i < lower.length(); i++) {
      char c = lower.charAt(i);
      if (c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '.') {
        key.append(c);
      }
    }
    int end = key.length();
    if (end >= 2 && key.charAt(end - 2) == 'g' && key.charAt(end - 1) == 'b') {
      key.setLength(end - 1);
    }
    return key.toString();
  }

  private static String one(Set<String> ids, String name, String what, String pointer) {
    if (ids == null) {
      return null;
    }
    if (ids.size() > 1) {
      throw new BadInputException(
          pointer,
          "The %s (%s) could mean %s. Name one of them by its id."
              .formatted(what, name, String.join(" or ", ids)));
    }
    return ids.iterator().next();
  }

  private static BadInputException unknown(
      String what, String name, String pointer, List<String> nearest) {
    return new BadInputException(
        pointer,
        "The %s (%s) is not in the catalogue. Maybe %s was meant; %s"
            .formatted(
                what,
                name,
                String.join(" or ", nearest),
                what.equals("card")
                    ? "facts/README.md shows how to add a card."
                    : "facts/README.md shows how to add a model."));
  }

  /** Those that have every word that was typed, then those that look most like it. */
  private static List<String> nearest(String name, Collection<String> ids) {
    String wanted = key(name);
    List<String> words = Stream.of(name.split("\\s+")).map(Names::key).toList();
    return ids.stream()
        .sorted(
            Comparator.comparing((String id) -> !words.stream().allMatch(key(id)::contains))
                .thenComparingInt(id -> distance(wanted, key(id)))
                .thenComparing(Comparator.naturalOrder()))
        .limit(3)
        .toList();
  }

  /**
   * The three names that look most like a text: alike in whole, or in the part behind the slash.
   */
  public static List<String> near(String text, Collection<String> names) {
    String wanted = key(text);
    return names.stream()
        .sorted(
            Comparator.comparingInt((String name) -> nearness(wanted, name))
                .thenComparing(Comparator.naturalOrder()))
        .limit(3)
        .toList();
  }

  private static int nearness(String wanted, String name) {
    String whole = key(name);
    String end = key(name.substring(name.indexOf('/') + 1));
    int least = Math.min(distance(wanted, whole), distance(wanted, end));
    boolean part = !wanted.isEmpty() && whole.contains(wanted);
    return part ? Math.min(least, 1) : least;
  }

  /** Edits between two texts: characters put in, left out, changed, or two neighbours swapped. */
  static int distance(String a, String b) {
    int[][] edits = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          edits[i][j] = i + j;
          continue;
        }
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int least = Math.min(edits[i - 1][j], edits[i][j - 1]) + 1;
        least = Math.min(least, edits[i - 1][j - 1] + change);
        boolean swapped =
            i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
        edits[i][j] = swapped ? Math.min(least, edits[i - 2][j - 2] + 1) : least;
      }
    }
    return edits[a.length()][b.length()];
  }
}
