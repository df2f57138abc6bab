package dev.rigwright.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rigwright.facts.Json;
import java.nio.file.Files;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class GoldenTest {

  /** Set by whoever has read the answers and approves of them: -Drigwright.approve=true. */
  private static final boolean APPROVE = Boolean.getBoolean("rigwright.approve");

  @TestFactory
  Stream<DynamicTest> answers_are_those_that_a_person_has_read() {
    assertThat(Golden.requirements()).hasSizeGreaterThan(20);
    return Golden.requirements().entrySet().stream()
        .map(
            golden ->
                DynamicTest.dynamicTest(
                    golden.getKey(),
                    () -> {
                      JsonNode decided = Golden.decided(golden.getValue());
                      if (APPROVE) {
                        Files.writeString(
                            Golden.approved(golden.getKey()), decided.toPrettyString() + "\n");
                      }
                      JsonNode approved =
                          Json.MAPPER.readTree(
                              Files.readAllBytes(Golden.approved(golden.getKey())));
                      assertThat(decided.toPrettyString()).isEqualTo(approved.toPrettyString());
                    }));
  }
}
