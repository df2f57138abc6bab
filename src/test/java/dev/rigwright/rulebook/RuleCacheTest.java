package dev.rigwright.rulebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.rigwright.Home;
import dev.rigwright.domain.CardCount;
import dev.rigwright.rulebook.RulebookException.Problem;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kie.api.KieBase;
import org.kie.api.runtime.KieSession;
import org.kie.internal.builder.KnowledgeBuilder;

/** Rules that were compiled before are used where nothing changed, and are never in the way. */
class RuleCacheTest {

  private static final String RULE =
      """
      package rigwright;

      import dev.rigwright.domain.CardCount;

      declare Several
          cards : int @key
      end

      rule "counts/several"
          @because( "More than one is several" )
          @source( "facts/policy.json#cardCounts" )
          @reviewed( "2026-11-22" )
      when
          CardCount( $cards : count > 1 )
      then
          insertLogical( new Several( $cards ) );
      end
      """;

  @TempDir private Path scratch;

  private Path folder;
  private Path rules;
  private RuleCache cache;

  @BeforeEach
  void a_folder_of_rules_and_one_for_the_cache() throws IOException {
    folder = scratch.resolve("cache");
    cache = RuleCache.in(folder);
    rules = scratch.resolve("rules");
    write(RULE);
  }

  private void write(String rule) throws IOException {
    Files.createDirectories(rules.resolve("needs"));
    Files.writeString(rules.resolve("needs/counts.drl"), rule);
  }

  private String hash() {
    return RulebookReader.fingerprint(RulebookReader.texts(rules));
  }

  private List<Path> entries() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  private Path entry() throws IOException {
    List<Path> entries = entries();
    assertThat(entries).hasSize(1);
    return entries.get(0);
  }

  private static List<String> concluded(KieBase base) {
    KieSession session = base.newKieSession();
    session.insert(new CardCount(1));
    session.insert(new CardCount(4));
    session.fireAllRules(10);
    List<String> facts = new ArrayList<>();
    session.getObjects().forEach(fact -> facts.add(fact.toString()));
    session.dispose();
    return facts.stream().sorted().toList();
  }

  private static String of(String system, Map<String, String> environment) {
    return String.valueOf(RuleCache.of(environment, system, "/home/ada").folder());
  }

  @Test
  void it_lies_in_the_users_cache_folder_or_where_a_variable_says() {
    assertThat(of("Linux", Map.of())).isEqualTo("/home/ada/.cache/rigwright");
    assertThat(of("Linux", Map.of("XDG_CACHE_HOME", "/c"))).isEqualTo("/c/rigwright");
    assertThat(of("Linux", Map.of("XDG_CACHE_HOME", "c")))
        .as("a relative path counts for nothing")
        .isEqualTo("/home/ada/.cache/rigwright");
    assertThat(of("Mac OS X", Map.of())).isEqualTo("/home/ada/Library/Caches/rigwright");
    assertThat(of("Linux", Map.of("RIGWRIGHT_CACHE", "/d", "XDG_CACHE_HOME", "/c")))
        .isEqualTo("/d");
    assertThat(of("Linux", Map.of("RIGWRIGHT_CACHE", "off"))).isEqualTo("null");
    assertThat(RuleCache.of(Map.of(), "Linux", "?").folder()).as("no home").isNull();
  }

  @Test
  void what_was_kept_concludes_what_a_compilation_does() throws IOException {
    Rulebook compiled = RulebookReader.read(rules, cache);
    byte[] kept = cache.find(hash());
    assertThat(kept).isNotNull();
    assertThat(concluded(CompiledRules.base(kept)))
        .isEqualTo(concluded(compiled.base()))
        .contains("Several( cards=4 )");
    FileTime written = Files.getLastModifiedTime(entry());
    Rulebook again = RulebookReader.read(rules, cache);
    assertThat(again.rules()).isEqualTo(compiled.rules());
    assertThat(again.hash()).isEqualTo(compiled.hash());
    assertThat(concluded(again.base())).isEqualTo(concluded(compiled.base()));
    assertThat(Files.getLastModifiedTime(entry()))
        .as("it was not compiled again")
        .isEqualTo(written);
  }

  @Test
  void the_shipped_rules_can_be_kept() {
    Path shipped = Home.PATH.resolve("rules");
    RulebookReader.read(shipped, cache);
    assertThat(cache.find(RulebookReader.fingerprint(RulebookReader.texts(shipped)))).isNotNull();
  }

