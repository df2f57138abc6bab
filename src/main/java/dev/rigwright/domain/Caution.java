package dev.rigwright.domain;

import java.util.Map;

/** A warning about what was picked, is owned or was named. */
public record Caution(String rule, String subject, Map<String, Object> values)
    implements Conclusion {

  /** Of few fields: truth maintenance asks for it again and again. */
  @Override
  public int hashCode() {
    return 31 * rule.hashCode() + subject.hashCode();
  }
}
