package dev.rigwright.authoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.rigwright.Home;
import dev.rigwright.authoring.RulebookSource.State;
import dev.rigwright.domain.Requirement;
import dev.rigwright.engine.Advisor;
import dev.rigwright.engine.Decision;
import dev.rigwright.rulebook.RulebookException;
import dev.rigwright.rulebook.Span;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Live editing. The soak makes 30 edits; {@code -Drigwright.soak.edits=1000} makes it the full run.
 */
class RulebookSourceTest {

  private static final String FILE = "cautions/soak.drl";
  private static final Requirement WRITER =
      Home.requirement("{\"models\": [{\"id\": \"qwen2.5-32b\"}], \"budgetUsd\": 2400}");

  @TempDir Path rules;

  @BeforeEach
  void copy() throws IOException {
    Path from = Home.PATH.resolve("rules");
    try (Stream<Path> paths = Files.walk(from)) {
      for (Path path : paths.filter(Files::isRegularFile).toList()) {
        Path to = rules.resolve(from.relativize(path).toString());
        Files.createDirectories(to.getParent());
        Files.copy(path, to);
      }
    }
    edit(0, "");
  }

  /** The cases of the rules that a test edits run with the edit; the others are left. */
  private RulebookSource source(RulebookSource.Checker checker) {
    return source(checker, RulebookSource.FirstCases.WHEN_ASKED);
  }

  private RulebookSource source(
      RulebookSource.Checker checker, RulebookSource.FirstCases firstCases) {
    Advisor shipped = Home.advisor();
    return new RulebookSource(
        rules,
        rulebook -> new Advisor(rulebook, shipped.facts(), shipped.reader()),
        checker,
        Clock.systemUTC(),
        firstCases);
  }

  private static BlockingQueue<State> changes(RulebookSource source) {
    BlockingQueue<State> changes = new LinkedBlockingQueue<>();
    source.onChange(changes::add);
    return changes;
  }

  private static State next(BlockingQueue<State> changes) throws InterruptedException {
    State state = changes.poll(120, TimeUnit.SECONDS);
    assertThat(state).as("a change is told").isNotNull();
    return state;
  }

