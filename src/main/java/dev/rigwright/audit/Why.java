package dev.rigwright.audit;

import dev.rigwright.domain.Outcome;
import dev.rigwright.engine.Decision.Cards;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The proof of something that a decision says. Each fact is a statement, once, however often
 * something rests on it; statements are numbered from 1 as they are met on the way down.
 *
 * @param decisionId the decision that is asked about
 * @param verdict how it ends
 * @param gpus the cards that it recommends; empty where there are none
 * @param totalUsd what the recommended machine costs; null where there is none
 * @param about what was asked about: a rule, part, card or claim; null for the answer itself
 * @param roots numbers of what was asked about
 * @param left how many more there are of which the same could be asked; 0 for none
 * @param refused where nothing could be recommended: how many cards and machines each rule refused
 * @param statements by number: the first has number 1
 */
public record Why(
    String decisionId,
    Outcome verdict,
    List<Cards> gpus,
    Long totalUsd,
    String about,
    List<Integer> roots,
    int left,
    Map<String, Integer> refused,
    List<Statement> statements) {

  public Why {
    gpus = List.copyOf(gpus);
    roots = List.copyOf(roots);
    refused = Collections.unmodifiableMap(new LinkedHashMap<>(refused));
    statements = List.copyOf(statements);
  }

  /** The statement of a number. */
  public Statement statement(int number) {
    return statements.get(number - 1);
  }

  /** Where a fact comes from. */
  public enum Origin {
    /** A rule concluded it. */
    CONCLUDED,
    /** The requirement says it, or a default that stands in for it. */
    ASKED,
    /** A row of the facts. */
    ROW,
    /** How widely the decision looked; it says nothing of the world. */
    SETTING
  }

  /**
   * A fact.
   *
   * @param type its type as rules write it
   * @param name what tells it from others of its type; empty where there is only one
   * @param values what else it says
   * @param says what it says to the buyer; null for a fact that does not speak
   * @param reasons the grounds on which it stands; empty where nobody concluded it
   * @param rows where it is written down; empty for a conclusion
   * @param computed of a claim of the guide: numbers of the statements that rules made of it from
   *     the catalogue before anybody asked, the status that they decide first; empty for all else
   */
  public record Statement(
      int number,
      Origin origin,
      String type,
      String name,
      List<Value> values,
      String says,
      List<Reason> reasons,
      List<Row> rows,
      List<Integer> computed) {

    public Statement {
      values = List.copyOf(values);
      reasons = List.copyOf(reasons);
      rows = List.copyOf(rows);
      computed = List.copyOf(computed);
    }
  }

  /**
   * A named value.
   *
   * @param name as the rule writes it: a field or a variable
   * @param field the field that it stands for, whose name has the unit; null where it stands for
   *     none
   * @param value null where it is unknown
   */
  public record Value(String name, String field, Object value) {}

  /**
   * A match of a rule.
   *
   * @param steps its condition, element by element
   */
  public record Reason(Rule rule, List<Step> steps) {

    public Reason {
      steps = List.copyOf(steps);
    }
  }

  /**
   * What a rule says of itself.
   *
   * @param file below the home folder
   * @param says its wording with the values of this match; null where it does not speak
   */
  public record Rule(
      String id,
      String file,
      int line,
      String says,
      String because,
      List<Source> sources,
      String reviewed) {

    public Rule {
      sources = List.copyOf(sources);
    }
  }

  /**
   * What a rule rests on.
   *
   * @param name as the rule writes it
   * @param says a claim's text; null for any other source
   * @param status a claim's status; null for any other source
   */
  public record Source(String name, String says, String status) {}

  /** How an element of a condition was fulfilled. */
  public enum Kind {
    /** A fact matches it. */
    MATCHED,
    /** At least one fact fulfils it; one is named. */
    PRESENT,
    /** Nothing fulfils it. */
    ABSENT,
    /** Facts were gathered and counted together. */
    GATHERED
  }

  /**
   * An element of a condition.
   *
   * @param type of the facts it is about
   * @param pattern as the rule writes it, on one line
   * @param line where it stands in the rule's file
   * @param checks its constraints, with the values that they were tried on
   * @param bound what else it read
   * @param facts numbers of the statements that fulfil it; empty where something is absent
   * @param standing how many facts of the type stand in all
   * @param assumed the fields read of the requirement that were left open, and what was put in
   */
  public record Step(
      Kind kind,
      String type,
      String pattern,
      int line,
      List<Check> checks,
      List<Value> bound,
      List<Integer> facts,
      long standing,
      Map<String, String> assumed) {

    public Step {
      checks = List.copyOf(checks);
      bound = List.copyOf(bound);
      facts = List.copyOf(facts);
      assumed = Collections.unmodifiableMap(new LinkedHashMap<>(assumed));
    }
  }

  /**
   * A constraint.
   *
   * @param constraint as the rule writes it, on one line
   */
  public record Check(String constraint, List<Value> values) {

    public Check {
      values = List.copyOf(values);
    }
  }

  /**
   * Where a fact is written down.
   *
   * @param file below the home folder
   * @param row its key in the file
   * @param asOf the day it stands for; null where the row names none
   * @param confidence null where the row names none
   * @param source who published it; null where the row names nobody
   * @param note what else the row says of itself; null for nothing
   */
  public record Row(
      String file, String row, String asOf, String confidence, String source, String note) {}
}
