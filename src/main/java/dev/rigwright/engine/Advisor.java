package dev.rigwright.engine;

import dev.rigwright.domain.AskedGpu;
import dev.rigwright.domain.Breadth;
import dev.rigwright.domain.Claim;
import dev.rigwright.domain.Engine;
import dev.rigwright.domain.Gpu;
import dev.rigwright.domain.GuidePick;
import dev.rigwright.domain.Offer;
import dev.rigwright.domain.Outcome;
import dev.rigwright.domain.OwnedGpu;
import dev.rigwright.domain.Policy;
import dev.rigwright.domain.Quantization;
import dev.rigwright.domain.Requirement;
import dev.rigwright.domain.Role;
import dev.rigwright.domain.SizeRow;
import dev.rigwright.domain.Tier;
import dev.rigwright.domain.TierMatch;
import dev.rigwright.domain.Verdict;
import dev.rigwright.domain.VramRow;
import dev.rigwright.domain.WantedModel;
import dev.rigwright.facts.Facts;
import dev.rigwright.facts.FactsReader;
import dev.rigwright.facts.RequirementReader;
import dev.rigwright.rulebook.DecidingRules;
import dev.rigwright.rulebook.Rulebook;
import dev.rigwright.rulebook.RulebookReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.kie.api.KieBase;
import org.kie.api.runtime.KieSession;

/**
 * Decides. Command line, batch, page and replay all call {@link #decide(Requirement)}; it is
 * thread-safe, and the same requirement, rules and facts give the same decision.
 */
public final class Advisor {

  private final Rulebook rulebook;
  private final DecidingRules deciding;
  private final Facts published;
  private final Facts facts;
  private final RequirementReader reader;
  private final List<Object> catalogue;
  private final Firing.Bounds bounds;
  private final Predicate<String> fires;
  private final Sayings sayings;
  private final Sessions sessions;
  private final Glances glances;
  private final Passes passes;
  private volatile Judgement judgement;

  /** An advisor over rules and facts. */
  public Advisor(Rulebook rulebook, Facts facts, RequirementReader reader) {
    this(rulebook, facts, reader, facts.forRules(), Firing.Bounds.SHIPPED);
  }

  /**
   * An advisor that puts the catalogue before the rules in an order of its own, and decides within
   * bounds of its own.
   */
  Advisor(
      Rulebook rulebook,
      Facts facts,
      RequirementReader reader,
      List<Object> catalogue,
      Firing.Bounds bounds) {
    this(new DecidingRules(rulebook, Glances.WANTED), facts, reader, catalogue, bounds);
  }

  private Advisor(
      DecidingRules deciding,
      Facts facts,
      RequirementReader reader,
      List<Object> catalogue,
      Firing.Bounds bounds) {
    this.bounds = bounds;
    this.deciding = deciding;
    this.rulebook = deciding.rulebook();
    this.published = facts;
    this.facts = Judged.of(rulebook, facts);
    this.reader = reader;
    this.catalogue = catalogue.stream().map(this::judged).toList();
    this.sayings = new Sayings(rulebook, this.facts);
    this.fires = null;
    this.sessions = new Sessions(rulebook, this.catalogue, bounds);
    this.glances = new Glances(deciding, this.catalogue, bounds, sessions);
    this.passes = null;
  }

  private Advisor(Advisor other, Predicate<String> fires, Passes passes) {
    this.bounds = other.bounds;
    this.deciding = other.deciding;
    this.rulebook = other.rulebook;
    this.published = other.published;
    this.facts = other.facts;
    this.reader = other.reader;
    this.catalogue = other.catalogue;
    this.sayings = other.sayings;
    this.fires = fires;
    this.sessions = other.sessions;
    this.glances = other.glances;
    this.passes = passes;
  }

  /**
   * The same advisor, which asks before each firing whether the rule may fire; one that may not
   * stands there as if its condition never held.
   */
  public Advisor asking(Predicate<String> rule) {
    return new Advisor(this, rule, passes);
  }

  /** What is told of each pass of the rules. */
  public interface Passes {
    /**
     * Called before the rules fire, by the thread that decides.
     *
     * @param known of the catalogue; the same list for passes over the same
     * @param given facts that the requirement adds
     * @param glance whether nobody hears what rules only say, so that those may be left out
     */
    void begins(List<Object> known, List<Object> given, boolean glance);
  }

  /**
   * The same advisor, which tells what each pass of the rules is given: what looks for relaxations
   * included. So it can be measured what the rules alone take.
   */
  public Advisor telling(Passes told) {
    return new Advisor(this, fires, told);
  }

