package dev.rigwright.batch;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.GZIPOutputStream;

/**
 * A file that grows by segments. Packed, each segment is a member of its own, so that the file can
 * be cut between two of them and go on to the same bytes.
 */
final class Part implements Closeable {

  private final FileChannel channel;
  private final boolean packed;
  private final ByteArrayOutputStream segment = new ByteArrayOutputStream(1 << 20);

  /**
   * Opens a part and cuts it.
   *
   * @param length up to where it is kept
   */
  Part(Path file, boolean packed, long length) throws IOException {
    this.packed = packed;
    channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    channel.truncate(length);
    channel.position(length);
  }

  /** Keeps others from the same file; false if somebody has it. */
  boolean lock() throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (java.nio.channels.OverlappingFileLockException sameProcess) {
      return false;
    }
  }

  void write(byte[] bytes) throws IOException {
    segment.writeBytes(bytes);
    if (!packed && segment.size() > 1 << 20) {
      flush();
    }
  }

  /** Ends the segment: all is on the disk. */
  long end() throws IOException {
    flush();
    channel.force(false);
    return channel.position();
  }

  private void flush() throws IOException {
    if (segment.size() == 0) {
      return;
    }
    byte[] bytes = segment.toByteArray();
    segment.reset();
    ByteBuffer out = ByteBuffer.wrap(packed ? packed(bytes) : bytes);
    while (out.hasRemaining()) {
      channel.write(out);
    }
  }

  private static byte[] packed(byte[] bytes) throws IOException {
    ByteArrayOutputStream member = new ByteArrayOutputStream(bytes.length / 4 + 64);
    try (GZIPOutputStream gzip = new GZIPOutputStream(member)) {
      gzip.write(bytes);
    }
    return member.toByteArray();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
