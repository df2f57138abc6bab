package dev.rigwright.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rigwright.facts.Canonical;
import dev.rigwright.facts.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * A record of the decision log.
 *
 * @param sequence its number; the first is 1
 * @param decisionId made from the decision's content: a repeat has the same
 * @param recordedAt UTC, to the millisecond, such as {@code 2026-11-23T04:05:06.789Z}
 * @param askedOn the day that was filled in where the requirement named none
 * @param requirementId as it was given, or made from the content
 * @param requirement as it was given, as canonical JSON
 * @param redacted whether what somebody wrote freely was left out
 * @param verdict the contract's word
 * @param rulebook fingerprint of the rules
 * @param facts fingerprint of the facts
 * @param requirementSchema fingerprint of the schema that the requirement was held against
 * @param engine the rule engine and its version
 * @param application this program and its version
 * @param outcome the decision's content as canonical JSON: all but its id and what the requirement
 *     is called
 * @param outcomeHash the SHA-256 of the outcome
 * @param previous the hash of the record before
 * @param hash over all of this but the outcome, which its own hash stands for
 */
public record Recorded(
    long sequence,
    String decisionId,
    String recordedAt,
    LocalDate askedOn,
    String requirementId,
    String requirement,
    boolean redacted,
    String verdict,
    String rulebook,
    String facts,
    String requirementSchema,
    String engine,
    String application,
    byte[] outcome,
    String outcomeHash,
    String previous,
    String hash) {

  /** The hash that this content must have. */
  String computedHash() {
    return Digest.of(Canonical.bytes(header()));
  }

  /** All fields but the outcome and the hash. */
  public ObjectNode header() {
    ObjectNode header = JsonNodeFactory.instance.objectNode();
    header.put("sequence", sequence);
    header.put("decisionId", decisionId);
    header.put("recordedAt", recordedAt);
    header.put("askedOn", askedOn.toString());
    header.put("requirementId", requirementId);
    header.put("requirement", requirement);
    header.put("redacted", redacted);
    header.put("verdict", verdict);
    header.put("rulebook", rulebook);
    header.put("facts", facts);
    header.put("requirementSchema", requirementSchema);
    header.put("engine", engine);
    header.put("application", application);
    header.put("outcomeHash", outcomeHash);
    header.put("previous", previous);
    return header;
  }

  /** The same record at its place in the chain. */
  Recorded chained(long place, String before) {
    Recorded unhashed = at(place, before, Digest.NONE);
    return at(place, before, unhashed.computedHash());
  }

  private Recorded at(long place, String before, String own) {
    return new Recorded(
        place,
        decisionId,
        recordedAt,
        askedOn,
        requirementId,
        requirement,
        redacted,
        verdict,
        rulebook,
        facts,
        requirementSchema,
        engine,
        application,
        outcome,
        outcomeHash,
        before,
        own);
  }

  /**
   * The requirement as a tree, to be read or changed.
   *
   * @throws LogException if the record is broken
   */
  public ObjectNode asked() {
    return tree(requirement.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * The decision as it was answered, as the contract's JSON: the outcome under its id, and under
   * what the requirement is called.
   *
   * @throws LogException if the record is broken
   */
  public ObjectNode decision() {
    ObjectNode decision = JsonNodeFactory.instance.objectNode();
    decision.put("decisionId", decisionId);
    decision.put("requirementId", requirementId);
    JsonNode title = asked().get("title");
    if (title != null) {
      decision.set("title", title);
    }
    decision.setAll(tree(outcome));
    return decision;
  }

  /** The fingerprint of what the record was decided with. */
  String fingerprint(Sources.Kind kind) {
    return switch (kind) {
      case RULEBOOK -> rulebook;
      case FACTS -> facts;
      case SCHEMA -> requirementSchema;
    };
  }

  /** The rows that were laid over the facts. */
  List<String> overlaid() {
    List<String> names = new ArrayList<>();
    tree(outcome).path("overlaid").forEach(name -> names.add(name.asText()));
    return names;
  }

  private ObjectNode tree(byte[] json) {
    try {
      if (Json.MAPPER.readTree(json) instanceof ObjectNode tree) {
        return tree;
      }
    } catch (IOException broken) {
      throw broken(broken);
    }
    throw broken(null);
  }

  private LogException broken(Exception cause) {
    return new LogException(
        "Record %d of the decision log is broken. Maybe rigwright audit verify says more."
            .formatted(sequence),
        cause);
  }
}
