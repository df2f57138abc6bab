package dev.rigwright.web.page;

import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * How many rows of the form stand open: those in use and an empty one after them, and one more
 * where its button was pressed.
 *
 * @param cards kinds of cards that are owned
 * @param models models, the first among them, which stands elsewhere
 * @param added the rows of which one more was asked for; null for none
 */
public record Rows(int cards, int models, Fields.Part added) {

  /** What the buttons send: the number of the row that is wanted. */
  public static final String CARD = "cardRow";

  /** The same for a model. */
  public static final String MODEL = "modelRow";

  /** Where rows of cards stand on the page. */
  public static final String CARDS_PLACE = "cards-owned";

  /** Where rows of models stand on the page. */
  public static final String MODELS_PLACE = "models-beside";

  private static final int FEWEST_MODELS = 2;

  /** The rows of a form, as it was sent. */
  static Rows of(Form form, Map<String, List<String>> query) {
    int card = wanted(query, CARD, Fields.CARDS);
    int model = wanted(query, MODEL, Fields.MODELS);
    int cards = used(form, Fields.CARDS, row -> Fields.Card.at(row).names()) + 1;
    int models = used(form, Fields.MODELS, number -> Fields.Model.at(number).names()) + 1;
    return new Rows(
        Math.min(Fields.CARDS, Math.max(cards, card)),
        Math.min(Fields.MODELS, Math.max(Math.max(models, FEWEST_MODELS), model)),
        card > 0 ? Fields.Part.OWNED : model > 0 ? Fields.Part.MODELS : null);
  }

  private static int used(Form form, int most, IntFunction<List<String>> names) {
    return IntStream.rangeClosed(1, most)
        .filter(row -> names.apply(row).stream().anyMatch(form::says))
        .max()
        .orElse(0);
  }

  /** Zero where none was asked for, or something that is no row. */
  private static int wanted(Map<String, List<String>> query, String name, int most) {
    String text = query.getOrDefault(name, List.of("")).get(0);
    int wanted = text.matches("\\d{1,2}") ? Integer.parseInt(text) : 0;
    return Math.min(wanted, most);
  }

  /** Whether an open page asks for the new row alone: it names the place where the row goes. */
  boolean isFor(String place) {
    return added != null && (added == Fields.Part.OWNED ? CARDS_PLACE : MODELS_PLACE).equals(place);
  }

  /** Whether a row was asked for in a part of the form. */
  public boolean asked(Fields.Part part) {
    return part == added;
  }

  /** Whether a row of cards has just been asked for. */
  public boolean newCard(int row) {
    return added == Fields.Part.OWNED && row == cards;
  }

  /** Whether a row of a model has just been asked for. */
  public boolean newModel(int number) {
    return added == Fields.Part.MODELS && number == models;
  }
}
