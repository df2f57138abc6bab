package dev.rigwright.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Equal fingerprints mean equal contents. */
class FingerprintTest {

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void it_is_the_sha_256_of_the_standard() {
    assertThat(Fingerprint.sha256(bytes("abc")))
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  }

  @Test
  void what_moves_from_a_name_to_its_content_is_another_fingerprint() {
    assertThat(Fingerprint.ofFiles(Map.of("ab", bytes("c"))))
        .as("printf 'ab\\0c\\0' | sha256sum")
        .isEqualTo("sha256:629c2f14f654f026086f2aefe1855533d0897f49df86a19073be17b237361b09")
        .isNotEqualTo(Fingerprint.ofFiles(Map.of("a", bytes("bc"))));
  }
}
