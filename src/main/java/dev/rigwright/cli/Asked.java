package dev.rigwright.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rigwright.domain.Requirement;
import java.time.LocalDate;

/**
 * A requirement to be answered.
 *
 * @param given as it was given
 * @param on the day that was filled in where it names none
 * @param read complete
 */
record Asked(JsonNode given, LocalDate on, Requirement read) {}
