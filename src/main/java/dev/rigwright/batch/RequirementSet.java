package dev.rigwright.batch;

import dev.rigwright.domain.Requirement;
import dev.rigwright.facts.BadInputException;
import dev.rigwright.facts.RequirementReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Requirements to try rules on, all in memory: a file as {@code batch} takes it (JSON lines, a JSON
 * array, CSV; packed or not), a JSON file of one, or a folder of such.
 *
 * @param requirements in their order
 * @param refused what is none, in their order
 */
public record RequirementSet(List<Requirement> requirements, List<Refused> refused) {

  public RequirementSet {
    requirements = List.copyOf(requirements);
    refused = List.copyOf(refused);
  }

  /**
   * What is no requirement.
   *
   * @param place its file; where that holds several, with the number of the line, or of the element
   *     of an array, behind
   * @param why all that is wrong with it
   */
  public record Refused(String place, BadInputException why) {}

  /**
   * Reads a set.
   *
   * @param today the day of requirements that name none
   * @throws BadInputException if there is no such file or folder, or nothing in it
   */
  public static RequirementSet read(Path path, RequirementReader reader, LocalDate today)
      throws IOException {
    Reading reading = new Reading(reader, today, new ArrayList<>(), new ArrayList<>());
    if (Files.isDirectory(path)) {
      List<Path> files;
      try (Stream<Path> all = Files.list(path)) {
        files = all.filter(file -> file.toString().endsWith(".json")).sorted().toList();
      }
      if (files.isEmpty()) {
        throw new BadInputException(
            "",
            "%s holds no requirement. Maybe it is another folder; of a folder the .json files are read, one requirement each."
                .formatted(path));
      }
      for (Path file : files) {
        reading.one(file.toString(), Item.text(1, Files.readAllBytes(file)));
      }
    } else if (!reading.alone(path)) {
      reading.several(path);
    }
    return new RequirementSet(reading.requirements, reading.refused);
  }

  private record Reading(
      RequirementReader reader,
      LocalDate today,
      List<Requirement> requirements,
      List<Refused> refused) {

    /** Reads a file that is one requirement, over as many lines as it likes. */
    private boolean alone(Path file) throws IOException {
      if (!named(file) || !Files.isRegularFile(file)) {
        return false;
      }
      byte[] text = Files.readAllBytes(file);
      try {
        if (!reader.parse(text).isObject()) {
          return false;
        }
      } catch (BadInputException several) {
        return false;
      }
      one(file.toString(), Item.text(1, text));
      return true;
    }

    private void several(Path file) throws IOException {
      // An object a line is one although its name ends as that of an array.
      InputFormat format = named(file) && objects(file) ? InputFormat.JSONL : null;
      try (Input input = InputFormat.open(file, format, reader)) {
        for (Item item = input.next(); item != null; item = input.next()) {
          one(file + ":" + item.number(), item);
        }
      }
    }

    private static boolean named(Path file) {
      return file.toString().endsWith(".json");
    }

    private static boolean objects(Path file) throws IOException {
      return Files.isRegularFile(file)
          && new String(Files.readAllBytes(file), StandardCharsets.UTF_8).strip().startsWith("{");
    }

    private void one(String place, Item item) {
      try {
        requirements.add(reader.read(item.given(reader), today));
      } catch (BadInputException wrong) {
        refused.add(new Refused(place, wrong));
      }
    }
  }
}
