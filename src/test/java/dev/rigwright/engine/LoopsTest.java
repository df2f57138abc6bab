package dev.rigwright.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rigwright.Home;
import dev.rigwright.authoring.Mistaken;
import dev.rigwright.domain.Breadth;
import dev.rigwright.domain.Candidate;
import dev.rigwright.domain.Caution;
import dev.rigwright.domain.Finalist;
import dev.rigwright.domain.GuideBuild;
import dev.rigwright.domain.PartChoice;
import dev.rigwright.domain.PlatformBase;
import dev.rigwright.domain.PlatformOption;
import dev.rigwright.domain.Recommended;
import dev.rigwright.domain.Requirement;
import dev.rigwright.domain.Sizing;
import dev.rigwright.domain.SupplyChoice;
import dev.rigwright.domain.Survivor;
import dev.rigwright.facts.Facts;
import dev.rigwright.facts.FactsReader;
import dev.rigwright.facts.RequirementReader;
import dev.rigwright.rulebook.Rulebook;
import dev.rigwright.rulebook.RulebookReader;
import dev.rigwright.rulebook.loops.LoopBase;
import dev.rigwright.rulebook.loops.Memory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.drools.core.common.InternalFactHandle;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kie.api.runtime.KieSession;
import org.kie.api.runtime.rule.FactHandle;

/**
 * Rules as loops conclude what the engine concludes, by the same rules; else the engine is asked.
 */
class LoopsTest {

  private static final int SOME = 80;
  private static final int MISTAKES = Integer.getInteger("rigwright.mistakes", 25);
  private static final long LONGEST_NANOS = Duration.ofSeconds(30).toNanos();
  private static final Advisor SHIPPED = Home.advisor();
  private static final List<Requirement> SAMPLE = new ArrayList<>();

  @BeforeAll
  static void sample() throws IOException {
    for (String line : Files.readAllLines(Home.PATH.resolve("facts/requirements/sample.jsonl"))) {
      SAMPLE.add(Home.requirement(line));
    }
  }

  private static List<Requirement> some(Random random, int count) {
    List<Requirement> some = new ArrayList<>(SAMPLE);
    Collections.shuffle(some, random);
    return some.subList(0, count);
  }

  private static Random random() {
    long seed = System.nanoTime();
    System.out.println("Rules as loops, by seed " + seed + ".");
    return new Random(seed);
  }

  /** The shipped rules with a text in one file replaced by another. */
  private static Rulebook edited(String file, String text, String other) {
    Map<String, String> texts =
        new LinkedHashMap<>(RulebookReader.texts(Home.PATH.resolve("rules")));
    assertThat(texts.get(file)).contains(text);
    texts.compute(file, (same, before) -> before.replace(text, other));
    return RulebookReader.compile(
        RulebookReader.parse(Path.of("rules"), texts, SHIPPED.rulebook().files()));
  }

  /** The shipped rules with a rule more. */
  private static Rulebook with(String file, String rule) {
    String last = RulebookReader.texts(Home.PATH.resolve("rules")).get(file);
    return edited(file, last, last + "\n" + rule);
  }

  /** What stands and was concluded, and the rules by which it stands. */
  private static Map<String, Set<String>> concluded(KieSession session) {
    Map<String, Set<String>> concluded = new TreeMap<>();
    for (FactHandle handle : session.getFactHandles()) {
      Set<String> rules = new TreeSet<>();
      ProofReader.matches(handle).forEach(match -> rules.add(match.getRule().getName()));
      if (!rules.isEmpty()) {
        concluded.put(text(((InternalFactHandle) handle).getObject()), rules);
      }
    }
    return concluded;
  }

  private static Map<String, Set<String>> concluded(Memory memory) {
    Map<String, Set<String>> concluded = new TreeMap<>();
    for (Object fact : memory.all()) {
      if (!memory.rules(fact).isEmpty()) {
        concluded.put(text(fact), new TreeSet<>(memory.rules(fact)));
      }
    }
    return concluded;
  }

  private static String text(Object fact) {
    return fact.getClass().getSimpleName() + " " + fact;
  }

  private static LoopBase loops(Advisor advisor) {
    LoopBase loops = advisor.written().over(advisor.catalogue(), LONGEST_NANOS);
    assertThat(advisor.engineAlone()).isNull();
    return loops;
  }

