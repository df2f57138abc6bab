package dev.rigwright.web.page;

import dev.rigwright.domain.Offer;
import dev.rigwright.domain.Origin;
import dev.rigwright.domain.Outcome;
import dev.rigwright.domain.PartKind;
import dev.rigwright.domain.Policy;
import dev.rigwright.domain.PriceBasis;
import dev.rigwright.domain.Requirement;
import dev.rigwright.domain.WantedModel;
import dev.rigwright.engine.Advisor;
import dev.rigwright.engine.Decision;
import dev.rigwright.engine.Decision.Cards;
import dev.rigwright.engine.Decision.Each;
import dev.rigwright.engine.Decision.Excluded;
import dev.rigwright.engine.Decision.PartView;
import dev.rigwright.engine.Decision.PerCard;
import dev.rigwright.engine.Decision.Recommendation;
import dev.rigwright.engine.Decision.Relaxation;
import dev.rigwright.report.Answer;
import dev.rigwright.report.Assumed;
import dev.rigwright.report.Composer;
import dev.rigwright.report.Entry;
import dev.rigwright.report.Material.Extent;
import dev.rigwright.report.Section;
import dev.rigwright.web.page.AnswerView.Bar;
import dev.rigwright.web.page.AnswerView.Change;
import dev.rigwright.web.page.AnswerView.Dispute;
import dev.rigwright.web.page.AnswerView.Identity;
import dev.rigwright.web.page.AnswerView.Machine;
import dev.rigwright.web.page.AnswerView.MemoryView;
import dev.rigwright.web.page.AnswerView.Part;
import dev.rigwright.web.page.AnswerView.Refused;
import dev.rigwright.web.page.AnswerView.Segment;
import dev.rigwright.web.page.AnswerView.Tile;
import dev.rigwright.web.page.AnswerView.Total;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Makes the view of an answer. What is said is what every report says; here it gets its place. */
public final class AnswerViews {

  /** What machines are compared in. */
  public static final List<String> COLUMNS =
      List.of("Total", "Speed", "Memory", "Left free", "At the wall", "Supply, RAM", "Three years");

  private static final int BAR = 1000;

  private final Decision decision;
  private final Advisor advisor;
  private final Numbers numbers;
  private final Links links;
  private final Line.Maker lines;
  private final Answer answer;

  private AnswerViews(Decision decision, Advisor advisor, Numbers numbers, Links links) {
    this.decision = decision;
    this.advisor = advisor;
    this.numbers = numbers;
    this.links = links;
    this.lines = new Line.Maker(advisor.rulebook(), advisor.facts(), numbers, links);
    this.answer = Composer.answer(decision, advisor.facts(), advisor.rulebook(), Extent.PAGE);
  }

  /**
   * The view of a decision.
   *
   * @param advisor who decided
   */
  public static AnswerView of(Decision decision, Advisor advisor, Numbers numbers, Links links) {
    return new AnswerViews(decision, advisor, numbers, links).view();
  }

  /** The pick; where nothing fits, what comes nearest; null where nothing does. */
  private Recommendation shown() {
    if (decision.recommendation() != null) {
      return decision.recommendation();
    }
    return decision.alternatives().isEmpty() ? null : decision.alternatives().get(0);
  }

  private AnswerView view() {
    Recommendation pick = decision.recommendation();
    Recommendation shown = shown();
    List<Line> watch = new ArrayList<>();
    List<Line> notes = new ArrayList<>();
    for (Entry entry : entries("WATCH")) {
      (entry.mark() == Entry.Mark.ALARM ? watch : notes).add(lines.of(entry));
    }
    return new AnswerView(
        answer.tone().name().toLowerCase(Locale.ROOT),
        verdict(),
        headline(pick),
        lead(),
        decision.title() == null ? "" : answer.title(),
        numbers.said(answer.wish()),
        answer.need().stream().map(numbers::said).toList(),
        pick == null ? List.of() : tiles(pick),
        shown == null ? "" : partsTitle(shown),
        shown == null ? null : total(shown),
        shown == null ? List.of() : parts(shown),
        shown == null ? "" : note(shown),
        changes(),
        shown == null ? null : memory(shown),
        figures(shown),
        entries("WHY").stream().map(entry -> lines.of(entry, aboutReason(entry))).toList(),
        watch,
        notes,
        said("NOT THESE"),
        refused(),
        machines(),
        said("ALTERNATIVES"),
        said("THE GUIDE"),
        disputes(),
        said("GUIDE SAYS"),
        assumed(),
        answer.overlaid(),
        new Identity(
            decision.decisionId(),
            decision.asOf().toString(),
            decision.policy().word(),
            decision.rulebook(),
            decision.facts()),
        announcement(pick),
        links);
  }

