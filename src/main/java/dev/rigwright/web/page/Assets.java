package dev.rigwright.web.page;

import dev.rigwright.domain.Fingerprint;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;

/**
 * What pages are made with beside their text: style, script, pictures. Each has the fingerprint of
 * its content in its address, so that a browser keeps it for good and never uses an old one.
 */
public final class Assets {

  private static final String OWN = "/dev/rigwright/web/assets/";
  private static final String HTMX_PROPERTIES =
      "/META-INF/maven/org.webjars.npm/htmx.org/pom.properties";

  /** A file. */
  record Asset(String type, byte[] content, String address) {}

  private final Map<String, Asset> byName = new LinkedHashMap<>();
  private final Map<String, Asset> byAddress = new LinkedHashMap<>();

  /** All of them, read from the class path. */
  public Assets() {
    add("page.css", "text/css; charset=utf-8", read(OWN + "page.css"));
    add("page.js", "text/javascript; charset=utf-8", read(OWN + "page.js"));
    add("logo.svg", "image/svg+xml", read(OWN + "logo.svg"));
    add("htmx.js", "text/javascript; charset=utf-8", read(htmx()));
  }

  private static String htmx() {
    Properties properties = new Properties();
    try (InputStream in = Assets.class.getResourceAsStream(HTMX_PROPERTIES)) {
      properties.load(in);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    return "/META-INF/resources/webjars/htmx.org/%s/dist/htmx.min.js"
        .formatted(properties.getProperty("version"));
  }

  private static byte[] read(String resource) {
    try (InputStream in = Assets.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(
            "The resource (%s) is not on the class path. Maybe the application was packaged without it."
                .formatted(resource));
      }
      return in.readAllBytes();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private void add(String name, String type, byte[] content) {
    String print = Fingerprint.sha256(content).substring(0, 12);
    Asset asset = new Asset(type, content, "/assets/" + print + "/" + name);
    byName.put(name, asset);
    byAddress.put(asset.address(), asset);
  }

  /** Where a file is fetched from. */
  public String address(String name) {
    return byName.get(name).address();
  }

  /** The file of an address; null where there is none, or not any more. */
  Asset at(String address) {
    return byAddress.get(address);
  }
}
