package dev.rigwright.web.page;

import dev.rigwright.audit.Why;
import java.util.HashSet;
import java.util.Set;

/** A proof while it is written out: each statement is told once. Not thread-safe. */
public final class ProofView {

  /** As deep as it goes. */
  public static final int ALL = Integer.MAX_VALUE;

  private static final int OPEN_INLINE = 1;
  private static final int OPEN_PAGE = 2;

  private final Why why;
  private final String problem;
  private final Links links;
  private final Numbers numbers;
  private final int most;
  private final Set<Integer> told = new HashSet<>();

  private ProofView(Why why, String problem, Links links, Numbers numbers, int most) {
    this.why = why;
    this.problem = problem;
    this.links = links;
    this.numbers = numbers;
    this.most = most;
  }

  /**
   * A proof.
   *
   * @param most how many conclusions deep it is written out
   */
  static ProofView of(Why why, Links links, Numbers numbers, int most) {
    return new ProofView(why, null, links, numbers, most);
  }

  /** Why there is no proof. */
  static ProofView none(String problem, Links links, Numbers numbers) {
    return new ProofView(null, problem, links, numbers, ALL);
  }

  /** The proof; null where there is none. */
  public Why why() {
    return why;
  }

  /** Why there is none; null where there is one. */
  public String problem() {
    return problem;
  }

  /** Where questions are asked. */
  public Links links() {
    return links;
  }

  /** The figures of the visitor. */
  public Numbers numbers() {
    return numbers;
  }

  /** How many conclusions deep it is written out. */
  public int most() {
    return most;
  }

  /** How many conclusions deep it is open at first. */
  public int open() {
    return most == ALL ? OPEN_PAGE : OPEN_INLINE;
  }

  /** Whether a statement is told now, for the first time. */
  public boolean tell(int number) {
    return told.add(number);
  }

  /** The name of a statement's place; several proofs may stand on a page, and then have none. */
  public String id(int number) {
    return most == ALL ? "s" + number : null;
  }

  /** A text with the visitor's figures. */
  public String said(String text) {
    return numbers.said(text);
  }

  /** What was published behind a row; null where no address is known. */
  public String link(Why.Row row) {
    return row.source() == null ? null : Line.Source.link(row.source());
  }
}