  @Test
  void folder_and_file_are_closed_to_everybody_else() throws IOException {
    RulebookReader.read(rules, cache);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
        .isEqualTo("rwx------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(entry())))
        .isEqualTo("rw-------");
  }

  @Test
  void an_edited_rule_is_compiled() throws IOException {
    RulebookReader.read(rules, cache);
    write(RULE.replace("count > 1", "count > 4"));
    assertThat(cache.find(hash())).isNull();
    assertThat(concluded(RulebookReader.read(rules, cache).base()))
        .doesNotContain("Several( cards=4 )");
    assertThat(entries()).hasSize(2);
  }

  /** Something wrong with the cache: no entry is found, and the rules decide as ever. */
  private void ignored(String why) {
    assertThat(cache.find(hash())).as(why).isNull();
    assertThat(concluded(RulebookReader.read(rules, cache).base()))
        .as(why)
        .contains("Several( cards=4 )");
  }

  @Test
  void a_folder_that_is_open_to_others_is_not_used_and_stays_as_it_is() throws IOException {
    for (String mode : List.of("rwxr-x---", "rwx-w----", "rwx---r-x", "rwxrwxrwx")) {
      Files.createDirectories(folder);
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
      RulebookReader.read(rules, cache);
      assertThat(cache.find(hash())).isNotNull();
      FileTime written = Files.getLastModifiedTime(entry());
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(mode));
      ignored(mode);
      assertThat(Files.getLastModifiedTime(entry())).as(mode).isEqualTo(written);
    }
  }

  @Test
  void a_file_that_is_open_to_others_is_not_read() throws IOException {
    for (String mode : List.of("rw-r-----", "rw--w----", "rw----r--", "rw-rw-rw-", "rwx------")) {
      RulebookReader.read(rules, cache);
      assertThat(cache.find(hash())).isNotNull();
      Files.setPosixFilePermissions(entry(), PosixFilePermissions.fromString(mode));
      ignored(mode);
      assertThat(cache.find(hash())).as("it was written anew").isNotNull();
    }
  }

  @Test
  void a_link_is_not_followed() throws IOException {
    RulebookReader.read(rules, cache);
    Path real = scratch.resolve("real");
    Files.move(entry(), real);
    Path link = folder.resolve(entryName());
    Files.createSymbolicLink(link, real);
    ignored("a link in place of the file");
    assertThat(Files.isSymbolicLink(link)).as("it was replaced").isFalse();
    Path moved = scratch.resolve("moved");
    Files.move(folder, moved);
    Files.createSymbolicLink(folder, moved);
    ignored("a link in place of the folder");
  }

  private String entryName() {
    RulebookReader.read(rules, RuleCache.in(scratch.resolve("other")));
    try (Stream<Path> files = Files.list(scratch.resolve("other"))) {
      return files.findFirst().orElseThrow().getFileName().toString();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  @Test
  void what_belongs_to_somebody_else_is_not_read() throws IOException {
    RulebookReader.read(rules, cache);
    assumeThat(given(entry(), "nobody")).as("this user may give files away").isTrue();
    ignored("the file");
    assertThat(cache.find(hash())).as("it was replaced").isNotNull();
    given(folder, "nobody");
    ignored("the folder");
  }

  private static boolean given(Path path, String user) {
    try {
      Files.setOwner(
          path, path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(user));
      return true;
    } catch (FileSystemException refused) {
      return false;
    } catch (IOException unknown) {
      return false;
    }
  }

  @Test
  void a_file_that_is_not_what_was_written_is_not_used() throws IOException {
    RulebookReader.read(rules, cache);
    byte[] whole = Files.readAllBytes(entry());
    Map<String, byte[]> wrong = new HashMap<>();
    wrong.put("empty", new byte[0]);
    wrong.put("cut short", java.util.Arrays.copyOf(whole, whole.length - 1));
    wrong.put("its first line alone", java.util.Arrays.copyOf(whole, 27));
    wrong.put("longer", java.util.Arrays.copyOf(whole, whole.length + 1));
    wrong.put("something else", "{}".getBytes(StandardCharsets.UTF_8));
    for (int at : new int[] {0, 30, 60, whole.length / 2, whole.length - 1}) {
      byte[] flipped = whole.clone();
      flipped[at] ^= 1;
      wrong.put("one bit of byte " + at, flipped);
    }
    for (Map.Entry<String, byte[]> one : wrong.entrySet()) {
      Files.write(entry(), one.getValue());
      ignored(one.getKey());
      assertThat(Files.readAllBytes(entry())).as("it is made again").isEqualTo(whole);
    }
  }

  @Test
  void an_entry_of_other_rules_under_this_name_is_not_used() throws IOException {
    RulebookReader.read(rules, cache);
    Path name = entry();
    byte[] other = Files.readAllBytes(name);
    Files.delete(name);
    write(RULE.replace("count > 1", "count > 0"));
    RulebookReader.read(rules, cache);
    Files.write(entry(), other);
    assertThat(cache.find(hash())).isNull();
    assertThat(concluded(RulebookReader.read(rules, cache).base())).contains("Several( cards=1 )");
  }

  @Test
  void a_folder_that_cannot_be_made_costs_nothing_but_time() throws IOException {
    Files.writeString(folder, "a file");
    ignored("a file in place of the folder");
    cache = RuleCache.in(folder.resolve("below"));
    ignored("a file above the folder");
    cache = RuleCache.none();
    ignored("no cache");
  }

  @Test
  void only_the_last_entries_stay() throws IOException {
    Set<String> names = new TreeSet<>();
    for (int i = 0; i < 15; i++) {
      Set<Path> before = i == 0 ? Set.of() : Set.copyOf(entries());
      cache.keep("sha256:" + i, new byte[] {1});
      for (Path path : entries()) {
        if (!before.contains(path)) {
          Files.setLastModifiedTime(path, FileTime.fromMillis(1_000_000L * i));
          names.add(path.getFileName().toString());
        }
      }
    }
    assertThat(names).hasSize(15);
    assertThat(entries()).hasSize(12);
    assertThat(cache.find("sha256:14")).containsExactly(1);
    assertThat(cache.find("sha256:3")).containsExactly(1);
    assertThat(cache.find("sha256:2")).isNull();
  }

  /** What a hostile stream would have run. */
  private static final class Gadget implements Serializable {
    private static final long serialVersionUID = 1L;

    private void readObject(ObjectInputStream in) {
      System.setProperty("rigwright.test.gadget", "ran");
    }
  }

  private static byte[] stream(Object object) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeInt(1);
      out.writeObject("name");
      out.writeObject(object);
    }
    return bytes.toByteArray();
  }