  /**
   * Holds what stands in loops against what stands in the engine.
   *
   * @param mistaken whether a rule holds a mistake
   * @return how many facts were concluded; nothing of passes in which a rule fails, as those are
   *     left to the engine, nor of those in which a mistake gives one machine two shapes: which of
   *     them stands hangs on the order, in the engine as well
   */
  private static int compared(
      Advisor advisor, List<Requirement> asked, String what, boolean mistaken) {
    LoopBase loops = advisor.written().over(advisor.catalogue(), LONGEST_NANOS);
    if (loops == null) {
      return 0;
    }
    int facts = 0;
    for (Requirement one : asked) {
      for (Requirement tried : advisor.tried(one)) {
        Memory memory;
        Map<String, Set<String>> engine;
        try {
          memory = loops.pass(advisor.inputs(tried, new Breadth(false)), false, Long.MAX_VALUE);
          engine = advisor.session(tried, new Breadth(false), LoopsTest::concluded);
        } catch (RuntimeException failed) {
          continue;
        }
        if (memory != null) {
          List<String> differences = differences(concluded(memory), engine);
          if (mistaken && !differences.isEmpty() && ambiguous(memory)) {
            continue;
          }
          assertThat(differences).as(what + ": " + one.id()).isEmpty();
          facts += engine.size();
        }
      }
    }
    return facts;
  }

  /** What stands in one of them alone, or by other rules. */
  private static List<String> differences(
      Map<String, Set<String>> loops, Map<String, Set<String>> engine) {
    Set<String> facts = new TreeSet<>(loops.keySet());
    facts.addAll(engine.keySet());
    return facts.stream()
        .filter(fact -> !Objects.equals(loops.get(fact), engine.get(fact)))
        .map(
            fact ->
                "%s by %s, in the engine by %s".formatted(fact, loops.get(fact), engine.get(fact)))
        .toList();
  }

  /** Types whose facts are equal where their names are, whatever else they hold. */
  private static final List<Class<?>> NAMED =
      List.of(
          Candidate.class,
          Finalist.class,
          GuideBuild.class,
          PartChoice.class,
          PlatformBase.class,
          PlatformOption.class,
          Recommended.class,
          Sizing.class,
          SupplyChoice.class);

  /**
   * Whether a rule concludes things of one name more than once, so that they may have two shapes:
   * of these the engine as well keeps the one that it meets first. Two survivors of one name make
   * finalists of one name.
   */
  private static boolean ambiguous(Memory memory) {
    List<Survivor> survivors = memory.all(Survivor.class);
    return survivors.stream().map(one -> one.candidate().id()).distinct().count() < survivors.size()
        || NAMED.stream()
            .flatMap(type -> memory.all(type).stream())
            .map(memory::rules)
            .anyMatch(rules -> new TreeSet<>(rules).size() < rules.size());
  }

  @Test
  void they_conclude_what_the_engine_concludes_by_the_same_rules() {
    int facts = compared(SHIPPED, some(random(), SOME), "shipped", false);
    assertThat(facts).isGreaterThan(SOME * 400);
  }

  /**
   * The mistakes are the same each time; {@code -Drigwright.seed} and {@code -Drigwright.mistakes}
   * ask for others and more.
   */
  @Test
  void so_they_do_with_any_mistake_in_a_rule() {
    Random random = new Random(Long.getLong("rigwright.seed", 20261127));
    Advisor before = SHIPPED.under(SHIPPED.rulebook());
    loops(before);
    int facts = 0;
    for (Mistaken mistaken : Mistaken.some(SHIPPED.rulebook(), MISTAKES, random)) {
      Advisor advisor;
      try {
        advisor = before.under(mistaken.rulebook());
      } catch (RuntimeException failed) {
        // A rule on the guide's statements fails, before anybody asks.
        continue;
      }
      facts += compared(advisor, some(random, 5), mistaken.what(), true);
    }
    assertThat(facts).as("most mistakes fail nothing").isGreaterThan(MISTAKES * 5 * 200);
  }

