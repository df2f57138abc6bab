package dev.rigwright.domain;

/** What a model does in the machine. */
public enum Role implements Word {
  /** Language model. */
  LLM("llm"),
  /** Speech to text. */
  STT("stt"),
  /** Text to speech. */
  TTS("tts"),
  /** Embeddings. */
  EMBEDDING("embedding"),
  /** Reranking of search results. */
  RERANKER("reranker");

  private final String word;

  Role(String word) {
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
