package dev.rigwright.web.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import dev.rigwright.Home;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A browser, which tells of everything that must not be: messages in its console, scripts that
 * fail, what the content policy keeps out, and requests to anywhere but the server.
 */
final class Browsing implements AutoCloseable {

  /** How wide a telephone is. */
  static final int NARROW = 360;

  /** How wide a desk is. */
  static final int WIDE = 1280;

  private static final double PATIENCE_MILLIS = 60_000;

  /** How a page is looked at. */
  record Look(int width, ColorScheme scheme, boolean script, String locale) {

    static final Look USUAL = new Look(WIDE, ColorScheme.LIGHT, true, "en-US");

    Look width(int other) {
      return new Look(other, scheme, script, locale);
    }

    Look dark() {
      return new Look(width, ColorScheme.DARK, script, locale);
    }

    Look withoutScript() {
      return new Look(width, scheme, false, locale);
    }

    Look locale(String other) {
      return new Look(width, scheme, script, other);
    }

    @Override
    public String toString() {
      return width + "-" + scheme.name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  private final Playwright playwright;
  private final Browser browser;
  private final Site site;
  private final List<String> complaints = new ArrayList<>();

  /** A browser that may go to this site and nowhere else. */
  Browsing(Site site) {
    this.site = site;
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(chromium())
                    .setArgs(
                        List.of(
                            "--no-sandbox",
                            "--disable-gpu",
                            "--disable-background-networking",
                            "--disable-component-update",
                            "--disable-sync",
                            "--no-first-run"))
                    .setTimeout(2 * PATIENCE_MILLIS));
  }

  /** The system's own, by the property {@code rigwright.chromium} or on the path. */
  private static Path chromium() {
    String named = System.getProperty("rigwright.chromium");
    if (named != null) {
      return Path.of(named);
    }
    return Stream.of(System.getenv("PATH").split(":"))
        .flatMap(
            folder ->
                Stream.of("chromium", "chromium-browser", "google-chrome")
                    .map(name -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "No Chromium is on the path. Maybe install it, as .ci/run does, or name it with -Drigwright.chromium=FILE."));
  }

  /** A page that nothing was opened in. */
  Page page(Look look) {
    BrowserContext context =
        browser.newContext(
            new Browser.NewContextOptions()
                .setViewportSize(look.width(), 900)
                .setColorScheme(look.scheme())
                .setReducedMotion(ReducedMotion.REDUCE)
                .setJavaScriptEnabled(look.script())
                .setLocale(look.locale())
                .setAcceptDownloads(true));
    context.setDefaultTimeout(PATIENCE_MILLIS);
    Page page = context.newPage();
    page.onConsoleMessage(this::heard);
    page.onPageError(error -> complaints.add("script failed: " + error));
    context.onRequest(this::sent);
    return page;
  }

  /** A page with an address opened in it. */
  Page open(String path, Look look) {
    Page page = page(look);
    page.navigate(site.at(path));
    return page;
  }

  Page open(String path) {
    return open(path, Look.USUAL);
  }

  private void heard(ConsoleMessage message) {
    if (message.type().equals("error") || message.type().equals("warning")) {
      complaints.add("console " + message.type() + ": " + message.text());
    }
  }

  private void sent(Request request) {
    if (!request.url().startsWith(site.at("/"))
        && !request.url().startsWith("data:")
        && !request.url().startsWith("blob:")) {
      complaints.add("request to " + request.url());
    }
  }

  /** Nothing happened that must not. */
  void quiet() {
    assertThat(complaints).isEmpty();
  }

  /** Forgets what was said about something that a test does on purpose. */
  List<String> complaints() {
    List<String> heard = List.copyOf(complaints);
    complaints.clear();
    return heard;
  }

  /** The field of a label. */
  static Locator field(Page page, String label) {
    return page.getByLabel(label, new Page.GetByLabelOptions().setExact(true));
  }

  /** Keeps a picture of the whole page below {@code target/screenshots}. */
  static void picture(Page page, String name) {
    page.screenshot(
        new Page.ScreenshotOptions()
            .setFullPage(true)
            .setPath(Home.PATH.resolve("target/screenshots").resolve(name + ".png")));
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}
