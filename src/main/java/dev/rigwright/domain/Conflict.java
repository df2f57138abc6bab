package dev.rigwright.domain;

import java.util.Map;

/** The guide and published figures disagree. The subject is the claim's number. */
public record Conflict(String rule, String subject, Map<String, Object> values)
    implements Conclusion {

  /** Of few fields: truth maintenance asks for it again and again. */
  @Override
  public int hashCode() {
    return 31 * rule.hashCode() + subject.hashCode();
  }
}
