package dev.rigwright.authoring;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder of rules with one rule, as a rule author would write it. */
final class SmallRules {

  private SmallRules() {}

  /** Writes {@code exclusions/small.drl}: one rule with a condition, concluding an exclusion. */
  static Path rule(Path folder, String condition) {
    return write(
        folder,
        """
        package rigwright;

        import dev.rigwright.domain.Gpu;
        import dev.rigwright.domain.OwnedGpu;
        import function dev.rigwright.engine.Conclude.exclusion;

        rule "small/card"
            @severity( IMPORTANT )
            @says( "{card} is small" )
            @because( "It is" )
            @source( "facts/README.md" )
            @reviewed( "2026-11-22" )
        when
            %s
        then
            insertLogical( exclusion( kcontext, $gpu ) );
        end
        """
            .formatted(condition),
        "small.drl");
  }

  /** Writes the cases beside it. */
  static Path cases(Path folder, String cases) {
    return write(folder, cases, "small.cases.json");
  }

  private static Path write(Path folder, String text, String name) {
    try {
      Path below = Files.createDirectories(folder.resolve("exclusions"));
      return Files.writeString(below.resolve(name), text);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** A case. */
  static String one(String name, String given, String concludes) {
    return "{ \"rule\": \"small/card\", \"case\": \"%s\", \"given\": [ %s ], \"concludes\": [ %s ] }"
        .formatted(name, given, concludes);
  }
}
