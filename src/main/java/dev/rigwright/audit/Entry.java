package dev.rigwright.audit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rigwright.engine.Decision;
import java.time.Instant;
import java.time.LocalDate;

/**
 * A decision to be recorded.
 *
 * @param decision what was answered
 * @param asked the requirement as it was given
 * @param askedOn the day that was filled in where it named none
 * @param at when it was decided
 * @param redacted whether what somebody wrote freely stays out of the log
 */
public record Entry(
    Decision decision, JsonNode asked, LocalDate askedOn, Instant at, boolean redacted) {}
