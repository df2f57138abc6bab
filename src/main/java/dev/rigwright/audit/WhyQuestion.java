package dev.rigwright.audit;

import dev.rigwright.domain.Build;
import dev.rigwright.domain.Candidate;
import dev.rigwright.domain.Claim;
import dev.rigwright.domain.Conclusion;
import dev.rigwright.domain.Exclusion;
import dev.rigwright.domain.Finalist;
import dev.rigwright.domain.GuideBuild;
import dev.rigwright.domain.Label;
import dev.rigwright.domain.Outcome;
import dev.rigwright.domain.PartChoice;
import dev.rigwright.domain.PartKind;
import dev.rigwright.domain.PartLine;
import dev.rigwright.domain.Pick;
import dev.rigwright.domain.Recommended;
import dev.rigwright.domain.Rejection;
import dev.rigwright.domain.Requirement;
import dev.rigwright.domain.Shell;
import dev.rigwright.domain.SupplyChoice;
import dev.rigwright.domain.Verdict;
import dev.rigwright.engine.Advisor;
import dev.rigwright.engine.Decision.Excluded;
import dev.rigwright.engine.Decision.Recommendation;
import dev.rigwright.engine.Explained;
import dev.rigwright.engine.Ground;
import dev.rigwright.engine.Proof;
import dev.rigwright.facts.BadInputException;
import dev.rigwright.facts.Names;
import dev.rigwright.rulebook.Strata;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Why a decision says what it says. The decision is made again, as it was, and its proof read on
 * the way.
 */
public final class WhyQuestion {

  /** Of so many alike the proof is written out; of more the first. */
  private static final int MOST_ROOTS = 6;

  private static final Pattern SEVERAL = Pattern.compile("(?:([1-9]\\d{0,2})\\s*x\\s+)?(.+)");
  private static final String GUIDE = "guide#";

  private final Advisor advisor;
  private final Explained explained;
  private final Proof proof;
  private final Sketch sketch;

  private WhyQuestion(Advisor advisor, Explained explained) {
    this.advisor = advisor;
    this.explained = explained;
    this.proof = explained.proof();
    this.sketch = new Sketch(advisor.rulebook());
  }

  /**
   * The proof of what a decision says.
   *
   * @param advisor the rules and facts of the decision
   * @param decisionId for the answer; it is not looked up
   * @param about a rule, the kind or id of a part, a card, a claim, or a label such as {@code
   *     fastest}; null for how the decision ends
   * @throws BadInputException if the decision says nothing about it; the message has what is near
   */
  public static Why ask(Advisor advisor, Requirement requirement, String decisionId, String about) {
    return new WhyQuestion(advisor, advisor.explain(requirement)).answer(decisionId, about);
  }

  private Why answer(String decisionId, String about) {
    List<Object> roots = about == null ? all(Verdict.class::isInstance) : about(about.strip());
    List<Object> first = roots.subList(0, Math.min(MOST_ROOTS, roots.size()));
    Proving proving = new Proving(explained, advisor);
    List<Integer> numbers = proving.prove(first);
    Recommendation machine = explained.decision().recommendation();
    return new Why(
        decisionId,
        explained.decision().verdict(),
        machine == null ? List.of() : machine.gpus(),
        machine == null ? null : machine.totalUsd(),
        about,
        numbers,
        roots.size() - first.size(),
        refused(),
        proving.statements());
  }

  /** How many each rule refused, the most first; empty where something is recommended. */
  private Map<String, Integer> refused() {
    Map<String, Integer> refused = new LinkedHashMap<>();
    if (explained.decision().verdict() == Outcome.INFEASIBLE) {
      explained.decision().exclusions().stream()
          .sorted(Comparator.comparingInt((Excluded one) -> -one.each().size()))
          .forEach(one -> refused.put(one.rule(), one.each().size()));
    }
    return refused;
  }

