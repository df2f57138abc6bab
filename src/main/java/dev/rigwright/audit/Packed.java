package dev.rigwright.audit;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** Bytes as they lie in the log: an outcome as a zlib stream, files as a ZIP archive. */
final class Packed {

  /** Fast, and within a tenth of the smallest. */
  private static final int LEVEL = 1;

  /**
   * Each has 260 KB of tables, which cost more to make and to touch first than a record to pack.
   */
  private static final Queue<Deflater> DEFLATERS = new ArrayBlockingQueue<>(4);

  /** No outcome is larger; what claims to be is broken, and must not fill the memory. */
  private static final int LARGEST = 64 << 20;

  /** The first moment that an archive can name. */
  private static final LocalDateTime EPOCH = LocalDateTime.of(1980, 1, 1, 0, 0);

  private Packed() {}

  static byte[] deflated(byte[] bytes) {
    Deflater kept = DEFLATERS.poll();
    Deflater deflater = kept == null ? new Deflater(LEVEL) : kept;
    deflater.setInput(bytes);
    deflater.finish();
    // One call does where it shrinks to half; outcomes do, to a fifth.
    byte[] packed = new byte[bytes.length / 2 + 64];
    int count = 0;
    while (true) {
      count += deflater.deflate(packed, count, packed.length - count);
      if (deflater.finished()) {
        break;
      }
      packed = Arrays.copyOf(packed, 2 * packed.length);
    }
    deflater.reset();
    if (!DEFLATERS.offer(deflater)) {
      deflater.end();
    }
    return Arrays.copyOf(packed, count);
  }

  /**
   * What {@link #deflated} was given.
   *
   * @throws IOException if it is no whole stream
   */
  static byte[] inflated(byte[] packed) throws IOException {
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(packed);
      ByteArrayOutputStream out = new ByteArrayOutputStream(packed.length * 5);
      byte[] buffer = new byte[8192];
      while (!inflater.finished()) {
        int count = inflater.inflate(buffer);
        if (count == 0 && !inflater.finished()) {
          throw new IOException("the stream ends early");
        }
        out.write(buffer, 0, count);
        if (out.size() > LARGEST) {
          throw new IOException("the stream does not end");
        }
      }
      return out.toByteArray();
    } catch (DataFormatException broken) {
      throw new IOException(broken.getMessage(), broken);
    } finally {
      inflater.end();
    }
  }

  /** Files in their order. */
  static byte[] zipped(Map<String, byte[]> files) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        ZipEntry entry = new ZipEntry(file.getKey());
        // The same bytes whenever and wherever it is packed.
        entry.setTimeLocal(EPOCH);
        zip.putNextEntry(entry);
        zip.write(file.getValue());
        zip.closeEntry();
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return out.toByteArray();
  }

  /**
   * The files of an archive, in its order.
   *
   * @throws IOException if it is broken
   */
  static Map<String, byte[]> unzipped(byte[] archive) throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        byte[] bytes = zip.readNBytes(LARGEST);
        if (files.put(entry.getName(), bytes) != null) {
          throw new IOException("a file (" + entry.getName() + ") is in it twice");
        }
      }
    } catch (IllegalArgumentException brokenName) {
      throw new IOException(brokenName.getMessage(), brokenName);
    }
    return files;
  }
}
