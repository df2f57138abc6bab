package dev.rigwright.domain;

/** The program that runs the models. */
public enum Engine implements Word {
  /** llama.cpp and what is built on it. */
  LLAMA_CPP("llama.cpp"),
  /** vLLM. */
  VLLM("vllm");

  private final String word;

  Engine(String word) {
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
