package dev.rigwright.cli;

import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;

/** How far something long has come, on standard error where that is a terminal; else nothing. */
final class Progress implements AutoCloseable {

  private static final int UPDATE_MILLIS = 500;

  private ProgressBar bar;

  private Progress(ProgressBar bar) {
    this.bar = bar;
  }

  /**
   * Begins.
   *
   * @param what is counted
   * @param most how many there are; -1 where nobody knows
   */
  static Progress of(String what, long most) {
    // The launcher says whether standard error is a terminal; Java cannot tell.
    if (System.getenv("RIGWRIGHT_TERMINAL") == null && System.console() == null) {
      return new Progress(null);
    }
    return new Progress(
        new ProgressBarBuilder()
            .setTaskName(what)
            .setInitialMax(most)
            .setUpdateIntervalMillis(UPDATE_MILLIS)
            .showSpeed()
            .setConsumer(new ConsoleProgressBarConsumer(System.err))
            .build());
  }

  /** So many are done. */
  void done(long count) {
    done(count, "");
  }

  /** So many are done; more to be said beside it. */
  void done(long count, String more) {
    if (bar != null) {
      bar.stepTo(count);
      bar.setExtraMessage(more);
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}