  /** Saves a rule that says a number, as an editor does: aside, then moved into place. */
  private void edit(int number, String fault) throws IOException {
    String text =
        """
        // Soak: which edit is in force.
        //
        // Reads      Requirement
        // Concludes  Advice
        package rigwright;

        import dev.rigwright.domain.Requirement;
        import function dev.rigwright.engine.Conclude.advice;

        rule "soak/edit"
            @severity( NOTE )
            @says( "This is edit %d" )
            @because( "It was saved" )
            @source( "facts/README.md" )
            @reviewed( "2026-11-22" )
        when
            Requirement( %s )
        then
            insertLogical( advice( kcontext, "edit" ) );
        end
        """
            .formatted(number, fault);
    Path aside = Files.writeString(rules.resolve("cautions/soak.tmp"), text);
    Files.move(
        aside,
        rules.resolve(FILE),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  private static String said(Decision decision) {
    return decision.advice().stream()
        .filter(said -> said.rule().equals("soak/edit"))
        .map(Decision.Said::says)
        .findFirst()
        .orElse("nothing");
  }

  @Test
  void a_good_edit_comes_into_force_and_a_bad_one_keeps_the_last_good_rulebook() throws Exception {
    try (RulebookSource source = source(RulebookSource.NONE)) {
      BlockingQueue<State> changes = changes(source);
      Advisor before = source.advisor();
      assertThat(said(before.decide(WRITER))).isEqualTo("This is edit 0");

      edit(1, "");
      State live = next(changes);
      assertThat(live.refused()).isNull();
      assertThat(said(live.advisor().decide(WRITER))).isEqualTo("This is edit 1");
      assertThat(said(before.decide(WRITER))).as("the old one stays").isEqualTo("This is edit 0");

      edit(2, "noSuchField == 1");
      State refused = next(changes);
      assertThat(refused.advisor()).isSameAs(live.advisor());
      assertThat(refused.since()).isEqualTo(live.since());
      assertThat(refused.refused().findings())
          .anySatisfy(
              finding -> {
                assertThat(finding.place().file()).isEqualTo(FILE);
                assertThat(finding.message()).contains("noSuchField");
              });
      assertThat(said(source.advisor().decide(WRITER))).isEqualTo("This is edit 1");

      edit(3, "");
      assertThat(next(changes).refused()).isNull();
      assertThat(said(source.advisor().decide(WRITER))).isEqualTo("This is edit 3");
    }
  }

  @Test
  void a_failing_case_keeps_an_edit_out_and_says_which() throws Exception {
    try (RulebookSource source = source(RulebookSource.NONE)) {
      BlockingQueue<State> changes = changes(source);
      Path avoid = rules.resolve("exclusions/avoid.drl");
      String text = Files.readString(avoid);
      Files.writeString(avoid, text.replace("vramGib <= 8,", "vramGib <= 12,"));
      State refused = next(changes);
      assertThat(refused.refused().findings())
          .isNotEmpty()
          .allSatisfy(
              finding -> {
                assertThat(finding.place().file()).isEqualTo("exclusions/avoid.cases.json");
                assertThat(finding.place().line()).isGreaterThan(1);
                assertThat(finding.message()).contains("avoid/eight-gb");
              });
      Files.writeString(avoid, text);
      assertThat(next(changes).refused()).isNull();
    }
  }

  @Test
  void cases_that_are_left_run_when_asked_and_those_of_edited_rules_with_the_edit()
      throws Exception {
    Path avoid = rules.resolve("exclusions/avoid.drl");
    Path fit = rules.resolve("exclusions/fit.drl");
    String text = Files.readString(avoid);
    Files.writeString(avoid, text.replace("vramGib <= 8,", "vramGib <= 12,"));
    try (RulebookSource source = source(RulebookSource.NONE)) {
      int all = source.leftCases();
      assertThat(all).isGreaterThan(1_000);
      BlockingQueue<State> changes = changes(source);

      // An edit elsewhere comes into force: what fails was not run, and that is said.
      Files.writeString(fit, Files.readString(fit).replaceFirst("@because\\( \"", "$0Edited: "));
      assertThat(next(changes).refused()).isNull();
      assertThat(source.leftCases()).isPositive().isLessThan(all);

      source.runLeftCases();
      State found = next(changes);
      assertThat(found.refused().findings())
          .isNotEmpty()
          .allSatisfy(
              finding ->
                  assertThat(finding.place().file()).isEqualTo("exclusions/avoid.cases.json"));
      while (source.runningLeftCases()) {
        Thread.sleep(20);
      }
      assertThat(source.leftCases()).isZero();

      Files.writeString(avoid, text);
      assertThat(next(changes).refused()).isNull();
      assertThat(source.leftCases()).isZero();
    }
  }

  @Test
  void what_a_checker_finds_keeps_an_edit_out() throws Exception {
    Finding problem =
        Finding.error(new Span(FILE, 1, 1, 1, 1, 0, 1), "taste", "Not this one. Maybe another.");
    try (RulebookSource source =
        source(
            (files, cases) ->
                files.stream().anyMatch(file -> file.text().contains("This is edit 7"))
                    ? List.of(problem)
                    : List.of())) {
      BlockingQueue<State> changes = changes(source);
      edit(7, "");
      assertThat(next(changes).refused().findings()).containsExactly(problem);
      edit(8, "");
      assertThat(next(changes).refused()).isNull();
    }
  }

  @Test
  void what_rules_check_finds_keeps_an_edit_out_with_its_place_and_code() throws Exception {
    RulebookSource.Checker check = Check.live(Home.PATH, Home.advisor().facts().claims());
    try (RulebookSource source = source(check)) {
      BlockingQueue<State> changes = changes(source);
      assertThat(next(changes).refused()).as("the soak has no cases, a warning").isNull();
      assertThat(source.state().warnings())
          .extracting(Finding::toString)
          .allMatch(line -> line.startsWith(FILE + ":10:6 warning case-missing "))
          .hasSize(2);

      // Drools lets it pass: text compared with a number.
      edit(1, "title > 3");
      List<Finding> linted = next(changes).refused().findings();
      assertThat(linted)
          .extracting(Finding::code, finding -> finding.place().toString())
          .containsExactly(tuple("string-number", FILE + ":17:18"));

      edit(2, "noSuchField == 1");
      assertThat(next(changes).refused().findings())
          .extracting(Finding::code, finding -> finding.place().toString())
          .containsExactly(tuple("unknown-field", FILE + ":17:18"));

      edit(3, ")");
      assertThat(next(changes).refused().findings())
          .extracting(Finding::code, finding -> finding.place().file())
          .containsExactly(tuple("syntax", FILE));

      edit(4, "");
      State live = next(changes);
      assertThat(live.refused()).isNull();
      assertThat(said(live.advisor().decide(WRITER))).isEqualTo("This is edit 4");
    }
  }

  @Test
  void an_error_of_the_machine_while_checking_is_told_and_the_watching_goes_on() throws Exception {
    RulebookSource.Checker failing =
        (files, cases) -> {
          if (files.stream().noneMatch(file -> file.text().contains("This is edit 1"))) {
            throw new NoClassDefFoundError("rigwright/Rule_gone");
          }
          return List.of();
        };
    try (RulebookSource source = source(failing)) {
      BlockingQueue<State> changes = changes(source);
      if (source.state().refused() == null) {
        next(changes);
      }
      assertThat(source.state().refused().findings())
          .singleElement()
          .satisfies(finding -> assertThat(finding.message()).contains("rigwright/Rule_gone"));
      edit(1, "");
      while (source.state().refused() != null) {
        next(changes);
      }
      assertThat(said(source.advisor().decide(WRITER))).isEqualTo("This is edit 1");
    }
  }

  @Test
  void what_editors_leave_beside_their_files_wakes_nobody() throws Exception {
    try (RulebookSource source = source(RulebookSource.NONE)) {
      State before = source.state();
      for (String name :
          List.of(".soak.drl.swp", "soak.drl~", ".#soak.drl", "4913", "soak.tmp", "#soak.drl#")) {
        Files.writeString(rules.resolve("cautions").resolve(name), "rule rubbish");
      }
      assertThat(source.refresh()).isSameAs(before);
    }
  }

  @Test
  void a_folder_of_broken_rules_is_no_beginning() throws Exception {
    edit(1, "noSuchField == 1");
    assertThatThrownBy(() -> source(RulebookSource.NONE).close())
        .isInstanceOf(RulebookException.class)
        .hasMessageContaining("noSuchField");
  }

  @Test
  void under_constant_deciding_no_edit_mixes_rules_or_loses_a_decision_or_leaks() throws Exception {
    int edits = Integer.getInteger("rigwright.soak.edits", 30);
    Map<String, String> good = new ConcurrentHashMap<>();
    List<String> wrong = new ArrayList<>();
    AtomicInteger asked = new AtomicInteger();
    AtomicInteger answered = new AtomicInteger();
    AtomicBoolean over = new AtomicBoolean();
    RulebookSource.Checker check = Check.live(Home.PATH, Home.advisor().facts().claims());
    try (RulebookSource source = source(check, RulebookSource.FirstCases.AT_ONCE)) {
      BlockingQueue<State> changes = changes(source);
      assertThat(next(changes).refused()).as("the cases of the first rules").isNull();
      good.put(source.state().rulebook().hash(), "This is edit 0");
      List<Thread> deciding = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        Thread thread =
            new Thread(
                () -> {
                  while (!over.get()) {
                    asked.incrementAndGet();
                    Advisor advisor = source.advisor();
                    Decision decision = advisor.decide(WRITER);
                    String number = advisor.rulebook().rule("soak/edit").says();
                    if (!said(decision).equals(number)
                        || !decision.rulebook().equals(advisor.rulebook().hash())) {
                      synchronized (wrong) {
                        wrong.add(said(decision) + " by " + number);
                      }
                    }
                    good.putIfAbsent(decision.rulebook(), "?" + number);
                    answered.incrementAndGet();
                  }
                });
        thread.start();
        deciding.add(thread);
      }
      long[] early = null;
      for (int i = 1; i <= edits; i++) {
        boolean broken = i % 3 == 0;
        edit(i, broken ? "noSuchField == " + i : "");
        State state = next(changes);
        if (broken) {
          assertThat(state.refused()).as("edit %d is refused", i).isNotNull();
        } else {
          assertThat(state.refused()).as("edit %d is good", i).isNull();
          good.put(state.rulebook().hash(), "This is edit " + i);
        }
        if (i == edits / 3 || edits < 3) {
          early = held();
        }
      }
      over.set(true);
      for (Thread thread : deciding) {
        thread.join();
      }
      long[] late = held();
      System.out.printf(
          "soak: %d edits, %d decisions; heap %d -> %d MB, classes %d -> %d%n",
          edits, answered.get(), early[0] >> 20, late[0] >> 20, early[1], late[1]);
      assertThat(wrong).isEmpty();
      assertThat(answered.get()).isEqualTo(asked.get()).isPositive();
      assertThat(good.values())
          .as("decided by good rulebooks alone")
          .noneMatch(s -> s.startsWith("?"));
      assertThat(late[0]).as("heap").isLessThan(early[0] * 3 / 2 + (32 << 20));
      assertThat(late[1]).as("loaded classes").isLessThan(early[1] + early[1] / 5);
    }
  }

  /** Bytes and classes that are held after everything that may go has gone. */
  private static long[] held() throws InterruptedException {
    for (int i = 0; i < 3; i++) {
      System.gc();
      Thread.sleep(100);
    }
    return new long[] {
      ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
      ManagementFactory.getClassLoadingMXBean().getLoadedClassCount()
    };
  }
}
