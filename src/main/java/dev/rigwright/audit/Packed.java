package dev.rigwright.audit;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDictCompress;
import com.github.luben.zstd.ZstdDictDecompress;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import com.github.luben.zstd.util.Native;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * Bytes as they lie in the log: an outcome as a Zstandard frame, files as a ZIP archive. A frame
 * leaves out what stands in a dictionary that comes with this program and names it; those of older
 * layouts name none. Still older logs hold outcomes as zlib streams, and so do those of systems
 * that cannot load Zstandard; the first bytes tell which it is.
 */
final class Packed {

  /** With the dictionary smaller than faster levels, and as fast. */
  private static final int ZSTANDARD_LEVEL = 3;

  /** Fast, and within a tenth of the smallest. */
  private static final int ZLIB_LEVEL = 1;

  /** What a Zstandard frame begins with (RFC 8878, 3.1.1). */
  private static final byte[] ZSTANDARD = {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd};

  /** The dictionary, beside this class. */
  static final String DICTIONARY = "outcomes-1.dictionary";

  /** Each has tables that cost more to make and to touch first than a record to pack. */
  private static final Queue<ZstdCompressCtx> COMPRESSORS = new ArrayBlockingQueue<>(4);

  /** No outcome is larger; what claims to be is broken, and must not fill the memory. */
  private static final int LARGEST = 64 << 20;

  /** The first moment that an archive can name. */
  private static final LocalDateTime EPOCH = LocalDateTime.of(1980, 1, 1, 0, 0);

  private Packed() {}

  /**
   * What outcomes have in common, trained by {@code scripts/bench dictionary 500 7} from decisions
   * on the sample's requirements with other numbers. Records name it: it is never changed, only
   * followed by another.
   */
  private static final class Dictionary {
    private static final byte[] BYTES = bytes();
    private static final long ID = Zstd.getDictIdFromDict(BYTES);
    private static final ZstdDictCompress PACKING = new ZstdDictCompress(BYTES, ZSTANDARD_LEVEL);
    private static final ZstdDictDecompress UNPACKING = new ZstdDictDecompress(BYTES);

    private static byte[] bytes() {
      try (InputStream in = Packed.class.getResourceAsStream(DICTIONARY)) {
        return in.readAllBytes();
      } catch (IOException broken) {
        throw new UncheckedIOException(broken);
      }
    }
  }

  /** Whether this system has Zstandard; it lies in a library that is loaded once. */
  private static final class Loaded {
    private static final boolean ZSTANDARD = loads();

    private static boolean loads() {
      try {
        Native.load();
        return true;
      } catch (LinkageError none) {
        return false;
      }
    }
  }

  /** An outcome, packed with what this system has. */
  static byte[] outcome(byte[] bytes) {
    return Loaded.ZSTANDARD ? zstandard(bytes) : zlib(bytes);
  }

  private static byte[] zstandard(byte[] bytes) {
    ZstdCompressCtx kept = COMPRESSORS.poll();
    ZstdCompressCtx compressor =
        kept == null ? new ZstdCompressCtx().loadDict(Dictionary.PACKING) : kept;
    byte[] packed = compressor.compress(bytes);
    if (!COMPRESSORS.offer(compressor)) {
      compressor.close();
    }
    return packed;
  }

  static byte[] zlib(byte[] bytes) {
    Deflater deflater = new Deflater(ZLIB_LEVEL);
    ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length / 4);
    try (DeflaterOutputStream zlib = new DeflaterOutputStream(out, deflater)) {
      zlib.write(bytes);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    } finally {
      deflater.end();
    }
    return out.toByteArray();
  }

  /**
   * What {@link #outcome} was given, here or on another system.
   *
   * @throws IOException if it is not whole
   * @throws LogException if this system cannot unpack it, whole or not
   */
  static byte[] unpacked(byte[] packed) throws IOException {
    boolean zstandard =
        packed.length >= ZSTANDARD.length
            && Arrays.equals(ZSTANDARD, 0, ZSTANDARD.length, packed, 0, ZSTANDARD.length);
    if (zstandard && !Loaded.ZSTANDARD) {
      throw new LogException(
          "The decision log is packed with Zstandard, whose library cannot be loaded here. Maybe %s is full or closed, or programs may not be run from there."
              .formatted(System.getProperty("java.io.tmpdir")));
    }
    ByteArrayInputStream in = new ByteArrayInputStream(packed);
    try (InputStream stream = zstandard ? frame(packed, in) : new InflaterInputStream(in)) {
      byte[] bytes = stream.readNBytes(LARGEST + 1);
      if (bytes.length > LARGEST) {
        throw new IOException("the stream does not end");
      }
      return bytes;
    }
  }

  private static InputStream frame(byte[] packed, InputStream in) throws IOException {
    ZstdInputStreamNoFinalizer stream = new ZstdInputStreamNoFinalizer(in);
    long dictionary = Zstd.getDictIdFromFrame(packed);
    if (dictionary == Dictionary.ID) {
      return stream.setDict(Dictionary.UNPACKING);
    } else if (dictionary != 0) {
      stream.close();
      throw new IOException("it was never packed with a dictionary " + dictionary);
    }
    return stream;
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
