package dev.rigwright.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.rigwright.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What makes a process start faster changes nothing that it says. */
class StartApplicationTest {

  private static final Path APPLICATION = Home.PATH.resolve("target/app");
  private static final Path ARCHIVE = APPLICATION.resolve("rigwright.jsa");
  private static final String DAY = "--as-of=2026-11-22";

  @TempDir private Path scratch;

  private record Ran(int code, String out, String err) {}

  private Ran run(Map<String, String> environment, List<String> command) throws Exception {
    Path out = scratch.resolve("out");
    Path err = scratch.resolve("err");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    assertThat(process.waitFor(600, TimeUnit.SECONDS)).as("it ends").isTrue();
    return new Ran(process.exitValue(), Files.readString(out), Files.readString(err));
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  private Ran advise(String cache, Path home, String... more) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                java(),
                "-XX:TieredStopAtLevel=1",
                "-jar",
                APPLICATION.resolve("rigwright.jar").toString(),
                "advise",
                DAY,
                "--no-log",
                "--home=" + home));
    command.addAll(List.of(more));
    for (String file : List.of("writer", "impossible", "guide-to-the-letter", "two-models")) {
      command.add(Home.PATH.resolve("facts/requirements/" + file + ".json").toString());
    }
    return run(Map.of("RIGWRIGHT_CACHE", cache), command);
  }

  private static Path entry(Path cache) throws IOException {
    try (Stream<Path> files = Files.list(cache)) {
      List<Path> entries = files.toList();
      assertThat(entries).hasSize(1);
      return entries.get(0);
    }
  }

  @Test
  void answers_are_byte_for_byte_the_same_whatever_the_cache() throws Exception {
    Path cache = scratch.resolve("cache");
    for (String format : List.of("--format=json", "--format=text")) {
      Ran off = advise("off", Home.PATH, format);
      assertThat(off.err()).isEmpty();
      assertThat(off.code()).isEqualTo(ExitCode.NEGATIVE);
      if (Files.exists(cache)) {
        Files.delete(entry(cache));
      }
      assertThat(advise(cache.toString(), Home.PATH, format)).as("empty").isEqualTo(off);
      byte[] whole = Files.readAllBytes(entry(cache));
      assertThat(advise(cache.toString(), Home.PATH, format)).as("warm").isEqualTo(off);
      Files.write(entry(cache), Arrays.copyOf(whole, whole.length / 2));
      assertThat(advise(cache.toString(), Home.PATH, format)).as("cut short").isEqualTo(off);
      assertThat(Files.size(entry(cache))).as("made again").isGreaterThan(whole.length / 2);
    }
    Files.setPosixFilePermissions(cache, PosixFilePermissions.fromString("rwxrwxrwx"));
    Ran open = advise(cache.toString(), Home.PATH, "--format=json");
    assertThat(open).isEqualTo(advise("off", Home.PATH, "--format=json"));
  }

  @Test
  void what_a_user_edits_is_in_force_and_held_against_the_rules_with_a_warm_cache()
      throws Exception {
    Path home = scratch.resolve("home");
    Application.copy(Home.PATH.resolve("rules"), home.resolve("rules"));
    Application.copy(Home.PATH.resolve("facts"), home.resolve("facts"));
    String cache = scratch.resolve("cache").toString();
    Ran before = advise(cache, home);
    assertThat(advise(cache, home)).isEqualTo(before);

    Path rule = home.resolve("rules/candidates/cooling.drl");
    String text = Files.readString(rule);
    assertThat(before.out()).contains("Good case airflow is enough");
    Files.writeString(rule, text.replace("Good case airflow", "A gale of air"));
    assertThat(advise(cache, home).out()).contains("A gale of air is enough");
    Path attack = home.resolve("rules/cautions/file-write.drl");
    Files.copy(Home.PATH.resolve("src/test/resources/attacks/file-write.drl"), attack);
    Ran refused = advise(cache, home);
    assertThat(refused.code()).isEqualTo(ExitCode.BROKEN);
    assertThat(refused.out()).isEmpty();
    assertThat(refused.err()).contains("file-write.drl:");
    Files.delete(attack);
    Files.writeString(rule, text);
    assertThat(advise(cache, home)).isEqualTo(before);

    Path cards = home.resolve("facts/catalog/gpus.json");
    String facts = Files.readString(cards);
    Files.writeString(cards, facts.replaceFirst("\"vramGib\": \\d+", "\"vramGib\": 24576"));
    Ran broken = advise(cache, home);
    assertThat(broken.code()).isEqualTo(ExitCode.BROKEN);
    assertThat(broken.err()).contains("gpus.json").contains("24576");
  }

  @Test
  void the_archive_of_the_build_fits_the_application() throws Exception {
    assumeThat(ARCHIVE).exists();
    Ran ran =
        run(
            Map.of(),
            List.of(
                java(),
                "-Xshare:on",
                "-XX:SharedArchiveFile=" + ARCHIVE,
                "-Xlog:class+load",
                "-jar",
                APPLICATION.resolve("rigwright.jar").toString(),
                "--version"));
    assertThat(ran.code()).as(ran.out()).isZero();
    assertThat(ran.out().lines().filter(line -> line.contains("picocli.CommandLine ")))
        .singleElement()
        .asString()
        .contains("shared objects file");
  }

  /** A launcher beside an application of its own, as built. */
  private Path moved() throws IOException {
    Path home = scratch.resolve("moved");
    Files.createDirectories(home.resolve("src/main"));
    Files.createDirectories(home.resolve("scripts"));
    Files.copy(Home.PATH.resolve("pom.xml"), home.resolve("pom.xml"));
    Files.copy(
        Home.PATH.resolve("scripts/rigwright"),
        home.resolve("scripts/rigwright"),
        StandardCopyOption.COPY_ATTRIBUTES);
    Application.copy(APPLICATION, home.resolve("target/app"));
    Files.writeString(home.resolve("target/app/.built"), "");
    return home;
  }

  private Ran launched(Path home, String flags) throws Exception {
    Map<String, String> environment = new HashMap<>();
    environment.put("RIGWRIGHT_HOME", Home.PATH.toString());
    environment.put("RIGWRIGHT_CACHE", "off");
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    if (!flags.isEmpty()) {
      environment.put("JDK_JAVA_OPTIONS", flags);
    }
    return run(
        environment,
        List.of(home.resolve("scripts/rigwright").toString(), "gpus", "--format=json"));
  }

  @Test
  void a_launcher_uses_its_archive_at_its_place_alone_and_never_says_a_word_about_it()
      throws Exception {
    assumeThat(ARCHIVE).exists();
    Path home = moved();
    String named = "-XX:SharedArchiveFile=" + home.resolve("target/app/rigwright.jsa");
    assertThat(launched(home, "-XX:+PrintCommandLineFlags").out())
        .as("it was made for another place")
        .doesNotContain("SharedArchiveFile");
    Ran plain = launched(home, "");
    assertThat(plain.code()).isZero();
    assertThat(plain.err()).isEmpty();
    Path place = home.resolve("target/app/rigwright.jsa.for");
    String made = Files.readString(place);
    Files.writeString(
        place, made.replace(APPLICATION.toString(), home.resolve("target/app").toString()));
    assertThat(launched(home, "-XX:+PrintCommandLineFlags").out()).contains(named);
    assertThat(launched(home, "")).as("an archive of other jars").isEqualTo(plain);
    Path archive = home.resolve("target/app/rigwright.jsa");
    byte[] whole = Files.readAllBytes(archive);
    for (int bytes : new int[] {0, 100, whole.length / 3}) {
      Files.delete(archive);
      Files.write(archive, Arrays.copyOf(whole, bytes));
      assertThat(launched(home, "")).as("%d bytes of it", bytes).isEqualTo(plain);
    }
    Files.writeString(
        place, made.replaceAll("JAVA_RUNTIME_VERSION=.*", "JAVA_RUNTIME_VERSION=\"1\""));
    assertThat(launched(home, "-XX:+PrintCommandLineFlags").out())
        .as("it was made by another Java")
        .doesNotContain("SharedArchiveFile");
  }
}
