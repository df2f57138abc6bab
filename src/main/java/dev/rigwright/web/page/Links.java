package dev.rigwright.web.page;

import java.util.List;

/**
 * Where the questions to a decision are asked: one that the form makes, or one of the log.
 *
 * @param form what was typed; null for a decision of the log
 * @param sequence the number of the record; null for a decision that the form makes
 */
public record Links(Form form, Long sequence) {

  private String to(String question, String parameters) {
    return sequence == null
        ? "/" + question + "?" + form.query() + (parameters.isEmpty() ? "" : "&" + parameters)
        : "/decisions/"
            + sequence
            + "/"
            + question
            + (parameters.isEmpty() ? "" : "?" + parameters);
  }

  /** The proof of what is said about something; of how it ends for null. */
  public String why(String about) {
    return to("why", about == null ? "" : "about=" + Form.encoded(about));
  }

  /** The proof as a picture. */
  public String picture(String about) {
    return to("why.svg", about == null ? "" : "about=" + Form.encoded(about));
  }

  /** Why not a card; the card is chosen there. */
  public String whyNot() {
    return to("why-not", "");
  }

  /** A field that goes with a question. */
  public record Field(String name, String value) {}

  /** Where the form that asks why not is sent. */
  public String whyNotPath() {
    return sequence == null ? "/why-not" : "/decisions/" + sequence + "/why-not";
  }

  /** What is sent with it. */
  public List<Field> whyNotFields() {
    return sequence == null ? form.fields() : List.of();
  }

  /** Why not this card. */
  public String whyNot(String card) {
    return to("why-not", "card=" + Form.encoded(card));
  }

  /** The decision as JSON. */
  public String json() {
    return to("answer.json", "");
  }

  /** The answer as Markdown. */
  public String markdown() {
    return to("answer.md", "");
  }

  /** What budgets get. */
  public String budgets() {
    return to("budgets", "");
  }

  /** Where all of it stands. */
  public String home() {
    return sequence == null ? "/?" + form.query() : "/decisions/" + sequence;
  }

  /** A rule's own page. */
  public static String rule(String id) {
    return "/rules/" + id;
  }

  /** A statement of the guide. */
  public static String claim(String id) {
    return "/claims#" + id;
  }
}