  // ---- what is said

  private List<Entry> entries(String heading) {
    for (Section section : answer.sections()) {
      String name = section.heading();
      if (name.equals(heading) || name.startsWith(heading + ":")) {
        return section.entries();
      }
    }
    return List.of();
  }

  private List<Line> said(String heading) {
    return entries(heading).stream().map(lines::of).toList();
  }

  private String verdict() {
    return switch (decision.verdict()) {
      case INFEASIBLE -> "Nothing fits";
      case KEEP -> "Keep what you have";
      case RECOMMENDED ->
          decision.policy() == Policy.GUIDE ? "Buy, by the guide to the letter" : "Buy";
    };
  }

  private String headline(Recommendation pick) {
    if (pick == null) {
      String reason = answer.headline().substring(answer.headline().indexOf(':') + 1).strip();
      return numbers.said(reason.substring(0, 1).toUpperCase(Locale.ROOT) + reason.substring(1));
    }
    return cards(pick.gpus());
  }

  private static String cards(List<Cards> gpus) {
    List<String> names = new ArrayList<>();
    for (Cards cards : gpus) {
      names.add(
          (cards.count() == 1 ? "" : cards.count() + " × ")
              + cards.name()
              + (cards.condition() == null ? "" : ", " + cards.condition().word()));
    }
    return String.join(" and ", names);
  }

  private List<String> lead() {
    return answer.lead().stream().map(numbers::said).toList();
  }

  private String announcement(Recommendation pick) {
    return pick == null
        ? verdict() + ". " + headline(null)
        : verdict() + ": " + cards(pick.gpus()) + ", " + numbers.usd(pick.totalUsd()) + " in all.";
  }

  private String partsTitle(Recommendation shown) {
    return decision.recommendation() == null
        ? "What comes nearest: " + cards(shown.gpus())
        : decision.verdict() == Outcome.KEEP ? "What you have" : "The parts";
  }

  private String note(Recommendation shown) {
    if (shown.totalUsd() == 0) {
      return "All of it is owned.";
    }
    return numbers.range(shown.totalLowUsd(), shown.totalHighUsd())
        + " USD at the prices we know"
        + (shown.oldestPriceAsOf() == null
            ? "."
            : "; the oldest is from " + shown.oldestPriceAsOf() + ".");
  }

  private List<Line> figures(Recommendation shown) {
    List<Entry> entries = new ArrayList<>(answer.figures());
    if (decision.recommendation() == null) {
      entries("NEAREST").stream()
          .filter(entry -> entry.label().equals("Speed") || entry.label().equals("Power"))
          .forEach(entries::add);
    }
    return entries.stream()
        .map(entry -> lines.of(entry, grounds(entry, shown), about(shown)))
        .toList();
  }

  private Grounds grounds(Entry entry, Recommendation shown) {
    return switch (entry.label()) {
      case "Speed" -> Grounds.speed(shown, advisor.facts());
      case "Power" -> Grounds.power(shown, decision, advisor.facts());
      default -> Grounds.NONE;
    };
  }

  // ---- figures

