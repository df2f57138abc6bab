package dev.rigwright.engine;

import dev.rigwright.domain.AskedGpu;
import dev.rigwright.domain.Breadth;
import dev.rigwright.domain.Claim;
import dev.rigwright.domain.Engine;
import dev.rigwright.domain.Gpu;
import dev.rigwright.domain.GuidePick;
import dev.rigwright.domain.Model;
import dev.rigwright.domain.Offer;
import dev.rigwright.domain.Outcome;
import dev.rigwright.domain.OwnedGpu;
import dev.rigwright.domain.Policy;
import dev.rigwright.domain.Quantization;
import dev.rigwright.domain.Requirement;
import dev.rigwright.domain.Role;
import dev.rigwright.domain.Service;
import dev.rigwright.domain.SizeRow;
import dev.rigwright.domain.Tier;
import dev.rigwright.domain.TierMatch;
import dev.rigwright.domain.Verdict;
import dev.rigwright.domain.VramRow;
import dev.rigwright.domain.WantedModel;
import dev.rigwright.facts.Facts;
import dev.rigwright.facts.FactsReader;
import dev.rigwright.facts.RequirementReader;
import dev.rigwright.rulebook.Rulebook;
import dev.rigwright.rulebook.RulebookReader;
import dev.rigwright.rulebook.SilentRules;
import dev.rigwright.rulebook.loops.LoopRules;
import dev.rigwright.rulebook.loops.Memory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.kie.api.runtime.KieSession;

/**
 * Decides. Command line, batch, page and replay all call {@link #decide(Requirement)}; it is
 * thread-safe, and the same requirement, rules and facts give the same decision.
 */
public final class Advisor {

  /** Types of what a requirement adds to the catalogue. */
  private static final List<Class<?>> GIVEN =
      List.of(
          Breadth.class,
          Requirement.class,
          WantedModel.class,
          Model.class,
          Service.class,
          OwnedGpu.class);

