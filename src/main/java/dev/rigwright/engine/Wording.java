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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A rule's wording and the values that are put into its braces. */
public final class Wording {

  private static final Pattern BINDING = Pattern.compile("\\{([a-zA-Z][a-zA-Z0-9]*)}");
  private static final ThreadLocal<DecimalFormat> WHOLE = format("#,##0");
  private static final ThreadLocal<DecimalFormat> TENTHS = format("#,##0.0");
  private static final Map<String, List<String>> NAMES = new ConcurrentHashMap<>();

  private Wording() {}

  /** The names in the braces of a wording, each once, in order. */
  public static List<String> names(String template) {
    return NAMES.computeIfAbsent(
        template,
        text -> {
          List<String> names = new ArrayList<>();
          Matcher matcher = BINDING.matcher(text);
          while (matcher.find()) {
            if (!names.contains(matcher.group(1))) {
              names.add(matcher.group(1));
            }
          }
          return List.copyOf(names);
        });
  }

  /** The wording with its values. */
  public static String render(String template, Map<String, Object> values) {
    if (template == null) {
      return "";
    }
    Matcher matcher = BINDING.matcher(template);
    StringBuilder text = new StringBuilder();
    while (matcher.find()) {
      matcher.appendReplacement(
          text, Matcher.quoteReplacement(shown(values.get(matcher.group(1)))));
    }
    return matcher.appendTail(text).toString();
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
