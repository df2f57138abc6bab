package dev.rigwright.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rigwright.Home;
import dev.rigwright.domain.Requirement;
import dev.rigwright.facts.BadInputException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A set to try rules on, in every way that it may be written. */
class RequirementSetTest {

  @TempDir Path folder;

  private RequirementSet read(String name, String text) throws IOException {
    Path file = Files.writeString(folder.resolve(name), text);
    return read(file);
  }

  private static RequirementSet read(Path path) throws IOException {
    return RequirementSet.read(path, Home.advisor().reader(), Home.TODAY);
  }

  private static List<String> ids(RequirementSet set) {
    return set.requirements().stream().map(Requirement::id).toList();
  }

  @Test
  void the_same_requirements_are_read_however_they_are_written() throws Exception {
    String lines = "{\"id\": \"a\", \"budgetUsd\": 900}\n\n{\"id\": \"b\"}\n";
    List<RequirementSet> all =
        List.of(
            read("set.jsonl", lines),
            read("lines.json", lines),
            read("array.json", "[{\"id\": \"a\", \"budgetUsd\": 900},\n {\"id\": \"b\"}]"),
            read("set.csv", "id,budgetUsd\na,900\nb,\n"),
            read(packed(lines)));
    for (RequirementSet set : all) {
      assertThat(set.refused()).isEmpty();
      assertThat(ids(set)).containsExactly("a", "b");
      assertThat(set.requirements().get(0).budgetUsd()).isEqualTo(900);
    }
  }

  private Path packed(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return Files.write(folder.resolve("set.jsonl.gz"), bytes.toByteArray());
  }

  @Test
  void a_folder_is_one_requirement_a_file_over_as_many_lines_as_it_likes() throws Exception {
    read("b.json", "{\n  \"id\": \"b\"\n}\n");
    read("a.json", "{\"id\": \"a\"}");
    read("c.json", "{\"id\": 3}");
    Files.writeString(folder.resolve("notes.txt"), "no requirement");
    RequirementSet set = read(folder);
    assertThat(ids(set)).containsExactly("a", "b");
    assertThat(set.refused())
        .extracting(RequirementSet.Refused::place)
        .containsExactly(folder.resolve("c.json").toString());
    assertThat(ids(read(folder.resolve("b.json")))).containsExactly("b");
  }

  @Test
  void what_is_no_requirement_is_named_with_its_line_and_hides_nothing_else() throws Exception {
    RequirementSet set =
        read("set.jsonl", "{\"id\": \"a\"}\n{\"budget\": 1}\nno\n{\"id\": \"b\"}\n");
    assertThat(ids(set)).containsExactly("a", "b");
    assertThat(set.refused())
        .extracting(RequirementSet.Refused::place)
        .containsExactly(folder.resolve("set.jsonl") + ":2", folder.resolve("set.jsonl") + ":3");
    assertThat(set.refused().get(0).why()).hasMessageContaining("budget");
  }

  @Test
  void where_nothing_is_that_is_said() throws Exception {
    Path nowhere = folder.resolve("nowhere");
    assertThatThrownBy(() -> read(nowhere))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("There is no file (" + nowhere + ")");
    assertThatThrownBy(() -> read(folder))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("holds no requirement. Maybe it is another folder");
    assertThatThrownBy(() -> read("empty.jsonl", "\n"))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("holds no requirement. Maybe it is another file");
  }
}