  /**
   * Other rules over the same facts and requirements. {@link #facts()} has claims as these rules
   * judge them; the other rules judge them anew, from what was published.
   */
  public Advisor under(Rulebook rules) {
    return new Advisor(rules, published, reader);
  }

  /** The same rules over other facts; what is kept of the rules alone is shared. */
  public Advisor over(Facts other, RequirementReader reads) {
    return new Advisor(deciding, other, reads, other.forRules(), bounds);
  }

  /** A claim as it stands by the figures; any other fact as it is. */
  private Object judged(Object fact) {
    return fact instanceof Claim claim ? facts.claimById().get(claim.id()) : fact;
  }

  /**
   * Opens the rules and facts of a home folder.
   *
   * @param home a folder that holds {@code rules/} and {@code facts/}
   */
  public static Advisor open(Path home) {
    return open(home.resolve("rules"), home.resolve("facts"));
  }

  /** Opens rules and facts that lie apart. */
  public static Advisor open(Path rules, Path facts) {
    return open(rules, facts, null);
  }

  /**
   * Opens rules and facts that lie apart, with own rows laid over the facts.
   *
   * @param own a folder of facts any part of which may be missing; null for none
   */
  public static Advisor open(Path rules, Path facts, Path own) {
    Facts read = FactsReader.read(facts, own);
    return new Advisor(RulebookReader.read(rules), read, RequirementReader.of(read, facts));
  }

  /**
   * Lets go of what is kept to decide quickly, as another advisor is asked from now on. Decisions
   * under way end as they began, and whoever asks once more is answered.
   */
  public void retire() {
    sessions.retire();
    glances.retire();
  }

  /**
   * A copy of the rules without those that only speak, as relaxations fire them where many are
   * looked for. For those who measure.
   */
  public KieBase decidingRules() {
    return deciding.base();
  }

  /** The rules in force. */
  public Rulebook rulebook() {
    return rulebook;
  }

  /** The facts in force. */
  public Facts facts() {
    return facts;
  }

  /** What of the facts stands in every session. */
  List<Object> catalogue() {
    return catalogue;
  }

  /** What each pass of the rules may take. */
  Firing.Bounds bounds() {
    return bounds;
  }

  /** Reads requirements against these facts. */
  public RequirementReader reader() {
    return reader;
  }

  /** The answer to a requirement. */
  public Decision decide(Requirement requirement) {
    return decide(requirement, new Breadth(false));
  }

  /**
   * The same answer without the proof behind it, for those who write it down and go on; its JSON is
   * the same.
   */
  public Decision answer(Requirement requirement) {
    return decide(requirement, new Breadth(false), Assembly::answer);
  }

  /**
   * The answers to many requirements, in their order. Nothing is decided before an answer is asked
   * for, and no more than that; a parallel stream is decided by several threads, with the same
   * answers in the same order where its end keeps it ({@link Stream#forEachOrdered}, {@link
   * Stream#toList}). Closing the answers closes the requirements.
   *
   * <p>What is thrown while a requirement is read or decided comes out unchanged where the answers
   * are consumed, and ends them: a failure is never left out silently. Whoever wants to go on past
   * a bad one reads each by itself and catches {@link dev.rigwright.facts.BadInputException}, as
   * {@code batch} does.
   */
  public Stream<Decision> decideAll(Stream<Requirement> requirements) {
    return requirements.map(this::decide);
  }

  /** The answer, with or without the candidates that cannot matter. */
  Decision decide(Requirement requirement, Breadth breadth) {
    return decide(requirement, breadth, Assembly::decision);
  }

  private Decision decide(
      Requirement requirement, Breadth breadth, Function<Assembly, Decision> made) {
    List<Requirement> all = tried(requirement);
    int last = all.size() - 1;
    for (Requirement tried : all.subList(0, last)) {
      Decision decision =
          session(
              tried,
              breadth,
              session ->
                  Glance.of(session).feasible() ? made.apply(assembly(tried, session)) : null);
      if (decision != null) {
        return decision;
      }
    }
    Decision decision = once(all.get(last), breadth, made);
    return decision.verdict() == Outcome.INFEASIBLE
        ? new Relaxations(this).relaxed(decision)
        : decision;
  }

  /**
   * The same answer with all that a question about it needs: how each match came about, and what
   * stood. What would bring an answer is not looked for again where there is none.
   */
  public Explained explain(Requirement requirement) {
    return explain(requirement, new Breadth(false));
  }