  private List<Object> about(String about) {
    List<Object> found = List.of();
    if (advisor.rulebook().rules().containsKey(about)) {
      // The rules on the guide's statements fire over the facts alone, before anybody asks.
      found =
          all(
              advisor.rulebook().rule(about).folder().equals(Strata.CLAIMS)
                  ? advisor.judgement().proof()
                  : proof,
              about);
      if (found.isEmpty()) {
        throw new BadInputException(
            "",
            "The rule (%s) concluded nothing that this decision rests on. Ask why-not instead."
                .formatted(about));
      }
      return found;
    }
    String word = about.toLowerCase(Locale.ROOT);
    if (word.matches("(guide#)?g\\d+")) {
      found = ofClaim(word.substring(word.lastIndexOf('g')).toUpperCase(Locale.ROOT));
    }
    if (found.isEmpty()) {
      found = ofPart(word);
    }
    if (found.isEmpty()) {
      found = all(fact -> fact instanceof Pick pick && pick.label().word().equals(word));
    }
    return found.isEmpty() ? ofCard(about) : found;
  }

  /** All concluded facts of a kind, in an order that hangs on what they say alone. */
  private List<Object> all(Predicate<Object> wanted) {
    return all(proof, wanted);
  }

  /** All facts that a rule concluded. */
  private List<Object> all(Proof of, String rule) {
    return all(
        of, fact -> of.grounds(fact).stream().anyMatch(ground -> ground.rule().equals(rule)));
  }

  private List<Object> all(Proof of, Predicate<Object> wanted) {
    return of.conclusions().stream()
        .filter(wanted)
        .sorted(
            Comparator.comparing((Object fact) -> Sketch.type(fact))
                .thenComparing(sketch::name)
                .thenComparing(Object::toString))
        .toList();
  }

  private List<Object> ofClaim(String id) {
    List<Object> found =
        all(
            fact ->
                fact instanceof Conclusion said
                    && (said.subject().equals(GUIDE + id) || said.subject().equals(id)));
    if (found.isEmpty()) {
      found =
          all(
              fact ->
                  fact instanceof Conclusion
                      && proof.grounds(fact).stream()
                          .anyMatch(ground -> cites(ground, GUIDE + id)));
    }
    // What is computed of a claim stands whatever was asked.
    Claim claim = advisor.facts().claimById().get(id);
    return found.isEmpty() && claim != null && !advisor.judgement().of(claim).isEmpty()
        ? List.of(claim)
        : found;
  }

  private boolean cites(Ground ground, String source) {
    return advisor.rulebook().rule(ground.rule()).sources().contains(source);
  }

  // ---- parts

  /** What chose the parts of a kind, or the part of an id, of the recommended machine. */
  private List<Object> ofPart(String word) {
    List<Object> below = below(all(Recommended.class::isInstance));
    Set<String> ids = new LinkedHashSet<>();
    for (Object fact : below) {
      if (fact instanceof Recommended recommended) {
        recommended.build().lines().stream()
            .filter(line -> line.kind().word().equals(word) || line.id().equals(word))
            .filter(line -> line.kind() != PartKind.GPU)
            .map(PartLine::id)
            .forEach(ids::add);
        if (word.equals(PartKind.GPU.word())) {
          return List.of(recommended);
        }
      }
    }
    List<Object> found = new ArrayList<>();
    for (String id : ids) {
      chooser(id, below).filter(one -> !found.contains(one)).findFirst().ifPresent(found::add);
    }
    return found;
  }

  /** What brought a part in: the choice of just this part first, then the whole around it. */
  private static Stream<Object> chooser(String part, List<Object> facts) {
    return Stream.concat(
        facts.stream()
            .filter(
                fact ->
                    fact instanceof SupplyChoice supply && supply.line().id().equals(part)
                        || fact instanceof PartChoice choice && choice.line().id().equals(part)),
        facts.stream()
            .filter(
                fact ->
                    fact instanceof Shell shell && holds(shell.lines(), part)
                        || fact instanceof GuideBuild guide && holds(guide.build().lines(), part)));
  }

