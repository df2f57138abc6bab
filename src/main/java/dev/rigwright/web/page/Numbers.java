package dev.rigwright.web.page;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Figures as a visitor reads them: with the separators of their language, in Latin digits. Dollars
 * stay dollars, and units are named.
 */
public final class Numbers {

  private static final int LONGEST_HEADER = 1000;

  /** Thousands in a text that was put together for everybody, such as {@code 1,628}. */
  private static final Pattern THOUSANDS =
      Pattern.compile("(?<![\\w.,])\\d{1,3}(?:,\\d{3})+(?:\\.\\d+)?(?!\\w|[.,]\\d)");

  /**
   * Decimals that are measures: before a unit, before what they are compared with, or after what
   * they are the size of. Versions such as ATX 3.1 and names such as Llama 3.1 are none.
   */
  private static final Pattern DECIMALS =
      Pattern.compile(
          "(?<![\\w.,])\\d+\\.\\d+(?=(?:[-–]\\d+\\.\\d+)?(?: of \\d+(?:\\.\\d+)?)? ?"
              + "(?:GiB|GB|TB|kWh|kW|W\\b|%|s\\b|mm|USD|tokens|tok/s|hours|slots|B\\b))"
              + "|(?<=\\b(?:weights|cache|overhead|free|available|too much) )\\d+\\.\\d+(?![\\w.])");

  private final Locale locale;
  private final DecimalFormatSymbols symbols;

  /** The figures of a language. */
  public Numbers(Locale locale) {
    this.locale = locale;
    symbols = DecimalFormatSymbols.getInstance(locale);
    symbols.setZeroDigit('0');
    symbols.setMinusSign('-');
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
    return new DecimalFormat(pattern, symbols).format(value);
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
    return text == null ? "" : replaced(replaced(text, DECIMALS), THOUSANDS);
  }

  private String replaced(String text, Pattern figures) {
    Matcher matcher = figures.matcher(text);
    StringBuilder said = new StringBuilder();
    while (matcher.find()) {
      matcher.appendReplacement(said, Matcher.quoteReplacement(turned(matcher.group())));
    }
    return matcher.appendTail(said).toString();
  }

  private String turned(String figure) {
    StringBuilder turned = new StringBuilder();
    for (char character : figure.toCharArray()) {
      turned.append(
          switch (character) {
            case ',' -> symbols.getGroupingSeparator();
            case '.' -> symbols.getDecimalSeparator();
            default -> character;
          });
    }
    return turned.toString();
  }
}