  @Test
  void a_pass_that_nobody_hears_leaves_out_what_rules_only_say() {
    LoopBase loops = loops(SHIPPED);
    for (Requirement one : some(random(), SOME / 2)) {
      Requirement tried = SHIPPED.tried(one).get(0);
      List<Object> given = SHIPPED.inputs(tried, new Breadth(false));
      Settled whole = Settled.of(loops.pass(given, false, Long.MAX_VALUE));
      Settled seen = Settled.of(loops.pass(given, true, Long.MAX_VALUE));
      assertThat(Glance.of(seen)).isEqualTo(Glance.of(whole));
      assertThat(SHIPPED.assembly(tried, seen).cheapest())
          .isEqualTo(SHIPPED.assembly(tried, whole).cheapest());
      assertThat(seen.all(Caution.class)).isEmpty();
    }
  }

  @Test
  void conditions_in_other_words_mean_the_same() {
    Advisor before = SHIPPED.under(SHIPPED.rulebook());
    loops(before);
    List<Requirement> asked = some(random(), 8);
    for (List<String> other :
        List.of(
            List.of(
                "exclusions/noise.drl",
                "tdpWatts == null",
                "tdpWatts not in ( 350, 250, 300 ), tdpWatts == null"),
            List.of(
                "exclusions/limits.drl",
                "condition == Condition.NEW",
                "condition in ( Condition.NEW, Condition.USED )"),
            List.of(
                "exclusions/limits.drl",
                "vendor not memberOf $wanted",
                "$wanted not contains vendor"),
            List.of(
                "candidates/sizing.drl",
                "missingBytes > 0, $missing",
                "!( missingBytes == 0 ), $missing"))) {
      Advisor advisor = before.under(edited(other.get(0), other.get(1), other.get(2)));
      assertThat(compared(advisor, asked, other.get(2), false)).isPositive();
    }
  }

  private static String bytes(Decision decision) {
    return DecisionJson.tree(decision).toString();
  }

  @Test
  void answers_are_the_same_before_and_after_the_rules_are_written_on_any_thread() {
    Advisor many = SHIPPED.under(SHIPPED.rulebook());
    Map<String, String> engine = new TreeMap<>();
    List<Requirement> asked = some(random(), SOME);
    asked.forEach(one -> engine.put(one.id(), bytes(many.decide(one))));
    for (int round = 0; round < 4; round++) {
      Map<String, String> answers = Collections.synchronizedMap(new TreeMap<>());
      asked.parallelStream().forEach(one -> answers.put(one.id(), bytes(many.answer(one))));
      assertThat(answers).isEqualTo(engine);
    }
    assertThat(many.written().atHand()).isTrue();
    many.retire();
  }

  @Test
  void over_other_facts_they_answer_by_the_other_facts(@TempDir Path folder) throws IOException {
    Path facts = Home.PATH.resolve("facts");
    try (Stream<Path> paths = Files.walk(facts)) {
      for (Path path : paths.filter(Files::isRegularFile).toList()) {
        Path target = folder.resolve(facts.relativize(path));
        Files.createDirectories(target.getParent());
        Files.copy(path, target);
      }
    }
    Path policy = folder.resolve("policy.json");
    Files.writeString(
        policy,
        Files.readString(policy)
            .replaceFirst("(\"name\": \"memoryMarginPercent\",\\s+\"value\": )[0-9.]+", "$125"));
    Facts read = FactsReader.read(folder, null);
    Advisor over = SHIPPED.next(SHIPPED.rulebook(), read, RequirementReader.of(read, folder));
    compared(over, some(random(), SOME / 4), "over other facts", false);
    int other = 0;
    for (Requirement one : some(random(), SOME)) {
      other += bytes(over.answer(one)).equals(bytes(SHIPPED.decide(one))) ? 0 : 1;
    }
    assertThat(other).as("answers that hang on the margin").isPositive();
  }

