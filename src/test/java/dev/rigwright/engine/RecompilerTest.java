package dev.rigwright.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rigwright.Home;
import dev.rigwright.domain.Requirement;
import dev.rigwright.rulebook.Recompiler;
import dev.rigwright.rulebook.RuleFile;
import dev.rigwright.rulebook.RuleModel;
import dev.rigwright.rulebook.Rulebook;
import dev.rigwright.rulebook.RulebookException;
import dev.rigwright.rulebook.RulebookReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.assertj.core.api.Assertions;

/** A rulebook that takes over parts of the one before decides as one that was compiled afresh. */
class RecompilerTest {

  private static final Path FOLDER = Path.of("rules");
  private static final int EDITS = 4;
  private static final int ASKED = 12;

  @Property(tries = 4, shrinking = ShrinkingMode.OFF)
  void edits_one_after_another_decide_byte_for_byte_as_a_fresh_compilation(@ForAll long seed)
      throws IOException {
    Random random = new Random(seed);
    Recompiler recompiler = new Recompiler();
    Map<String, String> texts = RulebookReader.texts(Home.PATH.resolve("rules"));
    List<RuleFile> files = RulebookReader.parse(FOLDER, texts);
    recompiler.compile(files);
    List<String> sample =
        new ArrayList<>(Files.readAllLines(Home.PATH.resolve("facts/requirements/sample.jsonl")));
    for (int i = 0; i < EDITS; i++) {
      edit(texts, files, random);
      files = RulebookReader.parse(FOLDER, texts, files);
      Rulebook again = recompiler.compile(files);
      Rulebook fresh = RulebookReader.compile(RulebookReader.parse(FOLDER, texts));
      assertThat(again.hash()).isEqualTo(fresh.hash());
      Advisor one = new Advisor(again, Home.advisor().facts(), Home.advisor().reader());
      Advisor other = new Advisor(fresh, Home.advisor().facts(), Home.advisor().reader());
      Collections.shuffle(sample, random);
      for (String line : sample.subList(0, ASKED)) {
        Requirement requirement = Home.requirement(line);
        assertThat(DecisionJson.tree(one.decide(requirement)).toString())
            .as("seed %d, edit %d", seed, i)
            .isEqualTo(DecisionJson.tree(other.decide(requirement)).toString());
      }
    }
  }

  /** One of the things that an author does: reword, shift a limit, take out a rule, declare. */
  private static void edit(Map<String, String> texts, List<RuleFile> files, Random random) {
    RuleFile file = files.get(random.nextInt(files.size()));
    String text = file.text();
    RuleModel rule = file.model().rules().get(random.nextInt(file.model().rules().size()));
    String own = rule.span().cut(text);
    String edited =
        switch (random.nextInt(5)) {
          case 0 -> "// A line more.\n" + text;
          case 1 -> text.replace(own, own.replaceFirst("@says\\( \"", "@says( \"Well: "));
          case 2 -> text.replace(own, own.replaceAll("([<>]=?) (\\d{2,})", "$1 1$2"));
          case 3 -> {
            String name = "Extra" + random.nextInt(1_000_000);
            yield text + "\ndeclare %s\n    name : String @key\nend\n".formatted(name);
          }
          default ->
              file.folder().equals("cautions") ? text.replace(own, "") : text + "\n// The end.\n";
        };
    texts.put(file.path(), edited);
  }

  @Property(tries = 1)
  void what_does_not_compile_leaves_nothing_behind() {
    Map<String, String> texts =
        new LinkedHashMap<>(RulebookReader.texts(Home.PATH.resolve("rules")));
    Recompiler recompiler = new Recompiler();
    List<RuleFile> good = RulebookReader.parse(FOLDER, texts);
    recompiler.compile(good);
    Map<String, String> broken = new LinkedHashMap<>(texts);
    broken.computeIfPresent(
        "exclusions/avoid.drl", (path, text) -> text.replaceFirst("vramGib <= 8", "nothing <= 8"));
    Assertions.assertThatThrownBy(
            () -> recompiler.compile(RulebookReader.parse(FOLDER, broken, good)))
        .isInstanceOf(RulebookException.class);
    Advisor one =
        new Advisor(recompiler.compile(good), Home.advisor().facts(), Home.advisor().reader());
    Requirement asked =
        Home.requirement("{\"budgetUsd\": 1000, \"models\": [{\"id\": \"qwen2.5-7b\"}]}");
    assertThat(DecisionJson.tree(one.decide(asked)))
        .isEqualTo(DecisionJson.tree(Home.advisor().decide(asked)));
  }
}
