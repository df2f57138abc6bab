package dev.rigwright.domain;

import java.util.Map;

/** Why a whole machine will not do. The subject is the finalist's id. */
public record Rejection(String rule, String subject, Map<String, Object> values)
    implements Conclusion {

  /** Of few fields: truth maintenance asks for it again and again. */
  @Override
  public int hashCode() {
    return 31 * rule.hashCode() + subject.hashCode();
  }
}
