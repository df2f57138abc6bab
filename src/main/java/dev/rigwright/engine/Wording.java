package dev.rigwright.engine;

import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A rule's wording and the values that are put into its braces. */
public final class Wording {

  private static final Pattern BINDING = Pattern.compile("\\{([a-zA-Z][a-zA-Z0-9]*)}");
  private static final ThreadLocal<DecimalFormat> WHOLE = format("#,##0");
  private static final ThreadLocal<DecimalFormat> TENTHS = format("#,##0.0");
  private static final Map<String, Template> TEMPLATES = new ConcurrentHashMap<>();

  /**
   * A wording taken apart.
   *
   * @param texts what stands before, between and after the braces: one more than there are braces
   * @param bindings the names in the braces, in order
   * @param names the same, each once
   * @param variables the names as conditions bind them, with a dollar sign
   */
  private record Template(
      List<String> texts, List<String> bindings, List<String> names, List<String> variables) {

    static Template of(String wording) {
      List<String> texts = new ArrayList<>();
      List<String> bindings = new ArrayList<>();
      Matcher matcher = BINDING.matcher(wording);
      int from = 0;
      while (matcher.find()) {
        texts.add(wording.substring(from, matcher.start()));
        bindings.add(matcher.group(1));
        from = matcher.end();
      }
      texts.add(wording.substring(from));
      List<String> names = bindings.stream().distinct().toList();
      return new Template(
          List.copyOf(texts),
          List.copyOf(bindings),
          names,
          names.stream().map(name -> "$" + name).toList());
    }
  }

  private Wording() {}

  private static Template template(String wording) {
    return TEMPLATES.computeIfAbsent(wording, Template::of);
  }

  /** The names in the braces of a wording, each once, in order. */
  public static List<String> names(String template) {
    return template(template).names();
  }

  /** The same as conditions bind them, with a dollar sign. */
  static List<String> variables(String template) {
    return template(template).variables();
  }

  /** The wording with its values. */
  public static String render(String template, Map<String, Object> values) {
    return render(template, values, UnaryOperator.identity());
  }

  /**
   * The wording with its values.
   *
   * @param named what a value is called
   */
  static String render(String template, Map<String, Object> values, UnaryOperator<Object> named) {
    if (template == null) {
      return "";
    }
    Template parts = template(template);
    StringBuilder text = new StringBuilder(template.length() + 16);
    for (int i = 0; i < parts.bindings().size(); i++) {
      Object value = values.get(parts.bindings().get(i));
      text.append(parts.texts().get(i)).append(shown(named.apply(value)));
    }
    return text.append(parts.texts().get(parts.bindings().size())).toString();
  }

  /**
   * A value as answers show it: whole numbers with thousands set apart, others with one decimal.
   */
  public static String shown(Object value) {
    if (value == null) {
      return "unknown";
    }
    if (value instanceof Double || value instanceof Float) {
      double number = ((Number) value).doubleValue();
      return (number == Math.rint(number) ? WHOLE : TENTHS).get().format(number);
    }
    if (value instanceof Integer small && small >= 0 && small < 1000) {
      return small.toString();
    }
    if (value instanceof Number number) {
      return WHOLE.get().format(number);
    }
    if (value instanceof Collection<?> many) {
      return String.join(", ", many.stream().map(Wording::shown).toList());
    }
    return value.toString();
  }

  private static ThreadLocal<DecimalFormat> format(String pattern) {
    return ThreadLocal.withInitial(
        () -> {
          DecimalFormat format =
              new DecimalFormat(pattern, DecimalFormatSymbols.getInstance(Locale.ROOT));
          format.setRoundingMode(RoundingMode.HALF_UP);
          return format;
        });
  }
}
