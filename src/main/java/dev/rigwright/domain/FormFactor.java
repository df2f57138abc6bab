package dev.rigwright.domain;

/** How a card is mounted. */
public enum FormFactor implements Word {
  /** A card for a PCIe slot. */
  PCIE("pcie"),
  /** A server module (SXM, OAM) that no PC can take. */
  MODULE("module");

  private final String word;

  FormFactor(String word) {
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
