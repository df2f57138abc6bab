package dev.rigwright.web.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rigwright.facts.Json;
import dev.rigwright.web.InForce;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The description of the HTTP interface, with the schema of a requirement that is in force. */
final class OpenApi {

  private static final String FILE = "/dev/rigwright/web/openapi.json";

  private OpenApi() {}

  /** The document. */
  static String of(InForce inForce) {
    try (InputStream in = OpenApi.class.getResourceAsStream(FILE)) {
      ObjectNode document = (ObjectNode) Json.MAPPER.readTree(in);
      ObjectNode requirement = inForce.advisor().reader().schema().deepCopy();
      String version = OpenApi.class.getPackage().getImplementationVersion();
      ((ObjectNode) document.get("info")).put("version", version == null ? "0" : version);
      requirement.remove("$schema");
      ObjectNode schemas = (ObjectNode) document.at("/components/schemas");
      schemas.set("Requirement", requirement);
      return document.toPrettyString() + "\n";
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
