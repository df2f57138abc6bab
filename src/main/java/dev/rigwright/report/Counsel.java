package dev.rigwright.report;

import dev.rigwright.domain.Claim;
import dev.rigwright.domain.ClaimSubject;
import dev.rigwright.engine.Decision.Said;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the guide says that helps this buyer, by what it is about. On a screen only what is about
 * the picked cards, this tier and goods of the condition that is bought.
 */
final class Counsel {

  private static final int MOST_ON_SCREEN = 4;
  private static final int MOST_BESIDES = 3;

  /** What a buyer should hear first, by the guide's own kinds of statement. */
  private static final List<String> KINDS = List.of("warn", "require", "value", "capacity", "runs");

  /** Where a statement stands. */
  private enum Topic {
    RUNS("What it runs"),
    SERVES("Who it serves"),
    BUYING("Buying"),
    ALSO("Also");

    private final String label;

    Topic(String label) {
      this.label = label;
    }

    private static Topic of(String topic) {
      return switch (topic) {
        case "runs" -> RUNS;
        case "serves" -> SERVES;
        case "buying" -> BUYING;
        default -> ALSO;
      };
    }
  }

  private final Material material;
  private final Nearness nearness;
  private final Map<Topic, List<String>> sentences = new EnumMap<>(Topic.class);
  private final Map<Topic, References> rules = new EnumMap<>(Topic.class);
  private final Set<String> cited = new HashSet<>();

  private Counsel(Material material) {
    this.material = material;
    this.nearness = new Nearness(material);
  }

  static Section of(Material material) {
    return new Section("GUIDE SAYS", new Counsel(material).entries());
  }

  private List<Entry> entries() {
    for (Said advice : material.decision().advice()) {
      if (!isStatement(advice)) {
        cited.addAll(advice.claims());
        add(Topic.ALSO, advice);
      }
    }
    material.decision().advice().stream()
        .filter(Counsel::isStatement)
        .filter(advice -> !cited.contains(advice.claims().get(0)))
        .sorted(Comparator.comparingInt(this::rank))
        .forEach(
            advice -> {
              Claim claim = material.claim(advice.claims().get(0));
              if (claim != null && helps(claim, advice)) {
                add(Topic.of(claim.topic()), advice);
              }
            });
    List<Entry> entries = new ArrayList<>();
    sentences.forEach(
        (topic, said) ->
            entries.add(Entry.of(topic.label, String.join(" ", said), rules.get(topic))));
    return entries;
  }

  private int rank(Said advice) {
    Claim claim = material.claim(advice.claims().get(0));
    int rank = claim == null ? -1 : KINDS.indexOf(claim.kind());
    return rank < 0 ? KINDS.size() : rank;
  }

  /** Whether it passes on one statement of the guide, and not advice of a rule of its own. */
  private static boolean isStatement(Said advice) {
    return advice.subjects().isEmpty() && advice.claims().size() == 1;
  }

  private void add(Topic topic, Said advice) {
    List<String> said = sentences.computeIfAbsent(topic, key -> new ArrayList<>());
    int most = topic == Topic.ALSO ? MOST_BESIDES : MOST_ON_SCREEN;
    if (material.onScreen() && isStatement(advice) && said.size() >= most) {
      return;
    }
    List<String> numbers =
        advice.claims().stream().map(claim -> claim.substring(claim.indexOf('#') + 1)).toList();
    String text = words(advice).replaceAll("\\.$", "");
    said.add(
        numbers.isEmpty() ? Prose.sentence(text) : text + " (" + String.join(", ", numbers) + ").");
    rules.merge(topic, References.rule(advice.rule(), List.of()), References::and);
  }

  /** The statement itself: that the guide says it stands in the heading. */
  private String words(Said advice) {
    Claim claim = isStatement(advice) ? material.claim(advice.claims().get(0)) : null;
    return claim != null && advice.says().endsWith(claim.words()) ? claim.words() : advice.says();
  }

  private boolean helps(Claim claim, Said advice) {
    if (!material.onScreen()) {
      return true;
    }
    List<ClaimSubject> about = material.about(advice.claims().get(0));
    return switch (claim.topic()) {
      case "buying" -> isOfThisTier(about) && about.stream().anyMatch(nearness::isNear);
      case "tier", "part", "price", "principle", "avoid" -> false;
      case "runs", "serves" -> about.stream().anyMatch(this::isOfTierOrPick);
      default ->
          about.stream()
              .anyMatch(subject -> isMoreThanOneCard(subject) && nearness.isOfPick(subject));
    };
  }

  /** What is said of one card is said of every purchase. */
  private static boolean isMoreThanOneCard(ClaimSubject subject) {
    return !subject.kind().equals("cards") || !subject.key().equals("1");
  }

  private boolean isOfTierOrPick(ClaimSubject subject) {
    return subject.kind().equals("tier") ? nearness.isNear(subject) : nearness.isOfPick(subject);
  }

  /** Not about another tier. */
  private boolean isOfThisTier(List<ClaimSubject> about) {
    return about.stream()
        .filter(subject -> subject.kind().equals("tier"))
        .allMatch(nearness::isNear);
  }
}
