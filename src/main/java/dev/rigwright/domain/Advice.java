package dev.rigwright.domain;

import java.util.Map;

/** Something worth knowing that nobody has to be warned of. */
public record Advice(String rule, String subject, Map<String, Object> values)
    implements Conclusion {}