  private List<Tile> tiles(Recommendation pick) {
    List<Tile> tiles = new ArrayList<>();
    Long budget = decision.requirement().budgetUsd();
    tiles.add(
        new Tile(
            "In all",
            numbers.usd(pick.totalUsd()),
            budget == null
                ? numbers.range(pick.totalLowUsd(), pick.totalHighUsd()) + " at the prices we know"
                : against(pick.totalUsd(), budget)));
    if (pick.memory() != null) {
      tiles.add(
          new Tile(
              "Memory",
              numbers.gib(pick.memory().needGib()),
              "of "
                  + numbers.gib(pick.memory().availableGib())
                  + (pick.memory().needGib() <= pick.memory().availableGib()
                      ? ", " + numbers.decimal(pick.memory().marginPercent()) + " % to spare"
                      : ", which does not fit")));
    }
    if (pick.speed() != null && pick.speed().tokensPerSecond() != null) {
      tiles.add(
          new Tile(
              "Speed",
              numbers.rate(pick.speed().tokensPerSecond()) + " tokens/s",
              "between "
                  + numbers.rate(pick.speed().low())
                  + " and "
                  + numbers.rate(pick.speed().high())
                  + (decision.requirement().users() > 1 ? ", for one alone" : "")));
    }
    if (pick.power() != null && pick.power().systemWatts() != null) {
      tiles.add(
          new Tile(
              "Power",
              numbers.whole(pick.power().systemWatts()) + " W",
              "at the wall, " + numbers.usd(pick.power().usdPerYear()) + " of electricity a year"));
    }
    return tiles;
  }

  private String against(long total, long budget) {
    if (total == budget) {
      return "exactly the budget";
    }
    return total < budget
        ? numbers.usd(budget - total) + " under the budget"
        : numbers.usd(total - budget) + " over the budget";
  }

  private Total total(Recommendation pick) {
    Long budget = decision.requirement().budgetUsd();
    long most = Math.max(pick.totalHighUsd(), budget == null ? 0 : budget);
    String words =
        numbers.usd(pick.totalUsd())
            + (budget == null ? "" : " of a budget of " + numbers.usd(budget))
            + "; between "
            + numbers.whole(pick.totalLowUsd())
            + " and "
            + numbers.usd(pick.totalHighUsd())
            + " at the prices we know";
    return new Total(
        numbers.usd(pick.totalUsd()),
        words,
        budget == null
            ? ""
            : numbers.usd(pick.totalUsd())
                + " of "
                + numbers.usd(budget)
                + ": "
                + against(pick.totalUsd(), budget),
        pick.totalLowUsd(),
        pick.totalUsd(),
        pick.totalHighUsd(),
        budget,
        Math.max(1, Math.round(most * 1.04)));
  }

  // ---- parts

  private List<Part> parts(Recommendation pick) {
    List<Part> parts = new ArrayList<>();
    for (PartView part : pick.parts()) {
      boolean owned = part.origin() == Origin.OWNED;
      List<String> more = new ArrayList<>();
      List<String> sources = new ArrayList<>(part.sources());
      prices(part, more, sources);
      Line reason =
          lines.line(
              "",
              kind(part.kind()),
              part.name(),
              part.because(),
              List.of(sources),
              more,
              owned && part.because().isEmpty()
                  ? null
                  : part.kind() == PartKind.GPU || decision.recommendation() == null
                      ? about(pick)
                      : part.kind().word());
      parts.add(
          new Part(
              kind(part.kind()),
              (part.quantity() == 1 ? "" : part.quantity() + " × ") + part.name(),
              owned ? "owned" : part.condition().word(),
              owned || part.lowUsd() == part.highUsd()
                  ? ""
                  : numbers.range(part.lowUsd(), part.highUsd()),
              owned ? "0 USD" : numbers.usd(part.priceUsd()),
              part.priceBasis() == PriceBasis.INDICATIVE || part.priceBasis() == PriceBasis.GUIDE,
              reason));
    }
    return parts;
  }

