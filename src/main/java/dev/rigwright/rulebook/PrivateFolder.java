package dev.rigwright.rulebook;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * An open folder that belongs to this user and is closed to everybody else (mode 700), and of whose
 * files the same holds. What is asked of it is asked of the folder that was opened, whatever its
 * path leads to meanwhile.
 */
final class PrivateFolder implements AutoCloseable {

  private static final Set<PosixFilePermission> FOLDER =
      PosixFilePermissions.fromString("rwx------");
  private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");

  private final SecureDirectoryStream<Path> folder;
  private final UserPrincipal user;

  private PrivateFolder(SecureDirectoryStream<Path> folder, UserPrincipal user) {
    this.folder = folder;
    this.user = user;
  }

  /**
   * Opens a folder.
   *
   * @throws IOException if it is not there, is a link, belongs to somebody else, is open to others,
   *     or if the system cannot tell
   */
  static PrivateFolder open(Path path) throws IOException {
    UserPrincipal user = user(path);
    if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException("No folder: " + path);
    }
    DirectoryStream<Path> stream = Files.newDirectoryStream(path);
    try {
      if (stream instanceof SecureDirectoryStream<Path> secure) {
        PosixFileAttributes found =
            secure.getFileAttributeView(PosixFileAttributeView.class).readAttributes();
        if (found.owner().equals(user) && found.permissions().equals(FOLDER)) {
          return new PrivateFolder(secure, user);
        }
      }
    } catch (IOException | RuntimeException unknown) {
      stream.close();
      throw unknown;
    }
    stream.close();
    throw new IOException("Not this user's alone: " + path);
  }

  /** Opens a folder, which is made where there is none. */
  static PrivateFolder make(Path path) throws IOException {
    Path parent = path.toAbsolutePath().getParent();
    if (parent != null) {
      Files.createDirectories(parent, PosixFilePermissions.asFileAttribute(FOLDER));
    }
    try {
      Files.createDirectory(path, PosixFilePermissions.asFileAttribute(FOLDER));
    } catch (FileAlreadyExistsException there) {
      // What is there is held against the same as what was made.
    }
    return open(path);
  }

  private static UserPrincipal user(Path path) throws IOException {
    try {
      long id = new UnixSystem().getUid();
      return path.getFileSystem()
          .getUserPrincipalLookupService()
          .lookupPrincipalByName(Long.toString(id));
    } catch (LinkageError | UnsupportedOperationException unknown) {
      throw new IOException("The system does not say who owns what.", unknown);
    }
  }

  /**
   * The content of a file.
   *
   * @throws IOException if it is not there, is no plain file, belongs to somebody else, is open to
   *     others, or is larger than what is read at most
   */
  byte[] read(String name, int most) throws IOException {
    Path file = Path.of(name);
    PosixFileAttributes found =
        folder
            .getFileAttributeView(file, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
            .readAttributes();
    if (!found.isRegularFile()
        || !found.owner().equals(user)
        || !FILE.containsAll(found.permissions())
        || found.size() > most) {
      throw new IOException("Not this user's own file: " + name);
    }
    try (SeekableByteChannel channel =
        folder.newByteChannel(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
      ByteBuffer content = ByteBuffer.allocate((int) found.size());
      while (content.hasRemaining() && channel.read(content) >= 0) {
        // Until it is full or the file ends.
      }
      if (content.hasRemaining()) {
        throw new IOException("It became shorter: " + name);
      }
      return content.array();
    }
  }

  /** Writes a file, which appears under its name only when it is whole. */
  void write(String name, byte[] content) throws IOException {
    Path beside = Path.of(name + "." + UUID.randomUUID() + ".part");
    try (SeekableByteChannel channel =
        folder.newByteChannel(
            beside,
            Set.of(
                StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
            PosixFilePermissions.asFileAttribute(FILE))) {
      ByteBuffer rest = ByteBuffer.wrap(content);
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
    } catch (IOException failed) {
      delete(beside);
      throw failed;
    }
    folder.move(beside, folder, Path.of(name));
  }

  /** Removes all but the files that were written last. */
  void keepLast(int most) throws IOException {
    Map<Path, FileTime> written = new HashMap<>();
    for (Path path : folder) {
      Path file = path.getFileName();
      PosixFileAttributes found =
          folder
              .getFileAttributeView(file, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
              .readAttributes();
      if (!found.isDirectory()) {
        written.put(file, found.lastModifiedTime());
      }
    }
    written.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .skip(most)
        .forEach(old -> delete(old.getKey()));
  }

  private void delete(Path file) {
    try {
      folder.deleteFile(file);
    } catch (IOException gone) {
      // Somebody else removed it, or will.
    }
  }

  @Override
  public void close() throws IOException {
    folder.close();
  }
}
