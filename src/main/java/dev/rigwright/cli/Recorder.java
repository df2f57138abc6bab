package dev.rigwright.cli;

import dev.rigwright.audit.DecisionLog;
import dev.rigwright.audit.Entry;
import dev.rigwright.audit.LogException;
import dev.rigwright.engine.Advisor;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Records decisions before they are printed. Where that fails it is said, and the answers still
 * come.
 */
final class Recorder implements AutoCloseable {

  private final CompletableFuture<DecisionLog> log;
  private final PrintWriter err;

  /**
   * A recorder whose log opens while other things are done.
   *
   * @param log opens it; null where nothing is recorded
   */
  Recorder(Path log, PrintWriter err) {
    this.log = log == null ? null : CompletableFuture.supplyAsync(() -> DecisionLog.open(log));
    this.err = err;
  }

  /** Records decisions; they are on the disk when this returns, or it was said that they aren't. */
  void record(Advisor advisor, List<Entry> entries) {
    if (log == null || entries.isEmpty()) {
      return;
    }
    try {
      log.join().record(advisor, entries);
    } catch (CompletionException failed) {
      if (!(failed.getCause() instanceof LogException)) {
        throw failed;
      }
      complain(entries, failed.getCause().getMessage());
    } catch (LogException failed) {
      complain(entries, failed.getMessage());
    }
  }

  private void complain(List<Entry> entries, String why) {
    String ids =
        String.join(", ", entries.stream().map(entry -> entry.decision().decisionId()).toList());
    err.println("NOT RECORDED: " + ids + ". " + why);
  }

  @Override
  public void close() {
    if (log == null) {
      return;
    }
    try {
      log.join().close();
    } catch (CompletionException | LogException failed) {
      // What could not be recorded was said then; what was recorded is safe without a tidy end.
    }
  }
}
