package dev.rigwright.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
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
  }

  @Test
  void many_threads_may_pack_at_once() {
    byte[] bytes = text(50_000);
    byte[] packed = Packed.outcome(bytes);
    assertThat(
            java.util.stream.IntStream.range(0, 200)
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
