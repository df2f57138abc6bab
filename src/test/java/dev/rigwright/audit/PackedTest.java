package dev.rigwright.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdDictCompress;
import com.github.luben.zstd.ZstdDictTrainer;
import dev.rigwright.Home;
import dev.rigwright.domain.Fingerprint;
import dev.rigwright.engine.Decision;
import dev.rigwright.engine.DecisionJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is packed comes out again as it was, and nothing else comes out of what is broken. */
class PackedTest {

  /** Like an outcome: words that come again, and what never does. */
  private static byte[] text(int length) {
    Random random = new Random(length);
    StringBuilder text = new StringBuilder();
    while (text.length() < length) {
      text.append("\"rule\":\"avoid/r").append(random.nextInt(50)).append("\",");
    }
    return text.substring(0, length).getBytes(StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 5, 4096, 53_459, 3_000_000})
  void an_outcome_comes_out_as_it_was_whichever_way_it_was_packed(int length) throws IOException {
    byte[] bytes = text(length);
    byte[] packed = Packed.outcome(bytes);
    assertThat(packed).startsWith(0x28, 0xb5, 0x2f, 0xfd);
    assertThat(Packed.unpacked(packed)).isEqualTo(bytes);
    assertThat(Packed.unpacked(Packed.zlib(bytes))).isEqualTo(bytes);
    assertThat(Packed.unpacked(Zstd.compress(bytes, 1)))
        .as("the fourth layout had no dictionary")
        .isEqualTo(bytes);
  }

  @Test
  void an_outcome_takes_a_few_kilobytes() {
    List<Decision> decisions =
        Log.sample().stream()
            .limit(20)
            .map(line -> Home.advisor().decide(Home.requirement(line)))
            .toList();
    long plain = decisions.stream().mapToLong(one -> DecisionJson.content(one).length).sum();
    long packed =
        decisions.stream().mapToLong(one -> Packed.outcome(DecisionJson.content(one)).length).sum();
    assertThat(packed * 12).isLessThan(plain);
  }

  /** What was recorded with it can be read with nothing else. */
  @Test
  void the_dictionary_is_the_one_that_was_shipped() throws IOException {
    try (InputStream in = Packed.class.getResourceAsStream(Packed.DICTIONARY)) {
      assertThat(Fingerprint.sha256(in.readAllBytes()))
          .isEqualTo("a7b1ef6f9451e682ad1b9072e363e6479d972b920e5a9e93cc65a3a703e5118d");
    }
  }

  @Test
  void another_dictionary_is_not_guessed_at() {
    byte[] bytes = text(9000);
    ZstdDictTrainer trainer = new ZstdDictTrainer(1 << 20, 4096);
    IntStream.range(0, 100).forEach(i -> trainer.addSample(text(1000 + i)));
    byte[] packed = Zstd.compress(bytes, new ZstdDictCompress(trainer.trainSamples(), 1));
    assertThatThrownBy(() -> Packed.unpacked(packed))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("never packed with a dictionary");
  }

  @Test
  void many_threads_may_pack_at_once() {
    byte[] bytes = text(50_000);
    byte[] packed = Packed.outcome(bytes);
    assertThat(
            IntStream.range(0, 200)
                .parallel()
                .allMatch(i -> Arrays.equals(Packed.outcome(bytes), packed)))
        .isTrue();
  }

  @Test
  void what_ends_early_is_broken() {
    for (byte[] packed : new byte[][] {Packed.outcome(text(9000)), Packed.zlib(text(9000))}) {
      for (int length : new int[] {0, 1, 3, 4, 9, packed.length / 2, packed.length - 1}) {
        assertThatThrownBy(() -> Packed.unpacked(Arrays.copyOf(packed, length)))
            .as("%d of %d bytes", length, packed.length)
            .isInstanceOf(IOException.class);
      }
    }
  }

  @Test
  void what_unpacks_to_more_than_any_outcome_does_not_fill_the_memory() throws IOException {
    byte[] zeros = new byte[1 << 20];
    ByteArrayOutputStream bomb = new ByteArrayOutputStream();
    for (int i = 0; i < 65; i++) {
      bomb.write(Packed.outcome(zeros));
    }
    assertThatThrownBy(() -> Packed.unpacked(bomb.toByteArray()))
        .isInstanceOf(IOException.class)
        .hasMessage("the stream does not end");
  }
}
