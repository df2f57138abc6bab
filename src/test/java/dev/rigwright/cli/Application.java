package dev.rigwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rigwright.Home;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Starts the packaged application as a process over the checkout's rules and facts: as the launcher
 * does, with the archive of loaded classes where the build made one, and with compiled rules kept
 * from one start to the next.
 */
public final class Application {

  private static final Path ARCHIVE = Home.PATH.resolve("target/app/rigwright.jsa");

  private final Path folder;
  private final Path java;
  private final List<String> prefix;
  private final List<String> flags;

  /** An application that keeps its streams in a folder of the test's own. */
  Application(Path folder) {
    this(
        folder,
        Path.of(System.getProperty("java.home")),
        List.of(),
        flags("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
  }

  /**
   * An application started in another way.
   *
   * @param java its home
   * @param prefix what the command line begins with
   * @param flags for the virtual machine
   */
  Application(Path folder, Path java, List<String> prefix, List<String> flags) {
    this.folder = folder;
    this.java = java;
    this.prefix = prefix;
    this.flags = flags;
  }

  /** Some flags, and those that make a start quick. */
  public static List<String> flags(String... more) {
    List<String> flags = new ArrayList<>(List.of(more));
    if (Files.isRegularFile(ARCHIVE)) {
      flags.addAll(List.of("-XX:SharedArchiveFile=" + ARCHIVE, "-Xshare:auto", "-Xlog:disable"));
    }
    return flags;
  }

  /** Over the checkout's rules and facts; where compiled rules are kept the build says. */
  public static void environment(ProcessBuilder builder) {
    builder.environment().put("RIGWRIGHT_HOME", Home.PATH.toString());
  }

  /** How a run ended. */
  record Ran(int code, String out, String err) {}

  /** Runs a command to its end, with a text on standard input. */
  Ran run(String input, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(prefix);
    command.add(java.resolve("bin/java").toString());
    command.addAll(flags);
    command.addAll(List.of("-jar", Home.PATH.resolve("target/app/rigwright.jar").toString()));
    command.addAll(List.of(arguments));
    Path streams = Files.createDirectories(folder.resolve("streams"));
    Path out = streams.resolve("out");
    Path err = streams.resolve("err");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectInput(Files.writeString(streams.resolve("in"), input).toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    environment(builder);
    Process process = builder.start();
    assertThat(process.waitFor(600, TimeUnit.SECONDS)).as("it ends").isTrue();
    return new Ran(process.exitValue(), Files.readString(out), Files.readString(err));
  }

  /**
   * Runs a command that reads no standard input in this process: the same command, without the
   * start of a process. What a start adds is for a few tests of each command to see.
   */
  static Ran here(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code = Main.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    return new Ran(code, out.toString(), err.toString());
  }

  /** Copies a folder with all that is in it. */
  static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> paths = Files.walk(from)) {
      for (Path path : paths.filter(Files::isRegularFile).toList()) {
        Path target = to.resolve(from.relativize(path).toString());
        Files.createDirectories(target.getParent());
        Files.copy(path, target);
      }
    }
  }
}
