package dev.rigwright.rulebook.loops;

import dev.rigwright.rulebook.Expr;
import dev.rigwright.rulebook.FileModel;

/** A rule, or a rulebook, says something that loops are not written for; the engine runs it. */
final class NoLoop extends Exception {
  private static final long serialVersionUID = 1L;

  NoLoop(String what) {
    super(what);
  }

  NoLoop(Expr expression, FileModel file) {
    super(
        "rules/%s:%d (%s)"
            .formatted(file.path(), expression.span().line(), expression.span().cut(file.text())));
  }
}
