package dev.rigwright.batch;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.rigwright.facts.BadInputException;
import dev.rigwright.facts.Json;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;

/**
 * How far a run has come: up to here all is on the disk, and the bytes behind are forgotten.
 *
 * @param run what the run is of; only the same goes on
 * @param today the day that is filled in where a requirement names none
 * @param read lines that are done
 * @param outBytes length of the answers' part
 * @param rejectBytes length of the rejects' part
 * @param idBytes length of the ids' part
 * @param finished whether all lines are done, and only the names are missing
 */
record Checkpoint(
    String run,
    LocalDate today,
    long read,
    long outBytes,
    long rejectBytes,
    long idBytes,
    Summary summary,
    boolean finished) {

  /** Reads one; null where there is none. */
  static Checkpoint read(Path file) throws IOException {
    if (!Files.exists(file)) {
      return null;
    }
    try {
      return Json.MAPPER.readValue(Files.readAllBytes(file), Checkpoint.class);
    } catch (JsonProcessingException broken) {
      throw new BadInputException(
          "", "%s cannot be read. Maybe begin anew, without --resume.".formatted(file));
    }
  }

  /** Writes it whole or not at all. */
  void write(Path file) throws IOException {
    Path aside = file.resolveSibling(file.getFileName() + ".new");
    Files.write(aside, Json.MAPPER.writeValueAsBytes(this));
    try (FileChannel channel = FileChannel.open(aside, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
