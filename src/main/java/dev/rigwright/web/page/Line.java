package dev.rigwright.web.page;

import dev.rigwright.domain.Claim;
import dev.rigwright.facts.Facts;
import dev.rigwright.report.Entry;
import dev.rigwright.report.References;
import dev.rigwright.rulebook.RuleInfo;
import dev.rigwright.rulebook.Rulebook;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Something that is said, which opens to its reason.
 *
 * @param mark {@code alarm}, {@code note} or empty
 * @param label what it is about; empty where the text says so
 * @param more what else stands where it opens, each a sentence
 * @param proof where the values and facts behind it are shown; null where there is no proof
 */
public record Line(
    String mark,
    String label,
    String text,
    List<Rule> rules,
    List<Source> sources,
    List<String> more,
    String proof) {

  public Line {
    rules = List.copyOf(rules);
    sources = List.copyOf(sources);
    more = List.copyOf(more);
  }

  /** Whether there is anything to open. */
  public boolean opens() {
    return !rules.isEmpty() || !sources.isEmpty() || !more.isEmpty() || proof != null;
  }

  /**
   * A rule that speaks.
   *
   * @param says its wording with places for values; null where it does not speak
   * @param place its file and line
   */
  public record Rule(
      String id, String severity, String says, String because, String place, String reviewed) {

    /** The same with its figures as a visitor reads them. */
    Rule said(Numbers numbers) {
      return new Rule(id, severity, says, numbers.said(because), place, reviewed);
    }

    /** What a rule says of itself. */
    public static Rule of(RuleInfo info) {
      return new Rule(
          info.id(),
          info.severity() == null ? null : info.severity().word(),
          info.says(),
          info.because(),
          "rules/" + info.file() + ":" + info.line(),
          info.reviewed());
    }
  }

  /**
   * What it rests on.
   *
   * @param name as it is cited
   * @param status of a statement of the guide; null for any other source
   * @param text what it says; null where only its name is known
   * @param link null where there is nothing to open
   */
  public record Source(String name, String status, String text, String link) {

    private static final String GUIDE = "guide#";

    /** A source by the name under which rules and rows cite it. */
    public static Source of(String name, Facts facts, Numbers numbers) {
      if (name.startsWith(GUIDE)) {
        String id = name.substring(GUIDE.length());
        Claim claim = facts.claimById().get(id);
        return claim == null
            ? new Source(name, null, null, null)
            : new Source(
                "Guide " + id, claim.status().word(), numbers.said(claim.says()), Links.claim(id));
      }
      return new Source(name, null, null, link(name));
    }

    /** The first address in a text; null for none. */
    public static String link(String text) {
      int start = text.indexOf("https://");
      if (start < 0) {
        return null;
      }
      int end = start;
      while (end < text.length() && " ;,)".indexOf(text.charAt(end)) < 0) {
        end++;
      }
      return text.substring(start, end);
    }
  }

  /** Makes lines of one decision. */
  record Maker(Rulebook rulebook, Facts facts, Numbers numbers, Links links) {

    private static final Pattern FIELD = Pattern.compile("\\b(?:limits|owned)\\.([a-zA-Z0-9]+)");

    /** Rules name fields as a file of a requirement does; a page names them as its form does. */
    private static String named(String text) {
      return FIELD
          .matcher(text)
          .replaceAll(
              match -> Matcher.quoteReplacement("“" + AdviceView.label(match.group(1)) + "”"));
    }

    Line of(Entry entry) {
      References references = entry.references();
      if (entry.about() != null) {
        return of(entry, entry.about());
      }
      String about =
          references.rules().isEmpty()
              ? references.claims().isEmpty() ? null : references.claims().get(0)
              : references.rules().get(0);
      return of(entry, about);
    }

    /**
     * A line with its proof.
     *
     * @param about what its proof is asked of; null for none
     */
    Line of(Entry entry, String about) {
      return of(entry, Grounds.NONE, about);
    }

    /** A line with the values that its figure was made from. */
    Line of(Entry entry, Grounds grounds, String about) {
      String mark =
          switch (entry.mark()) {
            case ALARM -> "alarm";
            case NOTE -> "note";
            case NONE -> "";
          };
      References references = entry.references();
      return line(
          mark,
          entry.label(),
          entry.text(),
          references.rules(),
          List.of(references.claims(), references.published(), grounds.sources()),
          grounds.values(),
          about);
    }

    Line line(
        String mark,
        String label,
        String text,
        List<String> rules,
        List<List<String>> sources,
        List<String> more,
        String about) {
      List<Rule> known = new ArrayList<>();
      Set<String> cited = new LinkedHashSet<>();
      sources.forEach(cited::addAll);
      for (String rule : rules) {
        RuleInfo info = rulebook.rules().get(rule);
        if (info != null) {
          known.add(Rule.of(info).said(numbers));
          cited.addAll(info.sources());
        }
      }
      return new Line(
          mark,
          label,
          numbers.said(named(text)),
          known,
          cited.stream().map(name -> Source.of(name, facts, numbers)).toList(),
          more.stream().map(one -> numbers.said(named(one))).toList(),
          about == null ? null : links.why(about));
    }
  }
}