  private void prices(PartView part, List<String> more, List<String> sources) {
    if (part.origin() == Origin.OWNED) {
      more.add("You have it: 0 USD.");
      return;
    }
    more.add(
        "Typically %,d USD, seen from %,d to %,d USD%s; %s%s."
            .formatted(
                part.priceUsd(),
                part.lowUsd(),
                part.highUsd(),
                part.quantity() == 1 ? "" : " for " + part.quantity(),
                basis(part.priceBasis()),
                part.priceAsOf() == null ? "" : ", as of " + part.priceAsOf()));
    for (Offer offer : advisor.facts().offers()) {
      if (offer.itemId().equals(part.id()) && offer.condition() == part.condition()) {
        more.add(
            "Price row facts/catalog/offers.json, %s %s, confidence %s: %s."
                .formatted(
                    offer.itemId(),
                    offer.condition().word(),
                    offer.confidence().word(),
                    offer.source()));
        for (String source : offer.source().split(";\\s*")) {
          if (source.startsWith("guide#") && !sources.contains(source)) {
            sources.add(source);
          }
        }
      }
    }
  }

  private static String basis(PriceBasis basis) {
    if (basis == null) {
      return "no price";
    }
    return switch (basis) {
      case OBSERVED -> "prices seen in the United States";
      case CONVERTED -> "prices seen elsewhere, less VAT, in dollars";
      case SUMMED -> "smaller kits added up";
      case GUIDE -> "only the guide and its seller name a price";
      case INDICATIVE -> "indicative: no sale or listing was found";
    };
  }

  private static String kind(PartKind kind) {
    return switch (kind) {
      case GPU -> "Card";
      case CPU -> "Processor";
      case BOARD -> "Board";
      case RAM -> "Memory";
      case STORAGE -> "Drive";
      case PSU -> "Power supply";
      case COOLER -> "Cooler";
      case CASE -> "Case";
    };
  }

  private static String subject(Cards cards) {
    return (cards.count() == 1 ? "" : cards.count() + "x ") + cards.id();
  }

  /** What the proof of a machine is asked of. */
  private static String about(Recommendation machine) {
    return machine == null || machine.gpus().isEmpty() ? null : subject(machine.gpus().get(0));
  }

  /** The proof of a part's size is the choice of the part. */
  private String aboutReason(Entry entry) {
    return switch (entry.label()) {
      case "RAM" -> PartKind.RAM.word();
      case "Drive" -> PartKind.STORAGE.word();
      case "Supply" -> PartKind.PSU.word();
      case "Cooling" -> PartKind.CASE.word();
      case "Platform" -> PartKind.BOARD.word();
      default -> about(decision.recommendation());
    };
  }

  // ---- what brings an answer

  private List<Change> changes() {
    List<Entry> entries = entries("SMALLEST CHANGES");
    List<Change> changes = new ArrayList<>();
    List<Relaxation> relaxations = decision.relaxations();
    for (int i = 0; i < entries.size(); i++) {
      Form changed = i < relaxations.size() ? changed(relaxations.get(i)) : null;
      changes.add(
          new Change(
              field(entries.get(i).label()),
              numbers.said(entries.get(i).text()),
              changed == null ? null : "/?" + changed.query()));
    }
    return changes;
  }

  private static String field(String name) {
    return switch (name) {
      case "budgetUsd" -> "Budget in USD";
      case "contextTokens" -> "Tokens of context";
      case "users" -> "People at once";
      case "kvCache" -> "KV cache";
      case "condition" -> "New or used";
      case "quantization" -> "Quantization";
      case "limits.maxSystemWatts" -> "Most watts";
      case "limits.maxGpus" -> "Most cards";
      case "limits.maxGpuSlots" -> "Slots for cards";
      case "limits.maxGpuLengthMm" -> "Longest card in mm";
      case "limits.minTokensPerSecond" -> "Least tokens a second";
      case "limits.vendors" -> "Makers";
      case "limits.quiet" -> "Quiet";
      default -> name;
    };
  }

  private Form changed(Relaxation relaxation) {
    if (links.form() == null) {
      return null;
    }
    List<WantedModel> models = decision.requirement().models();
    return links
        .form()
        .changed(relaxation.field(), relaxation.to(), models.isEmpty() ? "" : models.get(0).id());
  }

  // ---- memory