  private final Rulebook rulebook;
  private final LoopRules written;
  private final Facts published;
  private final Facts facts;
  private final RequirementReader reader;
  private final List<Object> catalogue;
  private final Firing.Bounds bounds;
  private final Predicate<String> fires;
  private final Sayings sayings;
  private final Sessions sessions;
  private final Loops loops;
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
    this(
        rulebook,
        new LoopRules(rulebook, GIVEN, () -> SilentRules.of(rulebook, Glance.WANTED)),
        facts,
        reader,
        catalogue,
        bounds);
  }

  private Advisor(
      Rulebook rulebook,
      LoopRules written,
      Facts facts,
      RequirementReader reader,
      List<Object> catalogue,
      Firing.Bounds bounds) {
    this.bounds = bounds;
    this.written = written;
    this.rulebook = rulebook;
    this.published = facts;
    this.facts = Judged.of(rulebook, facts);
    this.reader = reader;
    this.catalogue = catalogue.stream().map(this::judged).toList();
    this.sayings = new Sayings(rulebook, this.facts);
    this.fires = null;
    this.sessions = new Sessions(rulebook, this.catalogue, bounds);
    this.loops = new Loops(written, this.catalogue, bounds);
    this.passes = null;
  }

  private Advisor(Advisor other, Predicate<String> fires, Passes passes) {
    this.bounds = other.bounds;
    this.written = other.written;
    this.rulebook = other.rulebook;
    this.published = other.published;
    this.facts = other.facts;
    this.reader = other.reader;
    this.catalogue = other.catalogue;
    this.sayings = other.sayings;
    this.fires = fires;
    this.sessions = other.sessions;
    this.loops = other.loops;
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
     */
    void begins(List<Object> known, List<Object> given);
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
    return next(rules, published, reader);
  }

  /** The advisor that comes after this one; what did not change of the rules runs on as it is. */
  public Advisor next(Rulebook rules, Facts other, RequirementReader reads) {
    LoopRules then =
        rules == rulebook
            ? written
            : written.after(rules, () -> SilentRules.of(rules, Glance.WANTED));
    return new Advisor(rules, then, other, reads, other.forRules(), bounds);
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
  }

  /** The rules in force. */
  public Rulebook rulebook() {
    return rulebook;
  }

  /** The facts in force. */
  public Facts facts() {
    return facts;
  }

  /** The rules as loops; for many answers. */
  LoopRules written() {
    return written;
  }

  /**
   * Why all answers are left to the engine, which takes longer where they are many: what of the
   * rules cannot be written as loops, and where it stands. Null where nothing is in the way, or too
   * little was asked for to find out.
   */
  public String engineAlone() {
    return written.cannot();
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
    return relaxed(
        first(
            requirement,
            (tried, last) ->
                settled(
                    tried,
                    settled ->
                        last || Glance.of(settled).feasible()
                            ? assembly(tried, settled).answer()
                            : null)));
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
    return relaxed(first(requirement, breadth, Assembly::decision));
  }

  /** An answer, with what would bring one where it is none. */
  private Decision relaxed(Decision decision) {
    return decision.verdict() == Outcome.INFEASIBLE
        ? new Relaxations(this).relaxed(decision)
        : decision;
  }

  /** What comes of one of the models to try; null where another is to be tried. */
  private interface Trying<T> {
    T of(Requirement tried, boolean last);
  }

  /** What comes of the first of the models to try that has an answer; else of the last. */
  private <T> T first(Requirement requirement, Trying<T> trying) {
    List<Requirement> all = tried(requirement);
    T result = null;
    for (int i = 0; result == null; i++) {
      result = trying.of(all.get(i), i == all.size() - 1);
    }
    return result;
  }

  /** The same, of what a session of the engine knows beyond what stands. */
  private <T> T first(
      Requirement requirement, Breadth breadth, BiFunction<Assembly, KieSession, T> told) {
    return first(
        requirement,
        (tried, last) ->
            session(
                tried,
                breadth,
                session -> {
                  Settled settled = Settled.of(session);
                  return last || Glance.of(settled).feasible()
                      ? told.apply(assembly(tried, settled), session)
                      : null;
                }));
  }

  /**
   * The same answer with all that a question about it needs: how each match came about, and what
   * stood. What would bring an answer is not looked for again where there is none.
   */
  public Explained explain(Requirement requirement) {
    return first(requirement, new Breadth(false), Assembly::explained);
  }

  /**
   * The same with the candidates that a decision leaves out because they cannot matter, and with
   * the proof of everything that stands.
   *
   * @param requirement one that names its models, as that of a decision does
   */
  public Explained explainAll(Requirement requirement) {
    return session(
        requirement,
        new Breadth(true),
        session -> assembly(requirement, Settled.of(session)).explainedWhole(session));
  }

  /**
   * What is judged of cards that nobody sells, as if they were there; nothing can be bought, so
   * that no machine is chosen.
   */
  public Explained explainAsked(Requirement requirement, String gpu, int count) {
    return withoutOffers(
        requirement,
        List.of(new AskedGpu(gpu, count)),
        session -> assembly(requirement, Settled.of(session)).explainedWhole(session));
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
    return first(
        requirement,
        (tried, last) ->
            settled(
                tried,
                settled ->
                    last || Glance.of(settled).feasible()
                        ? Outline.of(rulebook, facts, tried, settled)
                        : null));
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
            Outline outline = Outline.of(rulebook, facts, tried, Settled.of(session));
            return last || outline.verdict() != Outcome.INFEASIBLE
                ? result.add(use.of(outline, cards -> Trace.of(session, cards)))
                : false;
          });
    }
    return result.get(0);
  }

  /** One pass of the rules, without looking for relaxations. */
  Decision once(Requirement requirement, Breadth breadth) {
    return session(
        requirement,
        breadth,
        session -> assembly(requirement, Settled.of(session)).decision(session));
  }

  /** Makes decisions of what stands. */
  Assembly assembly(Requirement requirement, Settled settled) {
    return new Assembly(rulebook, facts, sayings, requirement, settled);
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
    List<Object> given = given(catalogue, requirement, breadth, beside);
    return fires == null ? sessions.with(given, use::of) : fresh(catalogue, given, use);
  }

  /** What stands when the rules have run; how it came about is not told. */
  private <T> T settled(Requirement requirement, Function<Settled, T> use) {
    return settled(requirement, false, use);
  }

  /** The same for those who ask for nothing but a machine: for {@link Glance#WANTED}. */
  <T> T glance(Requirement requirement, Function<Settled, T> use) {
    return settled(requirement, true, use);
  }

  private <T> T settled(Requirement requirement, boolean glance, Function<Settled, T> use) {
    List<Object> given = given(catalogue, requirement, new Breadth(false), List.of());
    if (fires != null) {
      return fresh(catalogue, given, session -> use.apply(Settled.of(session)));
    }
    Memory memory = loops.pass(given, glance);
    return memory == null
        ? sessions.with(given, session -> use.apply(Settled.of(session)))
        : use.apply(Settled.of(memory));
  }

  /** A session in which nothing can be bought, so that only what is asked about is judged. */
  <T> T withoutOffers(Requirement requirement, List<?> beside, Use<T> use) {
    List<Object> known = catalogue.stream().filter(fact -> !(fact instanceof Offer)).toList();
    return fresh(known, given(known, requirement, new Breadth(false), beside), use);
  }

  private List<Object> given(
      List<Object> known, Requirement requirement, Breadth breadth, List<?> beside) {
    List<Object> given = inputs(requirement, breadth);
    given.addAll(beside);
    if (passes != null) {
      passes.begins(known, given);
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
    return settled(
        requirement,
        settled -> {
          DoubleStream smallest =
              facts.sizes().stream().filter(SizeRow::tried).mapToDouble(SizeRow::sizeB);
          List<TierMatch> matches = settled.all(TierMatch.class);
          DoubleStream given =
              matches.isEmpty()
                  ? settled.all(GuidePick.class).stream()
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
