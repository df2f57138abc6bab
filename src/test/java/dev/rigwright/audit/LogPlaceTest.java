package dev.rigwright.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Where a log lies that nobody named. */
class LogPlaceTest {

  private static final Path HOME = Path.of("/home/ada");

  private static String of(String system, Map<String, String> environment) {
    return LogPlace.of(environment, system, HOME).toString();
  }

  @Test
  void it_lies_in_the_users_data_folder_of_each_system() {
    assertThat(of("Linux", Map.of()))
        .isEqualTo("/home/ada/.local/share/rigwright/decisions.sqlite");
    assertThat(of("Linux", Map.of("XDG_DATA_HOME", "/data")))
        .isEqualTo("/data/rigwright/decisions.sqlite");
    assertThat(of("Linux", Map.of("XDG_DATA_HOME", "data")))
        .as("a relative path counts for nothing")
        .isEqualTo("/home/ada/.local/share/rigwright/decisions.sqlite");
    assertThat(of("Mac OS X", Map.of()))
        .isEqualTo("/home/ada/Library/Application Support/rigwright/decisions.sqlite");
    assertThat(of("Windows 11", Map.of("LOCALAPPDATA", "/c/local")))
        .isEqualTo("/c/local/rigwright/decisions.sqlite");
    assertThat(of("Windows 11", Map.of()))
        .isEqualTo("/home/ada/AppData/Local/rigwright/decisions.sqlite");
  }

  @Test
  void a_variable_names_another() {
    assertThat(of("Linux", Map.of("RIGWRIGHT_LOG", "/tmp/mine.sqlite", "XDG_DATA_HOME", "/data")))
        .isEqualTo("/tmp/mine.sqlite");
    assertThat(of("Linux", Map.of("RIGWRIGHT_LOG", "  ")))
        .isEqualTo("/home/ada/.local/share/rigwright/decisions.sqlite");
  }
}