  private static byte[] compiled(Object object) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new DataOutputStream(bytes).writeInt(0);
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(object);
    }
    return bytes.toByteArray();
  }

  @Test
  void no_class_takes_part_that_rules_do_not_compile_to() throws IOException {
    List<Object> hostile =
        List.of(
            new ArrayList<>(List.of(new Gadget())),
            new Gadget[] {new Gadget()},
            new ArrayList<>(List.of(stream(new Gadget()))),
            new ArrayList<>(List.of(java.net.URI.create("https://example.org").toURL())));
    for (Object object : hostile) {
      assertThatThrownBy(() -> CompiledRules.base(compiled(object)))
          .isInstanceOf(IOException.class);
      assertThat(System.getProperty("rigwright.test.gadget")).isNull();
    }
    // The same would run in a stream that nobody holds.
    byte[] open = stream(new Gadget());
    try (ObjectInputStream in = new ObjectInputStream(new java.io.ByteArrayInputStream(open))) {
      in.readInt();
      in.readObject();
      in.readObject();
    } catch (ClassNotFoundException impossible) {
      throw new IOException(impossible);
    }
    assertThat(System.getProperty("rigwright.test.gadget")).isEqualTo("ran");
    System.clearProperty("rigwright.test.gadget");
  }

  @Test
  void a_sound_entry_of_such_a_stream_is_ignored() throws IOException {
    cache.keep(hash(), compiled(new ArrayList<>(List.of(new Gadget()))));
    assertThat(cache.find(hash())).isNotNull();
    assertThat(concluded(RulebookReader.read(rules, cache).base())).contains("Several( cards=4 )");
    assertThat(System.getProperty("rigwright.test.gadget")).isNull();
  }

  @Test
  void an_attack_is_refused_even_where_it_lies_compiled_in_the_cache() throws IOException {
    for (Attack attack : Attack.all(Home.PATH.resolve("src/test/resources/attacks"))) {
      if (!Set.of("endless-loop", "condition-class", "clock").contains(attack.name())) {
        continue;
      }
      Path file = rules.resolve("cautions/" + attack.name() + ".drl");
      Files.createDirectories(file.getParent());
      Files.writeString(file, attack.text());
      List<RuleFile> files = RulebookReader.parse(rules, RulebookReader.texts(rules));
      RulebookReader.build(
          files,
          new RulebookReader.Reuse() {
            @Override
            public void built(KnowledgeBuilder builder) {
              try {
                cache.keep(hash(), CompiledRules.bytes(builder, files));
              } catch (IOException cannot) {
                throw new UncheckedIOException(cannot);
              }
            }
          });
      assertThat(cache.find(hash())).as(attack.name()).isNotNull();
      assertThatThrownBy(() -> RulebookReader.read(rules, cache))
          .isInstanceOfSatisfying(
              RulebookException.class,
              refused -> {
                Problem first = refused.problems().get(0);
                assertThat(first.line() + ":" + first.column())
                    .as(attack.name())
                    .isEqualTo(attack.place());
              });
      Files.delete(file);
    }
  }
}
