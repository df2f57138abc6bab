package dev.rigwright.domain;

/** What the machine is for. */
public enum UseCase implements Word {
  /** Conversation; first token under 5 s. */
  CHAT("chat"),
  /** Speech; first speech under 2 s. */
  VOICE("voice"),
  /** Work that nobody waits for. */
  BATCH("batch"),
  /** Answers over own documents. */
  RAG("rag"),
  /** Programming help. */
  CODING("coding");

  private final String word;

  UseCase(String word) {
    this.word = word;
  }

  @Override
  public String word() {
    return word;
  }

  @Override
  public String toString() {
    return word;
  }
}
