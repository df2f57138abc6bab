package dev.rigwright.batch;

import dev.rigwright.facts.BadInputException;
import dev.rigwright.facts.RequirementReader;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/** How requirements are written in a file. */
public enum InputFormat {
  /** A JSON object a line. */
  JSONL,
  /** One JSON array of objects. */
  JSON,
  /** A line of column names, then a requirement a line. */
  CSV;

  private static final int LOOKED_AT = 4096;

  /**
   * Opens an input, packed by gzip or not.
   *
   * @param path null for standard input
   * @param format null to be told by the name, else by how it begins
   * @throws BadInputException if there is no such file, or nothing in it
   */
  static Input open(Path path, InputFormat format, RequirementReader reader) throws IOException {
    if (path != null && !Files.isRegularFile(path)) {
      throw new BadInputException(
          "", "There is no file (%s). Maybe the path is another one.".formatted(path));
    }
    String name = path == null ? "standard input" : path.toString();
    BufferedInputStream in = unpacked(path == null ? System.in : Files.newInputStream(path));
    try {
      byte[] start = start(in);
      int first = 0;
      while (first < start.length && start[first] <= ' ' && start[first] >= 0) {
        first++;
      }
      if (first == start.length && start.length < LOOKED_AT) {
        throw new BadInputException(
            "",
            "%s holds no requirement. Maybe it is another file; {} is the least requirement."
                .formatted(name));
      }
      InputFormat known = format == null ? byName(name) : format;
      if (known == null) {
        known = start[first] == '[' ? JSON : start[first] == '{' ? JSONL : CSV;
      }
      return switch (known) {
        case JSONL -> new LinesInput(in);
        case JSON -> new ArrayInput(in);
        case CSV -> new CsvInput(in, reader, name);
      };
    } catch (IOException | RuntimeException failed) {
      in.close();
      throw failed;
    }
  }

  private static InputFormat byName(String name) {
    String plain = name.toLowerCase(Locale.ROOT).replaceFirst("\\.gz$", "");
    return plain.endsWith(".jsonl") || plain.endsWith(".ndjson")
        ? JSONL
        : plain.endsWith(".csv") ? CSV : plain.endsWith(".json") ? JSON : null;
  }

  private static BufferedInputStream unpacked(InputStream raw) throws IOException {
    BufferedInputStream in = new BufferedInputStream(raw, 1 << 16);
    in.mark(2);
    boolean packed = in.read() == 0x1f && in.read() == 0x8b;
    in.reset();
    return packed ? new BufferedInputStream(new GZIPInputStream(in, 1 << 16), 1 << 16) : in;
  }

  /** How it begins, a byte-order mark taken away. */
  private static byte[] start(BufferedInputStream in) throws IOException {
    in.mark(3);
    byte[] mark = in.readNBytes(3);
    boolean marked =
        mark.length == 3
            && mark[0] == (byte) 0xef
            && mark[1] == (byte) 0xbb
            && mark[2] == (byte) 0xbf;
    if (!marked) {
      in.reset();
    }
    in.mark(LOOKED_AT);
    byte[] start = in.readNBytes(LOOKED_AT);
    in.reset();
    return start;
  }
}
