package dev.rigwright.web.page;

import java.util.List;

/**
 * What stands around every page.
 *
 * @param title of the page
 * @param current the path of the place that it belongs to
 */
public record Shell(String title, String current, Assets assets) {

  /** A place of the site. */
  public record Place(String path, String name) {}

  /** All places, in their order. */
  public static final List<Place> PLACES =
      List.of(
          new Place("/", "Advice"),
          new Place("/rules", "Rules"),
          new Place("/catalog", "Catalogue"),
          new Place("/claims", "Guide"),
          new Place("/decisions", "Decisions"),
          new Place("/status", "Status"));
}
