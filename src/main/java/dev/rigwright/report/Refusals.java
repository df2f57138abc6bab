package dev.rigwright.report;

import dev.rigwright.domain.Candidate;
import dev.rigwright.domain.Gpu;
import dev.rigwright.domain.Offer;
import dev.rigwright.engine.Decision.Cards;
import dev.rigwright.engine.Decision.Each;
import dev.rigwright.engine.Decision.Excluded;
import dev.rigwright.engine.Decision.GuidePickView;
import dev.rigwright.engine.Decision.Recommendation;
import dev.rigwright.report.Material.Extent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which cards it is not, and why: the guide's own first, then what is owned, then of each reason
 * the cards that come nearest to the pick. Cards that the report recommends elsewhere are left out:
 * the same card may be too dear new and right used.
 */
final class Refusals {

  private static final int ON_SCREEN = 6;
  private static final int ON_PAPER = 12;

  /** Reasons from the most to the least telling for somebody who is about to buy. */
  static final List<String> TELLING =
      List.of(
          "budget/",
          "cost/",
          "avoid/amd",
          "fit/too-large",
          "machine/",
          "power/",
          "speed/",
          "limits/",
          "avoid/",
          "fit/");

  private final Material material;
  private final Map<String, Refused> refused = new LinkedHashMap<>();

  /** All that speaks against a card, or against so many. */
  private static final class Refused {
    private final String subject;
    private final int count;
    private final Gpu gpu;
    private final Map<Excluded, String> reasons = new LinkedHashMap<>();

    private Refused(String subject, int count, Gpu gpu) {
      this.subject = subject;
      this.count = count;
      this.gpu = gpu;
    }
  }

  private Refusals(Material material) {
    this.material = material;
    for (Excluded excluded : material.decision().exclusions()) {
      for (Each each : excluded.each()) {
        int count = Candidate.countOf(each.subject());
        Gpu gpu = material.gpu(Candidate.gpuOf(each.subject()));
        refused
            .computeIfAbsent(each.subject(), subject -> new Refused(subject, count, gpu))
            .reasons
            .put(excluded, each.says());
      }
    }
  }

  static Section of(Material material) {
    return new Section("NOT THESE", new Refusals(material).entries());
  }

  /** All that speaks against what the guide would give, in its own numbers, the gravest first. */
  static Entry againstTheGuide(Material material) {
    return new Refusals(material).againstTheGuide(Integer.MAX_VALUE);
  }

  private Entry againstTheGuide(int most) {
    GuidePickView guide = material.decision().guidePick();
    List<String> subjects = new ArrayList<>(Material.subjects(guide.gpus()));
    guide.gpus().forEach(card -> subjects.add(card.id()));
    List<String> says = new ArrayList<>();
    References references = References.NONE;
    String about = null;
    for (Excluded excluded : gravestFirst(guide.because())) {
      for (String subject : subjects) {
        Refused found = refused.get(subject);
        String numbers = found == null ? null : found.reasons.get(excluded);
        if (numbers != null && says.size() < most) {
          about = says.isEmpty() ? subject : about;
          says.add(says.isEmpty() ? numbers : Prose.small(numbers));
          references = references.and(References.rule(excluded.rule(), excluded.sources()));
          break;
        }
      }
    }
    return Entry.of("", String.join("; ", says), references).about(about);
  }

  private List<Excluded> gravestFirst(List<String> rules) {
    return material.decision().exclusions().stream()
        .filter(excluded -> rules.contains(excluded.rule()))
        .sorted(Comparator.comparing(Excluded::severity))
        .toList();
  }

  private List<Entry> entries() {
    List<Entry> entries = new ArrayList<>();
    Set<String> taken = new HashSet<>(recommended());
    GuidePickView guide = material.decision().guidePick();
    if (guide != null && !guide.accepted() && !material.toTheLetter()) {
      Entry against = againstTheGuide(material.onScreen() ? 1 : Integer.MAX_VALUE);
      if (!against.text().isEmpty()) {
        entries.add(
            Entry.of(
                    "",
                    Prose.cards(guide.gpus())
                        + ", the guide's own pick: "
                        + Prose.small(Prose.sentence(against.text())),
                    against.references())
                .about(against.about()));
      }
    }
    if (guide != null) {
      taken.addAll(Material.subjects(guide.gpus()));
    }
    int most = material.extent() == Extent.PAPER ? ON_PAPER : ON_SCREEN;
    Set<Refused> shown = new LinkedHashSet<>(owned(taken));
    for (Refused candidate : telling(taken)) {
      if (shown.size() + entries.size() < most) {
        shown.add(candidate);
      }
    }
    shown.forEach(each -> entries.add(entry(each)));
    long more =
        refused.keySet().stream().filter(subject -> !taken.contains(subject)).count()
            - shown.size();
    if (more > 0 && material.extent() != Extent.PAGE) {
      entries.add(
          Entry.of(
              "",
              "and "
                  + Prose.number(more)
                  + " more: rigwright advise FILE --format json lists all."));
    }
    return entries;
  }

