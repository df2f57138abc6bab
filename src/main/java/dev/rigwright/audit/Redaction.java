package dev.rigwright.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rigwright.domain.Requirement;
import dev.rigwright.domain.WantedModel;
import java.util.Iterator;

/**
 * A requirement without what somebody wrote freely: its title and id are left out, and models,
 * formats and cards stand there by the catalogue's names in place of the words that were used for
 * them. Everything else is a number, a date, or one of a few words. It decides alike.
 */
final class Redaction {

  private Redaction() {}

  /**
   * A requirement to keep.
   *
   * @param asked as it was given
   * @param read the same with its names resolved
   */
  static ObjectNode of(JsonNode asked, Requirement read) {
    ObjectNode kept = asked.deepCopy();
    kept.remove("id");
    kept.remove("title");
    Iterator<WantedModel> models = read.models().iterator();
    for (JsonNode model : kept.path("models")) {
      WantedModel known = models.next();
      if (model.has("id")) {
        ((ObjectNode) model).put("id", known.id());
      }
      if (model.has("quantization")) {
        ((ObjectNode) model).put("quantization", known.quantization().word());
      }
    }
    Iterator<dev.rigwright.domain.Owned.Gpus> owned = read.owned().gpus().iterator();
    for (JsonNode gpu : kept.path("owned").path("gpus")) {
      ((ObjectNode) gpu).put("id", owned.next().id());
    }
    return kept;
  }
}
