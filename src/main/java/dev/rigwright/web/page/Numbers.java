package dev.rigwright.web.page;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Figures as a visitor reads them: with the separators of their language, in Latin digits. Dollars
 * stay dollars, and units are named.
 */
public final class Numbers {

  private static final int LONGEST_HEADER = 1000;

  /** A figure in a text that was put together for everybody, such as {@code 1,628.5}. */
  private static final String FIGURE = "(?:\\d{1,3}(?:,\\d{3})+|\\d+)(?:\\.\\d+)?";

  /** From one figure to another, such as {@code 1.7-2.8}. */
  private static final String BAND = FIGURE + "[-–]" + FIGURE;

  private static final String FIGURE_OR_BAND = FIGURE + "(?:[-–]" + FIGURE + ")?";

  /** Neither inside a name such as Qwen2.5 or Llama-3.1 nor inside another figure. */
  private static final String START = "(?<![\\w.,]|\\w[-–])";

  private static final String END = "(?!\\w|[.,]\\d)";

  /**
   * What is measured: before a unit, before what it is compared with, after what it is the size of,
   * as a band in brackets, or with thousands. Versions such as ATX 3.1 and names such as Llama 3.1
   * are not.
   */
  private static final Pattern MEASURED =
      Pattern.compile(
          String.join(
              "|",
              START
                  + FIGURE_OR_BAND
                  + ("(?=(?: of " + FIGURE + ")? ?")
                  + "(?:GiB|GB|TB|kWh|kW|W\\b|%|s\\b|mm|USD|tokens|tok/s|hours|slots"
                  + "|times\\b|are asked|where \\d|for both|for all|with the context full))",
              // Of a size no band: the name Llama 3.1-8B would be one.
              START + FIGURE + "(?= ?B\\b)",
              "(?<=\\b(?:weights|cache|overhead|free|available|too much|has|offer|less than|makes"
                  + "|measures|GiB of) )"
                  + FIGURE_OR_BAND
                  + "(?!\\w|[-.,–]\\d| x\\d)",
              "(?<=[a-z] \\()" + BAND + "(?=\\))",
              START + "\\d{1,3}(?:,\\d{3})+(?:\\.\\d+)?" + END));

  private static final Pattern GROUPED_BY_THREE = Pattern.compile("\\d{1,3}(?:,\\d{3})+");

  /** Where an English figure is grouped as in India: the last three digits, then by two. */
  private static final Pattern INDIAN_GROUP = Pattern.compile("(?<=\\d)(?=(?:\\d\\d)*\\d{3}$)");

  /** Languages of India that group so; others, such as Kannada, group by three. */
  private static final Set<String> INDIAN =
      Set.of("as", "bn", "brx", "gu", "hi", "kok", "ml", "mr", "ne", "or", "pa", "sa", "ta", "te");

  /** Where some of these languages are spoken and figures are grouped by three. */
  private static final Set<String> BY_THREE = Set.of("MY", "PK", "SG");

  private final Locale locale;
  private final DecimalFormatSymbols symbols;
  private final boolean indian;

  /** The figures of a language. */
  public Numbers(Locale locale) {
    this.locale = locale;
    // Some languages have other separators for their own digits than for Latin ones.
    symbols =
        DecimalFormatSymbols.getInstance(
            new Locale.Builder()
                .setLanguageTag(locale.toLanguageTag())
                .setUnicodeLocaleKeyword("nu", "latn")
                .build());
    indian =
        locale.getLanguage().equals("en")
            ? locale.getCountry().equals("IN")
            : INDIAN.contains(locale.getLanguage()) && !BY_THREE.contains(locale.getCountry());
  }

  /**
   * The figures of whoever sent a request.
   *
   * @param accepted the header {@code Accept-Language}; null or nonsense for none
   */
  public static Numbers of(String accepted) {
    if (accepted == null || accepted.length() > LONGEST_HEADER) {
      return new Numbers(Locale.US);
    }
    try {
      List<Locale.LanguageRange> wanted = Locale.LanguageRange.parse(accepted);
      for (Locale.LanguageRange range : wanted) {
        Locale locale = Locale.forLanguageTag(range.getRange());
        if (!locale.getLanguage().isEmpty()) {
          return new Numbers(locale);
        }
      }
    } catch (IllegalArgumentException nonsense) {
      return new Numbers(Locale.US);
    }
    return new Numbers(Locale.US);
  }

  /** Whose figures these are. */
  public Locale locale() {
    return locale;
  }

  private String formatted(String pattern, Number value) {
    return turned(
        new DecimalFormat(pattern, DecimalFormatSymbols.getInstance(Locale.ROOT)).format(value));
  }

  /** With separators of thousands. */
  public String whole(long value) {
    return formatted("#,##0", value);
  }

  /** With one decimal. */
  public String tenths(double value) {
    return formatted("#,##0.0", value);
  }

  /** With as many decimals as there are, two at most. */
  public String decimal(double value) {
    return formatted("#,##0.##", value);
  }

  /** Tokens a second: whole, with a decimal below ten, where it matters. */
  public String rate(double tokensPerSecond) {
    return tokensPerSecond < 9.95 ? tenths(tokensPerSecond) : whole(Math.round(tokensPerSecond));
  }

  /** Whole US dollars. */
  public String usd(long value) {
    return whole(value) + " USD";
  }

  /** Memory in 2^30 bytes. */
  public String gib(double value) {
    return tenths(value) + " GiB";
  }

  /** From one figure to another, or the one where both are the same. */
  public String range(long low, long high) {
    return low == high ? whole(low) : whole(low) + "–" + whole(high);
  }

  /** A figure of the catalogue; unknown where it is not known. */
  public String known(Number value) {
    if (value == null) {
      return "unknown";
    }
    return value instanceof Double || value instanceof Float
        ? decimal(value.doubleValue())
        : whole(value.longValue());
  }

  /** A text that was put together for everybody, with its figures as this visitor reads them. */
  public String said(String text) {
    if (text == null) {
      return "";
    }
    return MEASURED
        .matcher(text)
        .replaceAll(found -> Matcher.quoteReplacement(turned(found.group())));
  }

  /** An English figure or band in the language of the visitor. */
  private String turned(String english) {
    StringBuilder turned = new StringBuilder();
    for (char character : (indian ? indian(english) : english).toCharArray()) {
      turned.append(
          switch (character) {
            case ',' -> symbols.getGroupingSeparator();
            case '.' -> symbols.getDecimalSeparator();
            default -> character;
          });
    }
    return turned.toString();
  }

  private static String indian(String english) {
    return GROUPED_BY_THREE
        .matcher(english)
        .replaceAll(found -> INDIAN_GROUP.matcher(found.group().replace(",", "")).replaceAll(","));
  }
}
