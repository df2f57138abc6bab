package dev.rigwright.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rigwright.facts.BadInputException;
import dev.rigwright.facts.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Why a request is not answered: thrown where that is found, told as {@code
 * application/problem+json} or as a page. What it says is for whoever asked; it never holds what a
 * program said to itself.
 */
public final class Problem extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** The media type. */
  public static final String TYPE = "application/problem+json";

  /** The kinds of problems, by the last part of their type. */
  public enum Kind {
    /** What was sent cannot be used. */
    BAD_INPUT(422, "What was sent cannot be used"),
    /** What was sent is no JSON, or no HTTP. */
    MALFORMED(400, "What was sent cannot be read"),
    /** A token is missing or wrong. */
    UNAUTHORIZED(401, "A token is needed"),
    /** Asked from a place that may not ask. */
    FORBIDDEN(403, "This may not be asked from there"),
    /** There is no such thing. */
    NOT_FOUND(404, "There is no such thing here"),
    /** The path is there, for another method. */
    METHOD(405, "The path takes another method"),
    /** The answer cannot be had in that form. */
    NOT_ACCEPTABLE(406, "The answer cannot be had in that form"),
    /** The body came too slowly. */
    TOO_SLOW(408, "The body did not come in time"),
    /** The body is too large. */
    TOO_LARGE(413, "The body is too large"),
    /** The body is of another kind. */
    MEDIA_TYPE(415, "The body is of another kind than is read here"),
    /** The request was meant for another host. */
    MISDIRECTED(421, "The request was meant for another host"),
    /** One client asks too much at once. */
    TOO_MANY(429, "Too many requests at once from one client"),
    /** The server's own fault. */
    INTERNAL(500, "The server failed"),
    /** Nobody has time. */
    BUSY(503, "All are busy"),
    /** Anything else that the HTTP layer refuses. */
    OTHER(400, "The request was refused");

    private final int status;
    private final String title;

    Kind(int status, String title) {
      this.status = status;
      this.title = title;
    }

    /** The status code that goes with it. */
    public int status() {
      return status;
    }

    /** What it is called. */
    public String title() {
      return title;
    }

    /** The last part of its type. */
    public String word() {
      return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
  }

  private final Kind kind;
  private final int status;
  private final transient List<BadInputException.Problem> problems;
  private final TreeMap<String, String> headers = new TreeMap<>();

  /**
   * A problem.
   *
   * @param detail the values, then the next step
   */
  public Problem(Kind kind, String detail) {
    this(kind, kind.status(), detail, List.of());
  }

  /** A problem under a status that its kind does not imply. */
  Problem(Kind kind, int status, String detail) {
    this(kind, status, detail, List.of());
  }

  private Problem(Kind kind, int status, String detail, List<BadInputException.Problem> problems) {
    super(detail, null, false, false);
    this.kind = kind;
    this.status = status;
    this.problems = List.copyOf(problems);
  }

  /** What was sent cannot be used, with all that is wrong. */
  public static Problem of(BadInputException refused) {
    boolean malformed = refused.problems().stream().anyMatch(p -> p.pointer().startsWith("line "));
    Kind kind = malformed ? Kind.MALFORMED : Kind.BAD_INPUT;
    return new Problem(kind, kind.status(), refused.getMessage(), refused.problems());
  }

  /** The same with a header in its response. */
  public Problem with(String header, String value) {
    headers.put(header, value);
    return this;
  }

  /** What kind it is. */
  public Kind kind() {
    return kind;
  }

  /** The status code. */
  public int status() {
    return status;
  }

  /** What is wrong, and the next step. */
  public String detail() {
    return getMessage();
  }

  /** Each thing that is wrong with what was sent; empty where it is something else. */
  public List<BadInputException.Problem> problems() {
    return problems;
  }

  /** Headers that belong to the response. */
  public Map<String, String> headers() {
    return headers;
  }

  /** The document as it is sent. */
  byte[] bytes() {
    return (json() + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /** As {@code application/problem+json}. */
  public ObjectNode json() {
    ObjectNode json = Json.MAPPER.createObjectNode();
    json.put("type", "urn:rigwright:problem:" + kind.word());
    json.put("title", kind.title());
    json.put("status", status);
    json.put("detail", detail());
    if (!problems.isEmpty()) {
      ArrayNode list = json.putArray("problems");
      problems.forEach(
          problem ->
              list.addObject().put("pointer", problem.pointer()).put("message", problem.message()));
    }
    return json;
  }
}
