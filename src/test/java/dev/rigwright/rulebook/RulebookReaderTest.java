package dev.rigwright.rulebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of files that cannot be read as rules. */
class RulebookReaderTest {

  @Test
  void a_file_in_another_encoding_is_named(@TempDir Path rules) throws Exception {
    Files.createDirectories(rules.resolve("fit"));
    Files.writeString(rules.resolve("fit/good.drl"), "// modèle\n");
    Files.write(
        rules.resolve("fit/latin.drl"), "\n// modèle\n".getBytes(StandardCharsets.ISO_8859_1));
    RulebookException refused =
        catchThrowableOfType(RulebookException.class, () -> RulebookReader.texts(rules));
    assertThat(refused.problems()).hasSize(1);
    assertThat(refused.problems().get(0).file())
        .isEqualTo(rules.resolve("fit/latin.drl").toString());
    assertThat(refused.problems().get(0).line()).isEqualTo(1);
    assertThat(refused).hasMessageContaining("UTF-8");
  }
}
