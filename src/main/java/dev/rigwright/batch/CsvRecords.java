package dev.rigwright.batch;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The records of a table, each decoded and parsed by itself, so that one which is malformed spoils
 * no other. A record goes on over line ends that stand in quotes; where a quote is never closed,
 * its first line alone is refused.
 */
final class CsvRecords implements Closeable {

  /**
   * A record.
   *
   * @param number of its first line
   * @param problem what is wrong with it; null for nothing
   */
  record Line(long number, List<String> cells, String problem) {}

  private final LinesInput lines;
  private final Deque<Item> ahead = new ArrayDeque<>();

  CsvRecords(InputStream in) {
    lines = new LinesInput(in);
  }

  /** The next that is not blank; null at the end. */
  Line next() throws IOException {
    Item first = ahead.isEmpty() ? lines.next() : ahead.poll();
    if (first == null) {
      return null;
    }
    if (first.refused() != null) {
      return new Line(first.number(), List.of(), first.refused().message());
    }
    if (!open(first.text(), false)) {
      return parsed(first.number(), first.text());
    }
    ByteArrayOutputStream record = new ByteArrayOutputStream();
    List<Item> taken = new ArrayList<>();
    boolean open = true;
    record.writeBytes(first.text());
    for (long number = first.number(); open && record.size() <= LinesInput.LONGEST_BYTES; ) {
      Item more = ahead.isEmpty() ? lines.next() : ahead.poll();
      if (more == null) {
        break;
      }
      taken.add(more);
      if (more.refused() != null) {
        break;
      }
      // Blank lines are passed over elsewhere; in quotes they are part of the text.
      record.writeBytes(
          "\n".repeat((int) (more.number() - number)).getBytes(StandardCharsets.US_ASCII));
      record.writeBytes(more.text());
      number = more.number();
      open = open(more.text(), true);
    }
    if (open) {
      // What was taken is looked at again: it may be whole records.
      for (int i = taken.size() - 1; i >= 0; i--) {
        ahead.addFirst(taken.get(i));
      }
      return new Line(
          first.number(),
          List.of(),
          "A quote is opened and not closed. Maybe one is missing, or one in the text wants to be doubled.");
    }
    return parsed(first.number(), record.toByteArray());
  }

  /**
   * Whether a quote is open at the end of a line. One closes where a cell ends; what else stands
   * within is text, doubled or not.
   */
  private static boolean open(byte[] line, boolean before) {
    boolean open = before;
    boolean begins = !before;
    for (int i = 0; i < line.length; i++) {
      if (!open) {
        open = begins && line[i] == '"';
        begins = line[i] == ',';
      } else if (line[i] == '"') {
        if (i + 1 < line.length && line[i + 1] == '"') {
          i++;
        } else if (i + 1 == line.length || line[i + 1] == ',' || line[i + 1] == '\r') {
          open = false;
        }
      }
    }
    return open;
  }

  private static Line parsed(long number, byte[] record) {
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(record)).toString();
    } catch (CharacterCodingException other) {
      return new Line(
          number,
          List.of(),
          "Other bytes than UTF-8 stand there. Maybe the text is in another encoding, such as Latin-1.");
    }
    try (CsvReader<CsvRecord> csv =
        CsvReader.builder()
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .ofCsvRecord(text)) {
      return new Line(number, csv.iterator().next().getFields(), null);
    } catch (CsvParseException | IOException malformed) {
      return new Line(number, List.of(), "This is no CSV: %s.".formatted(malformed.getMessage()));
    }
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
