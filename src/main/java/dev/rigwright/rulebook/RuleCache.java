package dev.rigwright.rulebook;

import dev.rigwright.domain.Fingerprint;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.kie.api.KieBase;

/**
 * Rules that were compiled before, in a folder of the user's own: what makes a command wait is
 * mostly the rule compiler. An entry is used where everything that it was made of is the same: the
 * rule files byte for byte, the application, Drools, the Java it runs on. Anything else, and
 * anything wrong with folder or file, is as if there were no entry; nobody is told, for nothing but
 * time is lost. Rule files are held against what a rule may do before an entry is opened.
 */
public final class RuleCache {

  /** Names the folder in place of the user's own cache folder; {@code off} for no cache. */
  public static final String VARIABLE = "RIGWRIGHT_CACHE";

  private static final byte[] MAGIC =
      "rigwright compiled rules 1\n".getBytes(StandardCharsets.US_ASCII);
  private static final int DIGEST = 32;
  private static final int MOST_BYTES = 1 << 26;
  private static final int MOST_ENTRIES = 12;

  private final Path folder;

  private RuleCache(Path folder) {
    this.folder = folder;
  }

  /** A cache that keeps nothing. */
  public static RuleCache none() {
    return new RuleCache(null);
  }

  /** A cache in a folder, which is made (mode 700) when there is something to keep. */
  public static RuleCache in(Path folder) {
    return new RuleCache(folder);
  }

  /** The cache of the user whose process this is. */
  public static RuleCache ofUser() {
    return of(System.getenv(), System.getProperty("os.name"), System.getProperty("user.home"));
  }

  /**
   * The cache of a user.
   *
   * @param environment the variables of the process
   * @param system the operating system, as {@code os.name} says it
   * @param home the user's home folder
   */
  static RuleCache of(Map<String, String> environment, String system, String home) {
    String named = environment.getOrDefault(VARIABLE, "");
    if (named.equals("off")) {
      return none();
    }
    if (!named.isBlank()) {
      return in(Path.of(named));
    }
    String caches = environment.getOrDefault("XDG_CACHE_HOME", "");
    if (caches.startsWith("/")) {
      return in(Path.of(caches).resolve("rigwright"));
    }
    if (home == null || !Path.of(home).isAbsolute()) {
      return none();
    }
    boolean mac = system.toLowerCase(Locale.ROOT).startsWith("mac");
    return in(
        Path.of(home)
            .resolve(mac ? Path.of("Library", "Caches") : Path.of(".cache"))
            .resolve("rigwright"));
  }

  /** Where it lies; null where nothing is kept. */
  Path folder() {
    return folder;
  }

  /** What was kept of rules; null where there is nothing that can be used. */
  byte[] find(String rulebook) {
    if (folder == null) {
      return null;
    }
    try (PrivateFolder open = PrivateFolder.open(folder)) {
      String key = key(rulebook);
      return unpacked(key, open.read(name(key), MOST_BYTES));
    } catch (IOException | RuntimeException unusable) {
      return null;
    }
  }

  /** Whether something would be kept. */
  boolean keeps() {
    return folder != null;
  }

  /** Keeps compiled rules, where that can be done. */
  void keep(String rulebook, byte[] compiled) {
    try (PrivateFolder open = PrivateFolder.make(folder)) {
      String key = key(rulebook);
      open.write(name(key), packed(key, compiled));
      open.keepLast(MOST_ENTRIES);
    } catch (IOException | RuntimeException unusable) {
      // The next process compiles as this one did.
    }
  }

  private static String name(String key) {
    return "rules-" + Fingerprint.sha256(key.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] packed(String key, byte[] compiled) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream(1 << 20);
    Deflater fast = new Deflater(Deflater.BEST_SPEED);
    try (DataOutputStream out =
        new DataOutputStream(new DeflaterOutputStream(packed, fast, 1 << 16))) {
      out.writeUTF(key);
      out.writeInt(compiled.length);
      out.write(compiled);
    } finally {
      fast.end();
    }
    ByteArrayOutputStream all = new ByteArrayOutputStream(packed.size() + 64);
    all.writeBytes(MAGIC);
    all.writeBytes(HexFormat.of().parseHex(Fingerprint.sha256(packed.toByteArray())));
    packed.writeTo(all);
    return all.toByteArray();
  }

  private static byte[] unpacked(String key, byte[] content) throws IOException {
    int start = MAGIC.length + DIGEST;
    if (content.length < start
        || !Arrays.equals(content, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
      throw new IOException("No compiled rules.");
    }
    byte[] packed = Arrays.copyOfRange(content, start, content.length);
    String digest = HexFormat.of().formatHex(content, MAGIC.length, start);
    if (!Fingerprint.sha256(packed).equals(digest)) {
      throw new IOException("Not what was written.");
    }
    try (DataInputStream in =
        new DataInputStream(new InflaterInputStream(new ByteArrayInputStream(packed)))) {
      if (!in.readUTF().equals(key)) {
        throw new IOException("Made of something else.");
      }
      int size = in.readInt();
      if (size < 0 || size > MOST_BYTES) {
        throw new IOException("Too large.");
      }
      return in.readNBytes(size);
    }
  }

  /** All that compiled rules are made of. */
  private static String key(String rulebook) throws IOException {
    return String.join(
        "\n",
        rulebook,
        "Drools " + KieBase.class.getPackage().getImplementationVersion(),
        "application " + Application.IDENTITY,
        "Java " + System.getProperty("java.vm.vendor"),
        System.getProperty("java.vm.version"),
        System.getProperty("java.version"));
  }

  /**
   * What names this application's own classes, and by its manifest the versions of its libraries.
   */
  private static final class Application {

    static final String IDENTITY = identity();

    private static String identity() {
      try {
        Path code =
            Path.of(RuleCache.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        if (Files.isRegularFile(code)) {
          byte[] jar = Files.readAllBytes(code);
          CRC32 sum = new CRC32();
          sum.update(jar);
          return jar.length + " " + Long.toHexString(sum.getValue());
        }
        Map<String, byte[]> classes = new TreeMap<>();
        try (Stream<Path> files = Files.walk(code)) {
          for (Path file : files.filter(Files::isRegularFile).toList()) {
            classes.put(code.relativize(file).toString(), Files.readAllBytes(file));
          }
        }
        return Fingerprint.ofFiles(classes);
      } catch (IOException | URISyntaxException unknown) {
        throw new IllegalStateException(unknown);
      }
    }
  }
}
