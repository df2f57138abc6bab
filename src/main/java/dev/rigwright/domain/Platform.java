package dev.rigwright.domain;

/**
 * What a processor, a mainboard and their coolers are together: parts that fit each other.
 *
 * @param cards how many graphics cards it takes
 * @param coolerAir processor cooler of an air-cooled machine; the other two likewise, null where
 *     the platform is not built that way
 */
public record Platform(
    String id,
    String name,
    String cpu,
    String board,
    String coolerAir,
    String coolerAio,
    String coolerChassis,
    MemoryType memoryType,
    Integer cards,
    Integer maxRamGib,
    String source,
    String asOf) {

  public Platform {
    Checks.text("id of a platform", id);
    Checks.range("cards", cards, id, 1, 16, "Maybe it is another figure.");
  }

  /** The processor cooler for a kind of cooling; null where there is none. */
  public String cooler(Cooling cooling) {
    return switch (cooling) {
      case AIR -> coolerAir;
      case AIO -> coolerAio;
      case CUSTOM_LOOP, CHASSIS -> coolerChassis;
    };
  }
}
