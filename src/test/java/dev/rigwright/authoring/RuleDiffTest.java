package dev.rigwright.authoring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rigwright.Home;
import dev.rigwright.authoring.RuleDiff.Comparison;
import dev.rigwright.domain.Requirement;
import dev.rigwright.engine.Advisor;
import dev.rigwright.rulebook.RuleFile;
import dev.rigwright.rulebook.RuleModel;
import dev.rigwright.rulebook.RulebookReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** What is left out of a comparison to save time is left out without changing it. */
class RuleDiffTest {

  private static final Path FOLDER = Path.of("rules");
  private static final int ASKED = 15;

  @Property(tries = 3, shrinking = ShrinkingMode.OFF)
  void the_short_way_finds_what_the_full_way_finds(@ForAll long seed) throws Exception {
    Random random = new Random(seed);
    Advisor before = Home.advisor();
    Map<String, String> texts = RulebookReader.texts(Home.PATH.resolve("rules"));
    StringBuilder edits = new StringBuilder();
    for (int i = random.nextInt(2); i >= 0; i--) {
      edits.append(edit(texts, before.rulebook().files(), random)).append("; ");
    }
    Advisor after =
        new Advisor(
            RulebookReader.compile(RulebookReader.parse(FOLDER, texts)),
            before.facts(),
            before.reader());
    List<Requirement> requirements = requirements(random);
    Comparison quick = new RuleDiff(before, after).on(requirements, 2, done -> {});
    Comparison full = new RuleDiff(before, after, false).on(requirements, 2, done -> {});
    assertThat(RuleDiffReport.json(quick))
        .as(edits.toString())
        .isEqualTo(RuleDiffReport.json(full));
  }

  private static List<Requirement> requirements(Random random) throws IOException {
    List<String> lines =
        new ArrayList<>(Files.readAllLines(Home.PATH.resolve("facts/requirements/sample.jsonl")));
    Collections.shuffle(lines, random);
    return lines.subList(0, ASKED).stream().map(Home::requirement).toList();
  }

  /** Shifts a limit, takes a rule out, adds one under another name, or rewords one. */
  private static String edit(Map<String, String> texts, List<RuleFile> files, Random random) {
    while (true) {
      RuleFile file = files.get(random.nextInt(files.size()));
      RuleModel rule = file.model().rules().get(random.nextInt(file.model().rules().size()));
      String own = rule.span().cut(file.text());
      String edited =
          switch (random.nextInt(4)) {
            case 0 -> own.replaceAll("([<>]=?) (\\d+)", "$1 1$2");
            case 1 -> file.folder().matches("cautions|exclusions|rejections") ? "" : own;
            case 2 ->
                file.folder().equals("cautions")
                    ? own + "\n\n" + own.replace(rule.name(), rule.name() + "-again")
                    : own;
            default -> own.replaceFirst("@says\\( \"", "@says( \"Well: ");
          };
      String text = texts.get(file.path());
      if (!edited.equals(own) && text.contains(own)) {
        texts.put(file.path(), text.replace(own, edited));
        return rule.name();
      }
    }
  }
}
