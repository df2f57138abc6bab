package dev.rigwright.authoring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rigwright.Home;
import dev.rigwright.authoring.Cases.Case;
import dev.rigwright.rulebook.FileModel;
import dev.rigwright.rulebook.RuleFile;
import dev.rigwright.rulebook.RuleInfo;
import dev.rigwright.rulebook.Rulebook;
import dev.rigwright.rulebook.RulebookReader;
import dev.rigwright.rulebook.Types;
import dev.rigwright.rulebook.Types.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Order carries no meaning because the shipped rules' conclusions lie in strata. */
class StrataTest {

  private static final Rulebook RULEBOOK = Home.advisor().rulebook();
  private static final List<FileModel> FILES =
      RULEBOOK.files().stream().map(RuleFile::model).toList();
  private static final Linted LINTED = new Linted(FILES, new Types(FILES), Home.PATH, Set.of());

  @Test
  void strata_hold() {
    List<Finding> findings = new ArrayList<>();
    new StrataLint().look(LINTED, findings::add);
    assertThat(findings).isEmpty();
    assertThat(RULEBOOK.rules().values())
        .extracting(RuleInfo::negates)
        .anySatisfy(negates -> assertThat(negates).isNotEmpty());
  }

  /** The strata are computed from what the text of a rule says that it concludes. */
  @Test
  void what_a_rule_is_read_to_conclude_is_what_its_cases_conclude() {
    Map<String, String> read = new TreeMap<>();
    LINTED.rules(
        (file, rule) -> {
          Type type = LINTED.concluded(file, rule);
          read.put(rule.name(), type == null ? "?" : type.name());
        });
    Map<String, String> concluded = new TreeMap<>();
    for (Case tried : Cases.read(Home.PATH.resolve("rules"))) {
      if (tried.fires() && !concluded.containsKey(tried.rule())) {
        Rulebook one = RulebookReader.alone(RULEBOOK, tried.rule());
        concluded.put(tried.rule(), Cases.type(one, tried));
      }
    }
    assertThat(read).isNotEmpty().isEqualTo(concluded);
  }
}