  private static boolean holds(List<PartLine> lines, String part) {
    return lines.stream().anyMatch(line -> line.id().equals(part));
  }

  /** Facts and everything that they rest on, the nearest first. */
  private List<Object> below(List<Object> facts) {
    Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    List<Object> ordered = new ArrayList<>();
    List<Object> open = new ArrayList<>(facts);
    while (!open.isEmpty()) {
      List<Object> next = new ArrayList<>();
      for (Object fact : open) {
        if (seen.add(fact)) {
          ordered.add(fact);
          proof.grounds(fact).forEach(ground -> next.addAll(ground.restsOn()));
        }
      }
      open = next;
    }
    return ordered;
  }

  // ---- cards

  private List<Object> ofCard(String about) {
    Matcher several = SEVERAL.matcher(about);
    String name = several.matches() ? several.group(2) : about;
    String gpu = card(name, about);
    String cards =
        several.group(1) == null ? null : Candidate.cards(gpu, Integer.parseInt(several.group(1)));
    List<Object> found =
        all(fact -> fact instanceof Recommended one && isOf(one.gpuId(), one.cards(), gpu, cards));
    if (found.isEmpty()) {
      found = all(fact -> fact instanceof Pick one && isOf(one.gpuId(), one.cards(), gpu, cards));
    }
    if (found.isEmpty()) {
      found = all(fact -> isAgainst(fact, gpu, cards));
    }
    if (found.isEmpty()) {
      throw new BadInputException(
          "",
          "Nothing is said about the card (%s) in this decision; it was neither picked nor refused. Ask why-not: it has the comparison that the card lost."
              .formatted(gpu));
    }
    return found;
  }

  private static boolean isOf(String gpu, String cards, String wanted, String wantedCards) {
    return gpu.equals(wanted) && (wantedCards == null || wantedCards.equals(cards));
  }

  private boolean isAgainst(Object fact, String gpu, String cards) {
    if (fact instanceof Exclusion exclusion) {
      String subject = exclusion.subject();
      return subject.equals(gpu) || isOf(last(subject), subject, gpu, cards);
    }
    if (fact instanceof Rejection rejection) {
      return proof.grounds(rejection).stream()
          .flatMap(ground -> ground.restsOn().stream())
          .anyMatch(
              one ->
                  one instanceof Finalist finalist
                      && finalist.id().equals(rejection.subject())
                      && isOf(finalist.gpu(), finalist.cards(), gpu, cards));
    }
    return fact instanceof Conclusion said
        && isOf(last(said.subject()), said.subject(), gpu, cards);
  }

  private static String last(String cards) {
    return cards.substring(cards.lastIndexOf(' ') + 1);
  }

  private String card(String name, String about) {
    try {
      return new Names(advisor.facts()).gpu(name, "");
    } catch (BadInputException unknown) {
      throw new BadInputException(
          "",
          "This decision says nothing about (%s). Maybe %s was meant. It can be a rule, a kind of part (%s), a part of the recommended machine, a claim such as G077, a card, or %s."
              .formatted(
                  about,
                  String.join(" or ", Names.near(about, near())),
                  words(Arrays.stream(PartKind.values()).map(PartKind::word)),
                  words(
                      Arrays.stream(Label.values())
                          .filter(label -> label != Label.GUIDE)
                          .map(Label::word))));
    }
  }

  private List<String> near() {
    Set<String> known = new LinkedHashSet<>(advisor.facts().gpuById().keySet());
    proof.conclusions().stream()
        .flatMap(fact -> proof.grounds(fact).stream())
        .map(Ground::rule)
        .forEach(known::add);
    for (Object fact : all(Recommended.class::isInstance)) {
      Build build = ((Recommended) fact).build();
      build.lines().forEach(line -> known.add(line.id()));
    }
    return List.copyOf(known);
  }

  private static String words(Stream<String> words) {
    return String.join(", ", words.toList());
  }
}
