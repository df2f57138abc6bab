package dev.rigwright.report;

import dev.rigwright.engine.Wording;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Values of fields with the unit that the field's name ends in, as answers show them. */
final class Measure {

  private static final double GIB = 0x1p30;

  /** The longest endings first: {@code usdPerKwh} is no {@code Usd}. */
  private static final Map<String, String> UNITS = units();

  private static final List<String> ENDINGS =
      List.of(
          "GbPerSecond",
          "PerSecond",
          "Usd",
          "Watts",
          "Gib",
          "Bytes",
          "Mm",
          "Percent",
          "Seconds",
          "Id");

  private Measure() {}

  private static Map<String, String> units() {
    Map<String, String> units = new LinkedHashMap<>();
    units.put("GbPerSecond", " GB a second");
    units.put("PerSecond", " a second");
    units.put("UsdPerKwh", " USD per kWh");
    units.put("Usd", " USD");
    units.put("Watts", " W");
    units.put("watts", " W");
    units.put("Gib", " GiB");
    units.put("gib", " GiB");
    units.put("Gb", " GB");
    units.put("Mm", " mm");
    units.put("Percent", " %");
    units.put("Seconds", " s");
    units.put("Tokens", " tokens");
    units.put("Days", " days");
    units.put("sizeB", "B");
    units.put("paramsB", "B");
    units.put("ParamsB", "B");
    units.put("ToB", "B");
    return units;
  }

  /**
   * A value with its unit.
   *
   * @param field the field that holds it; null where it stands for none
   */
  static String of(String field, Object value) {
    if (value == null) {
      return "unknown";
    }
    if (value instanceof Boolean truth) {
      return truth ? "yes" : "no";
    }
    if (value instanceof Collection<?> many) {
      return many.isEmpty()
          ? "none"
          : String.join(", ", many.stream().map(one -> of(field, one)).toList());
    }
    if (!(value instanceof Number number) || field == null) {
      return Wording.shown(value);
    }
    if (field.endsWith("Bytes") || field.endsWith("bytes")) {
      double gib = number.doubleValue() / GIB;
      return gib >= 0.05 || gib <= -0.05
          ? Prose.gib(gib)
          : Prose.number(number.longValue()) + " bytes";
    }
    for (Map.Entry<String, String> unit : UNITS.entrySet()) {
      if (field.endsWith(unit.getKey())) {
        return figure(number) + unit.getValue();
      }
    }
    return figure(number);
  }

  /** A number to be compared with others: decimals stay where there are some, two at most. */
  private static String figure(Number number) {
    return number instanceof Double || number instanceof Float
        ? Prose.decimal(number.doubleValue())
        : Prose.number(number.longValue());
  }

  /**
   * A field as words: {@code totalUsd} is {@code total}, {@code kvCacheBytes} is {@code kv cache}.
   */
  static String words(String field) {
    String name = field;
    for (String unit : ENDINGS) {
      if (name.endsWith(unit) && name.length() > unit.length()) {
        name = name.substring(0, name.length() - unit.length());
        break;
      }
    }
    return name.replaceAll("(?<=[a-z])B$", "")
        .replaceAll("([a-z])([A-Z])", "$1 $2")
        .toLowerCase(Locale.ROOT);
  }

  /** A type as words: {@code SupplyChoice} is {@code Supply choice}. */
  static String type(String type) {
    String words = type.replaceAll("([a-z])([A-Z])", "$1 $2");
    return words.substring(0, 1) + words.substring(1).toLowerCase(Locale.ROOT);
  }
}
