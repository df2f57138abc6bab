package dev.rigwright.audit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rigwright.domain.Requirement;
import dev.rigwright.engine.Dial;
import dev.rigwright.engine.Outward;
import dev.rigwright.facts.BadInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A recorded requirement as it would be read with one number changed: with the defaults that depend
 * on it, as somebody would get them who asked that.
 */
final class Turned {

  private final Rederived recorded;
  private final ObjectNode asked;

  Turned(Rederived recorded) {
    this.recorded = recorded;
    this.asked = recorded.recorded().asked();
  }

  /**
   * The requirement with a number at a value.
   *
   * @throws BadInputException if such a requirement is refused
   */
  Requirement read(Dial dial, long value) {
    return read(dial.turned(asked, value));
  }

  /** The requirement with a word in place of another. */
  Requirement read(String field, String word) {
    return read(asked.deepCopy().put(field, word));
  }

  private Requirement read(ObjectNode changed) {
    return recorded.advisor().reader().read(changed, recorded.recorded().askedOn());
  }

  /** Whether a field was given, and not filled in. */
  boolean given(String field) {
    return asked.at("/" + field.replace('.', '/')).isValueNode();
  }

  /** The numbers of the requirement, each within what its reader takes. */
  Dial accepted(Dial dial) {
    return Outward.accepted(dial, value -> read(dial, value));
  }

  /** The way outward from a number's value. */
  Outward outward(Dial dial) {
    return new Outward(recorded.advisor(), dial, value -> read(dial, value));
  }

  /** What else is filled in otherwise, as {@code engine vllm}. */
  List<String> followed(Requirement changed) {
    Requirement was = recorded.requirement();
    List<String> followed = new ArrayList<>();
    follows(followed, "engine", was.engine(), changed.engine());
    follows(followed, "scope", was.scope(), changed.scope());
    if (was.models().size() == changed.models().size()) {
      for (int i = 0; i < was.models().size(); i++) {
        follows(
            followed,
            "models/" + i + "/quantization",
            was.models().get(i).quantization(),
            changed.models().get(i).quantization());
      }
    }
    return followed;
  }

  private static void follows(List<String> followed, String field, Object was, Object is) {
    if (!Objects.equals(was, is)) {
      followed.add(field + " " + is);
    }
  }
}