  /**
   * The same with the candidates that a decision leaves out because they cannot matter, and with
   * the proof of everything that stands.
   *
   * @param requirement one that names its models, as that of a decision does
   */
  public Explained explainAll(Requirement requirement) {
    return session(
        requirement, new Breadth(true), session -> assembly(requirement, session).explainedWhole());
  }

  /**
   * What is judged of cards that nobody sells, as if they were there; nothing can be bought, so
   * that no machine is chosen.
   */
  public Explained explainAsked(Requirement requirement, String gpu, int count) {
    return withoutOffers(
        requirement,
        List.of(new AskedGpu(gpu, count)),
        session -> assembly(requirement, session).explainedWhole());
  }

  private Explained explain(Requirement requirement, Breadth breadth) {
    Explained explained = null;
    for (Requirement tried : tried(requirement)) {
      explained = session(tried, breadth, session -> assembly(tried, session).explained());
      if (explained.decision().verdict() != Outcome.INFEASIBLE) {
        return explained;
      }
    }
    return explained;
  }

  /**
   * All facts that stand at the end of each pass that a requirement takes: given and concluded. For
   * the rule author's tools; types that rule files declare are those of this rulebook.
   */
  public List<List<Object>> standing(Requirement requirement) {
    List<List<Object>> passes = new ArrayList<>();
    boolean decided = false;
    for (Requirement tried : tried(requirement)) {
      if (!decided) {
        passes.add(
            session(
                tried, new Breadth(false), session -> List.<Object>copyOf(session.getObjects())));
        decided =
            passes.get(passes.size() - 1).stream()
                .anyMatch(
                    fact ->
                        fact instanceof Verdict verdict && verdict.outcome() != Outcome.INFEASIBLE);
      }
    }
    return passes;
  }

  /** All facts that stand when the rules on the guide's statements have fired. */
  public List<Object> claimsStanding() {
    return Judged.standing(rulebook, published);
  }

  /** How the claims were computed that decisions quote; it is read once, and kept. */
  public Judgement judgement() {
    Judgement known = judgement;
    if (known == null) {
      known = Judged.explained(rulebook, published);
      judgement = known;
    }
    return known;
  }

  /** What the answer comes to, without proof, estimates and relaxations. */
  public Outline outline(Requirement requirement) {
    return outline(requirement, (outline, trace) -> outline);
  }

  /** What to do with an outline while the facts that it was made of still stand. */
  public interface Considering<T> {
    /**
     * Called once.
     *
     * @param trace tells the rules that the outline rests on, and those that speak against some
     *     cards; null for none
     */
    T of(Outline outline, Function<Outline.Picked, Trace> trace);
  }

  /** What the answer comes to, and more of it on demand. */
  public <T> T outline(Requirement requirement, Considering<T> use) {
    List<Requirement> all = tried(requirement);
    List<T> result = new ArrayList<>();
    for (int i = 0; result.isEmpty(); i++) {
      Requirement tried = all.get(i);
      boolean last = i == all.size() - 1;
      session(
          tried,
          new Breadth(false),
          session -> {
            Outline outline = Outline.of(rulebook, facts, tried, session);
            return last || outline.verdict() != Outcome.INFEASIBLE
                ? result.add(use.of(outline, cards -> Trace.of(session, cards)))
                : false;
          });
    }
    return result.get(0);
  }

  /** One pass of the rules, without looking for relaxations. */
  Decision once(Requirement requirement, Breadth breadth) {
    return once(requirement, breadth, Assembly::decision);
  }

  private Decision once(
      Requirement requirement, Breadth breadth, Function<Assembly, Decision> made) {
    return session(requirement, breadth, session -> made.apply(assembly(requirement, session)));
  }

  /** Makes decisions of what stands in a session. */
  Assembly assembly(Requirement requirement, KieSession session) {
    return new Assembly(rulebook, facts, sayings, requirement, session);
  }

  /** What to do with a session in which all rules have fired. */
  interface Use<T> {
    T of(KieSession session);
  }

  <T> T session(Requirement requirement, Breadth breadth, Use<T> use) {
    return session(requirement, breadth, List.of(), use);
  }

  /** A session with facts beside those of the requirement. */
  <T> T session(Requirement requirement, Breadth breadth, List<?> beside, Use<T> use) {
    List<Object> given = given(catalogue, requirement, breadth, beside, false);
    return fires == null ? sessions.with(given, use::of) : fresh(catalogue, given, use);
  }

