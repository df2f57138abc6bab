package dev.rigwright.cli;

import dev.rigwright.audit.DecisionLog;
import dev.rigwright.audit.Recorded;
import dev.rigwright.audit.Rederived;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Which recorded decision is meant, and in which log. */
final class DecisionOptions {

  @Mixin private LogOptions log;

  @Parameters(
      index = "0",
      paramLabel = "ID",
      description =
          "A decision: its id or the beginning of it, a record's number (12), or a requirement's id.")
  private String id;

  /**
   * The log, to read.
   *
   * @throws dev.rigwright.facts.BadInputException if there is none
   */
  DecisionLog read() {
    return log.read();
  }

  /** Its records, the newest last. */
  List<Recorded> in(DecisionLog opened) {
    return opened.find(id);
  }

  /** The newest of its records, with the rules and facts that it was decided with. */
  Rederived again(DecisionLog opened) {
    return opened.rederive(opened.newest(id));
  }
}
