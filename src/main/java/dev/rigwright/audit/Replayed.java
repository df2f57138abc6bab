package dev.rigwright.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rigwright.engine.Decision;
import dev.rigwright.engine.DecisionJson;
import dev.rigwright.facts.BadInputException;
import dev.rigwright.facts.FactsException;
import dev.rigwright.facts.Json;
import dev.rigwright.rulebook.RulebookException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;

/**
 * A record that was decided again, with the rules and facts that it was decided with.
 *
 * @param recorded the record
 * @param differences where the two outcomes differ; empty where they are the same bytes
 * @param failure why it could not be decided again; null where it could
 * @param application the program that decided again
 * @param engine its rule engine
 */
public record Replayed(
    Recorded recorded,
    List<Difference> differences,
    String failure,
    String application,
    String engine) {

  public Replayed {
    differences = List.copyOf(differences);
  }

  /** Whether the same came out, to the byte. */
  public boolean identical() {
    return failure == null && differences.isEmpty();
  }

  /** Whether another version of the program or of its engine decided than the one that recorded. */
  public boolean otherProgram() {
    return !application.equals(recorded.application()) || !engine.equals(recorded.engine());
  }

  /** Decides a record again. */
  public static Replayed of(DecisionLog log, Recorded recorded) {
    try {
      byte[] now = DecisionJson.content(log.rederive(recorded).decide());
      return Arrays.equals(now, recorded.outcome())
          ? of(recorded, List.of(), null)
          : of(recorded, differences(recorded.outcome(), now), null);
    } catch (LogException
        | BadInputException
        | FactsException
        | RulebookException
        | UncheckedIOException failed) {
      return of(recorded, List.of(), failed.getMessage());
    }
  }

  private static Replayed of(Recorded recorded, List<Difference> differences, String failure) {
    return new Replayed(
        recorded,
        differences,
        failure,
        DecisionLog.application(),
        dev.rigwright.engine.EngineVersion.name());
  }

  private static List<Difference> differences(byte[] was, byte[] now) {
    List<Difference> found = Difference.between(tree(was), tree(now));
    // The same document in other bytes is no replay either.
    return found.isEmpty() ? List.of(new Difference("", tree(was), tree(now))) : found;
  }

  /** The content of a decision as a tree. */
  static ObjectNode tree(Decision decision) {
    return (ObjectNode) tree(DecisionJson.content(decision));
  }

  private static JsonNode tree(byte[] json) {
    try {
      return Json.MAPPER.readTree(json);
    } catch (IOException broken) {
      throw new LogException(
          "The outcome of a record is no JSON. Maybe rigwright audit verify says more.", broken);
    }
  }
}