  /** A session of those who ask for nothing but a machine: of {@link Glances#WANTED}. */
  <T> T glance(Requirement requirement, Use<T> use) {
    List<Object> given = given(catalogue, requirement, new Breadth(false), List.of(), true);
    return fires == null ? glances.with(given, use::of) : fresh(catalogue, given, use);
  }

  /** A session in which nothing can be bought, so that only what is asked about is judged. */
  <T> T withoutOffers(Requirement requirement, List<?> beside, Use<T> use) {
    List<Object> known = catalogue.stream().filter(fact -> !(fact instanceof Offer)).toList();
    return fresh(known, given(known, requirement, new Breadth(false), beside, false), use);
  }

  private List<Object> given(
      List<Object> known,
      Requirement requirement,
      Breadth breadth,
      List<?> beside,
      boolean glance) {
    List<Object> given = inputs(requirement, breadth);
    given.addAll(beside);
    if (passes != null) {
      passes.begins(known, given, glance);
    }
    return given;
  }

  /** A session of its own. */
  private <T> T fresh(List<Object> known, List<Object> given, Use<T> use) {
    KieSession session = rulebook.base().newKieSession();
    try {
      known.forEach(session::insert);
      given.forEach(session::insert);
      if (fires == null) {
        Firing.fire(rulebook, session, bounds);
      } else {
        Firing.fire(rulebook, session, match -> fires.test(match.getRule().getName()), bounds);
      }
      return use.of(session);
    } finally {
      session.dispose();
    }
  }

  /** The facts that a requirement adds to the catalogue. */
  List<Object> inputs(Requirement requirement, Breadth breadth) {
    List<Object> inputs = new ArrayList<>();
    inputs.add(breadth);
    inputs.add(requirement);
    for (WantedModel wanted : requirement.models()) {
      inputs.add(wanted);
      Object row = facts.modelById().get(wanted.id());
      inputs.add(row == null ? facts.serviceById().get(wanted.id()) : row);
    }
    requirement.owned().gpus().forEach(gpu -> inputs.add(new OwnedGpu(gpu.id(), gpu.count())));
    return inputs;
  }

  /** The requirement with the models to try, the largest first, where it names none. */
  List<Requirement> tried(Requirement requirement) {
    if (!requirement.models().isEmpty()) {
      return List.of(requirement);
    }
    double limit =
        requirement.policy() == Policy.GUIDE ? guideSizeB(requirement) : Double.MAX_VALUE;
    List<Requirement> tried = new ArrayList<>();
    facts.sizes().stream()
        .filter(SizeRow::tried)
        .filter(row -> row.sizeB() <= limit)
        .sorted(Comparator.comparingDouble(SizeRow::sizeB).reversed())
        .forEach(row -> tried.add(with(requirement, row)));
    return tried;
  }

  private static Requirement with(Requirement requirement, SizeRow row) {
    Quantization quantization =
        requirement.engine() == Engine.VLLM ? Quantization.AWQ : Quantization.Q4_K_M;
    return Changes.models(
        requirement,
        List.of(new WantedModel(row.model(), Role.LLM, quantization)),
        new Requirement.Assumption(
            "models",
            row.model() + " at " + quantization,
            "no model was named; the largest of the usual sizes that can be had"));
  }

  /**
   * The size that the guide gives its own pick, so that its answer is judged on its own terms: that
   * of the budget's tier, or, where it has none, of the memory of the guide's card.
   */
  private double guideSizeB(Requirement requirement) {
    return session(
        requirement,
        new Breadth(false),
        session -> {
          DoubleStream smallest =
              facts.sizes().stream().filter(SizeRow::tried).mapToDouble(SizeRow::sizeB);
          List<TierMatch> matches = Glance.all(session, TierMatch.class);
          DoubleStream given =
              matches.isEmpty()
                  ? Glance.all(session, GuidePick.class).stream()
                      .flatMapToDouble(pick -> sizesB(facts.gpuById().get(pick.gpu())))
                  : matches.stream().flatMapToDouble(this::sizesB);
          return Math.max(smallest.min().orElse(0), given.max().orElse(0));
        });
  }

  private DoubleStream sizesB(TierMatch match) {
    return facts.tiers().stream()
        .filter(tier -> tier.id().equals(match.tier()))
        .mapToDouble(Tier::runsUpToB);
  }

  private DoubleStream sizesB(Gpu gpu) {
    return facts.vramRows().stream()
        .filter(row -> row.vramGib() <= gpu.vramGib())
        .mapToDouble(VramRow::sizeB);
  }
}