  private MemoryView memory(Recommendation shown) {
    if (shown.memory() == null) {
      return null;
    }
    Decision.MemoryView memory = shown.memory();
    int cards = memory.perCard().size();
    String summary =
        numbers.tenths(memory.needGib())
            + " of "
            + numbers.gib(memory.availableGib())
            + (cards > 1 ? " on " + cards + " cards" : "");
    Line room =
        answer.memory() == null
            ? entries("NEAREST").stream()
                .filter(entry -> entry.label().equals("Memory"))
                .map(entry -> lines.of(room(entry), about(shown)))
                .findFirst()
                .orElse(null)
            : lines.of(answer.memory().room(), about(shown));
    return new MemoryView(summary, room, bars(memory));
  }

  /** Without the sum, which stands beside it. */
  private static Entry room(Entry memory) {
    String text = memory.text().substring(memory.text().indexOf(". ") + 2);
    return new Entry(memory.mark(), "", text, memory.references(), memory.about());
  }

  private List<Bar> bars(Decision.MemoryView memory) {
    List<Bar> bars = new ArrayList<>();
    int number = 0;
    for (PerCard card : memory.perCard()) {
      number++;
      String name = advisor.facts().gpuById().get(card.gpu()).label();
      bars.add(
          bar(memory.perCard().size() == 1 ? name : "Card " + number + ", " + name, card, memory));
    }
    return bars;
  }

  /**
   * Where all cards hold the same models each has its share of every term; where they hold others,
   * what is on a card is one stretch, and the models are named.
   */
  private Bar bar(String name, PerCard card, Decision.MemoryView memory) {
    boolean alike =
        memory.perCard().stream().allMatch(other -> other.models().equals(card.models()));
    List<Term> terms = new ArrayList<>();
    double scale = Math.max(card.needGib(), card.availableGib());
    if (alike && memory.needGib() > 0) {
      double share = card.needGib() / memory.needGib();
      terms.add(new Term("weights", "weights", memory.weightsGib() * share));
      terms.add(new Term("kv", "KV cache", memory.kvCacheGib() * share));
      terms.add(new Term("overhead", "overhead", memory.overheadGib() * share));
    } else {
      String models = card.models().isEmpty() ? "nothing" : String.join(", ", card.models());
      terms.add(new Term("used", models, card.needGib()));
    }
    if (card.needGib() <= card.availableGib()) {
      terms.add(new Term("free", "free", card.availableGib() - card.needGib()));
    } else {
      terms.add(new Term("over", "too much", card.needGib() - card.availableGib()));
    }
    return new Bar(name, words(name, card, terms), segments(terms, scale));
  }

  private record Term(String kind, String name, double gib) {}

  private String words(String name, PerCard card, List<Term> terms) {
    List<String> sizes = new ArrayList<>();
    terms.forEach(term -> sizes.add(term.name() + " " + numbers.tenths(term.gib())));
    return "%s: %s of %s; %s"
        .formatted(
            name,
            numbers.tenths(card.needGib()),
            numbers.gib(card.availableGib()),
            String.join(", ", sizes));
  }

  private List<Segment> segments(List<Term> terms, double scale) {
    List<Segment> segments = new ArrayList<>();
    double sum = 0;
    for (Term term : terms) {
      // What is too much lies over the end of what is needed.
      double start = term.kind().equals("over") ? scale - term.gib() : sum;
      long from = Math.round(BAR * start / scale);
      long to = Math.round(BAR * (start + term.gib()) / scale);
      segments.add(new Segment(term.kind(), term.name(), numbers.gib(term.gib()), from, to - from));
      sum += term.gib();
    }
    return segments;
  }

  // ---- what it is not

  private List<Refused> refused() {
    List<Refused> groups = new ArrayList<>();
    for (Excluded excluded : decision.exclusions()) {
      Line reason =
          lines.line(
              "",
              excluded.rule(),
              excluded.because(),
              List.of(excluded.rule()),
              List.of(excluded.sources()),
              List.of(),
              null);
      List<Line> each = new ArrayList<>();
      for (Each one : excluded.each()) {
        String label =
            one.subject() + (one.condition() == null ? "" : ", " + one.condition().word());
        each.add(lines.line("", label, one.says(), List.of(), List.of(), List.of(), one.subject()));
      }
      groups.add(new Refused(numbers.whole(excluded.each().size()), reason, each));
    }
    return groups;
  }

  // ---- side by side