  /** What the report itself offers. */
  private Set<String> recommended() {
    Set<String> recommended = new HashSet<>();
    if (material.decision().recommendation() != null) {
      recommended.addAll(Material.subjects(material.decision().recommendation().gpus()));
    }
    for (Recommendation alternative : material.decision().alternatives()) {
      recommended.addAll(Material.subjects(alternative.gpus()));
    }
    return recommended;
  }

  private List<Refused> owned(Set<String> taken) {
    Set<String> ids =
        material.requirement().owned().gpus().stream()
            .map(gpus -> gpus.id())
            .collect(Collectors.toSet());
    return refused.values().stream()
        .filter(each -> ids.contains(each.subject) && !taken.contains(each.subject))
        .toList();
  }

  /** Of each reason the card that comes nearest to the pick, round after round. */
  private List<Refused> telling(Set<String> taken) {
    Map<String, List<Refused>> byReason = new LinkedHashMap<>();
    TELLING.forEach(reason -> byReason.put(reason, new ArrayList<>()));
    int cards = Math.max(2, wantedCards());
    for (Refused each : refused.values()) {
      if (each.gpu != null && each.count <= cards && !taken.contains(each.subject)) {
        byReason.get(reason(each)).add(each);
      }
    }
    double vram = wantedVram();
    Comparator<Refused> nearest =
        Comparator.<Refused>comparingInt(each -> offered(each.gpu) ? 0 : 1)
            .thenComparingDouble(each -> Math.abs(vram(each) - vram))
            .thenComparingInt(each -> each.count)
            .thenComparingDouble(each -> -bandwidth(each.gpu))
            .thenComparing(each -> each.subject);
    List<Refused> telling = new ArrayList<>();
    byReason.values().forEach(list -> list.sort(nearest));
    for (int round = 0; round < ON_PAPER; round++) {
      for (List<Refused> list : byReason.values()) {
        if (round < list.size()) {
          telling.add(list.get(round));
        }
      }
    }
    return telling;
  }

  private static String reason(Refused each) {
    for (String reason : TELLING) {
      if (each.reasons.keySet().stream().allMatch(rule -> rule.rule().startsWith(reason))) {
        return reason;
      }
    }
    for (int i = TELLING.size() - 1; i >= 0; i--) {
      String reason = TELLING.get(i);
      if (each.reasons.keySet().stream().anyMatch(rule -> rule.rule().startsWith(reason))) {
        return reason;
      }
    }
    return TELLING.get(TELLING.size() - 1);
  }

  private double wantedVram() {
    return material.vramGib(wanted());
  }

  private int wantedCards() {
    return wanted().stream().mapToInt(Cards::count).sum();
  }

  /** The cards to compare with: what the figures pick, else what is shown, else the guide's. */
  private List<Cards> wanted() {
    Recommendation figures = material.alternative("best-value");
    Recommendation shown = figures == null ? material.shown() : figures;
    if (shown != null) {
      return shown.gpus();
    }
    GuidePickView guide = material.decision().guidePick();
    return guide == null ? List.of() : guide.gpus();
  }

  private boolean offered(Gpu gpu) {
    return material.facts().offers().stream().map(Offer::itemId).anyMatch(gpu.id()::equals);
  }

  private static double vram(Refused each) {
    return each.gpu.vramGib() == null ? 0 : (double) each.count * each.gpu.vramGib();
  }

  private static double bandwidth(Gpu gpu) {
    return gpu.bandwidthGbPerSecond() == null ? 0 : gpu.bandwidthGbPerSecond();
  }

  /** The gravest reason in words, all of them by their rules. */
  private Entry entry(Refused each) {
    List<Excluded> rules =
        each.reasons.keySet().stream().sorted(Comparator.comparing(Excluded::severity)).toList();
    String name = each.gpu == null ? each.subject : Prose.times(each.count) + each.gpu.label();
    String says = each.reasons.get(rules.get(0));
    References references = References.NONE;
    for (Excluded rule : rules) {
      boolean gravest = references.rules().isEmpty();
      references =
          references.and(References.rule(rule.rule(), gravest ? rule.sources() : List.of()));
    }
    return Entry.of(
            "",
            Prose.sentence(says.contains(name) ? says : name + ": " + Prose.small(says)),
            references)
        .about(each.subject);
  }
}
