package dev.rigwright.domain;

/** How a machine is cooled. */
public enum Cooling implements Word {
  /** Fans and a tower cooler. */
  AIR("air"),
  /** A closed loop on the processor and strong case airflow. */
  AIO("aio"),
  /** A custom water loop. */
  CUSTOM_LOOP("custom-loop"),
  /** An open frame or server chassis with ducted air. */
  CHASSIS("chassis");

  private final String word;

  Cooling(String word) {
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