  private List<Machine> machines() {
    Recommendation pick = decision.recommendation();
    if (pick == null) {
      return List.of();
    }
    Map<List<Object>, List<String>> labels = new LinkedHashMap<>();
    Map<List<Object>, Recommendation> machines = new LinkedHashMap<>();
    List<Object> picked = substance(pick);
    labels.put(picked, new ArrayList<>(List.of("The pick")));
    machines.put(picked, pick);
    for (Recommendation other : decision.alternatives()) {
      labels.computeIfAbsent(substance(other), key -> new ArrayList<>()).add(label(other));
      machines.putIfAbsent(substance(other), other);
    }
    List<Machine> rows = new ArrayList<>();
    machines.forEach(
        (key, machine) ->
            rows.add(
                new Machine(
                    String.join(", ", labels.get(key).stream().distinct().toList()),
                    machine == pick,
                    cards(machine.gpus()),
                    cells(machine, pick))));
    return rows.size() == 1 ? List.of() : rows;
  }

  private static List<Object> substance(Recommendation machine) {
    return List.of(
        machine.gpus(),
        machine.parts().stream().map(PartView::id).sorted().toList(),
        machine.totalUsd());
  }

  private static String label(Recommendation machine) {
    return switch (machine.label()) {
      case "best-value" -> "Best value";
      case "guide" -> "The guide's other";
      default ->
          machine.label().substring(0, 1).toUpperCase(Locale.ROOT) + machine.label().substring(1);
    };
  }

  private List<String> cells(Recommendation machine, Recommendation pick) {
    Decision.MemoryView memory = machine.memory();
    Decision.SpeedView speed = machine.speed();
    Decision.PowerView power = machine.power();
    long more = machine.totalUsd() - pick.totalUsd();
    String difference =
        more == 0
            ? ""
            : " (%s %s)".formatted(numbers.whole(Math.abs(more)), more > 0 ? "more" : "less");
    return List.of(
        numbers.usd(machine.totalUsd()) + difference,
        speed == null || speed.tokensPerSecond() == null
            ? "not known"
            : numbers.rate(speed.tokensPerSecond()) + " tokens/s",
        memory == null ? "not known" : numbers.gib(memory.availableGib()),
        memory == null
            ? "not known"
            : numbers.gib(Math.max(0, memory.availableGib() - memory.needGib())),
        power == null || power.systemWatts() == null
            ? "not known"
            : numbers.whole(power.systemWatts()) + " W",
        supplyAndRam(machine),
        power == null || power.threeYearUsd() == null
            ? "not known"
            : numbers.usd(power.threeYearUsd()));
  }

  private String supplyAndRam(Recommendation machine) {
    List<String> parts = new ArrayList<>();
    if (machine.psuWatts() != null && machine.psuWatts() > 0) {
      parts.add(numbers.whole(machine.psuWatts()) + " W");
    }
    if (machine.ramGib() != null && machine.ramGib() > 0) {
      parts.add(numbers.whole(machine.ramGib()) + " GB");
    }
    return parts.isEmpty() ? "none" : String.join(", ", parts);
  }

  // ---- the guide

  private List<Dispute> disputes() {
    List<Dispute> disputes = new ArrayList<>();
    List<Entry> entries = entries("THE GUIDE AND THE FIGURES");
    for (int i = 0; i + 1 < entries.size(); i += 2) {
      Entry figures = entries.get(i + 1);
      List<String> claims = figures.references().claims();
      disputes.add(
          new Dispute(
              lines.of(entries.get(i), null),
              lines.of(figures, claims.isEmpty() ? null : claims.get(0))));
    }
    return disputes;
  }

  private List<Line> assumed() {
    List<Line> assumed = new ArrayList<>();
    for (Requirement.Assumption assumption : decision.assumptions()) {
      assumed.add(
          new Line(
              "",
              "",
              numbers.said(Assumed.text(assumption)),
              List.of(),
              List.of(),
              List.of(
                  numbers.said(
                      "You left %s open. Put in: %s, because %s."
                          .formatted(
                              assumption.field(), assumption.value(), assumption.because()))),
              null));
    }
    return assumed;
  }
}