  @Test
  void what_follows_from_the_catalogue_alone_is_not_built_upon_where_it_does_not_hold() {
    // Four of a kind stand for none that is owned; an owned set makes one more.
    Rulebook rulebook =
        with(
            "candidates/sets.drl",
            """
            declare Alone
                cards : String @key
            end

            rule "sets/alone"
                @because( "Nobody has more of it" )
                @source( "facts/policy.json" )
                @reviewed( "2026-11-27" )
            when
                CardSet( count == 4, $cards : cards, $gpuId : gpu )
                not CardSet( gpu == $gpuId, count > 4 )
            then
                insertLogical( new Alone( $cards ) );
            end

            rule "sets/more-than-any"
                @because( "Six that are owned are a set too" )
                @source( "facts/policy.json" )
                @reviewed( "2026-11-27" )
            when
                OwnedGpu( $gpuId : gpuId )
                Gpu( id == $gpuId, vramGib != null, $vram : vramGib )
            then
                insertLogical( new CardSet( Candidate.cards( $gpuId, 6 ), $gpuId, 6, $vram ) );
            end
            """);
    // A rule cannot rest on what stands in the way of it being whole, so it is the engine's.
    Advisor advisor = SHIPPED.under(rulebook);
    Requirement owner =
        SAMPLE.stream().filter(one -> !one.owned().gpus().isEmpty()).findFirst().orElseThrow();
    Requirement other =
        SAMPLE.stream().filter(one -> one.owned().gpus().isEmpty()).findFirst().orElseThrow();
    LoopBase loops = loops(advisor);
    assertThat(pass(advisor, loops, owner)).as("asks for the engine").isNull();
    assertThat(pass(advisor, loops, other)).isNotNull();
    compared(advisor, List.of(other), "nothing owned", false);
    assertThat(bytes(advisor.answer(owner))).isEqualTo(bytes(advisor.decide(owner)));
  }

  private static Memory pass(Advisor advisor, LoopBase loops, Requirement one) {
    Requirement tried = advisor.tried(one).get(0);
    return loops.pass(advisor.inputs(tried, new Breadth(false)), false, Long.MAX_VALUE);
  }

  @Test
  void what_cannot_be_written_is_named_and_the_engine_answers() {
    Advisor advisor =
        SHIPPED.under(
            edited(
                "exclusions/limits.drl",
                "Requirement( condition == ConditionWish.NEW )\n",
                "( Requirement( condition == ConditionWish.NEW ) or Requirement( condition == ConditionWish.NEW, users > 1 ) )\n"));
    assertThat(advisor.written().over(advisor.catalogue(), LONGEST_NANOS)).isNull();
    assertThat(advisor.engineAlone()).contains("rules/exclusions/limits.drl:", "only-new");
    for (Requirement one : some(random(), 10)) {
      assertThat(bytes(advisor.answer(one))).isEqualTo(bytes(advisor.decide(one)));
    }
  }

  @Test
  void a_rule_that_fails_is_told_by_the_engine() {
    Advisor before = SHIPPED.under(SHIPPED.rulebook());
    loops(before);
    Advisor advisor =
        before.under(
            edited(
                "exclusions/limits.drl",
                "Requirement( limits.maxGpus != null, $most : limits.maxGpus )",
                "Requirement( $most : limits.vendors.get( 9 ).name.length )"));
    Requirement one = SAMPLE.get(0);
    assertThatThrownBy(() -> advisor.decide(one)).isInstanceOf(RuntimeException.class);
    assertThatThrownBy(() -> advisor.answer(one)).isInstanceOf(RuntimeException.class);
  }

  @Test
  void a_pass_that_takes_too_long_ends() {
    Rulebook slow =
        with(
            "candidates/bought.drl",
            """
            rule "limits/all-with-all"
                @because( "Patterns that share no binding" )
                @source( "facts/policy.json" )
                @reviewed( "2026-11-27" )
            when
                Requirement( )
                $one : Gpu( $a : id )
                Gpu( $b : id )
                CardCount( $c : count )
                CardCount( $d : count )
                CardCount( count * 1000 == $c + $d, $a != $b )
            then
                insertLogical( Candidate.owned( $one, $c ) );
            end
            """);
    Advisor advisor = SHIPPED.under(slow);
    LoopBase loops = loops(advisor);
    Requirement tried = advisor.tried(SAMPLE.get(0)).get(0);
    List<Object> given = advisor.inputs(tried, new Breadth(false));
    assertThatThrownBy(() -> loops.pass(given, false, System.nanoTime() + 500_000))
        .isInstanceOf(RuntimeException.class);
    assertThat(loops.pass(given, false, System.nanoTime() + LONGEST_NANOS)).isNotNull();
  }
}
