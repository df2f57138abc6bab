package dev.rigwright.domain;

import java.util.Map;

/** Why a whole machine will not do. The subject is the finalist's id. */
public record Rejection(String rule, String subject, Map<String, Object> values)
    implements Conclusion {}
