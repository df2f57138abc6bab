package dev.rigwright.domain;

import java.util.Map;

/** Something worth knowing that nobody has to be warned of. */
public record Advice(String rule, String subject, Map<String, Object> values)
    implements Conclusion {

  /** Of few fields: truth maintenance asks for it again and again. */
  @Override
  public int hashCode() {
    return 31 * rule.hashCode() + subject.hashCode();
  }
}
