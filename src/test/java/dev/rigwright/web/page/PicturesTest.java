package dev.rigwright.web.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Page;
import dev.rigwright.web.page.Browsing.Look;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every page, as it looks on a telephone and on a desk, by day and by night. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PicturesTest {

  @TempDir static Path home;

  private static final Map<String, String> PAGES =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("advice", "/"),
              Map.entry(
                  "team",
                  "/?budgetUsd=5000&useCases=chat&useCases=coding&users=3&model=Qwen2.5+Coder+32B+Instruct&contextTokens=16384"),
              Map.entry("infeasible", "/?budgetUsd=900&useCases=chat&users=4&model=llama3.1:70b"),
              Map.entry(
                  "keep",
                  "/?budgetUsd=900&users=1&model=llama3.1:8b&gpu=rtx-3090&psuWatts=850&ramGib=64"),
              Map.entry(
                  "several",
                  "/?budgetUsd=3000&users=1&useCases=voice&sizeB=32&role=llm&with=whisper-large-v3&withRole=stt&with2=kokoro"
                      + "&withSizeB3=7&withQuantization3=q8_0&maxGpus=4&condition=any&policy=checked"
                      + "&gpu=rtx-3090&gpu2=rtx-4060-ti-16gb&gpuCount2=2&gpu3=rtx-3060-12gb&psuWatts=1000&ramGib=64"),
              Map.entry(
                  "rows-refused",
                  "/?users=1&model=gpt-9&with=kokoro&withSizeB=7&withQuantization2=awq&gpu=rtx-9999&gpuCount2=3&cardRow=4&quiet=yes"),
              Map.entry("bad-input", "/?budgetUsd=a+lot&model=gpt-9&users=0"),
              Map.entry("why", "/why?budgetUsd=2500&users=1&useCases=chat&about=psu"),
              Map.entry("why-not", "/why-not?budgetUsd=2500&users=1&useCases=chat&card=RTX+4090"),
              Map.entry("budgets", "/budgets?budgetUsd=2500&users=1&useCases=chat"),
              Map.entry("rules", "/rules?q=psu"),
              Map.entry("rule", "/rules/fit/too-large"),
              Map.entry("catalog", "/catalog?q=3090"),
              Map.entry("models", "/catalog?kind=models&q=qwen2.5"),
              Map.entry("offers", "/catalog?kind=offers&q=3090"),
              Map.entry("claims", "/claims?status=contradicted"),
              Map.entry("status", "/status"),
              Map.entry("decisions", "/decisions"),
              Map.entry("decision", "/decisions/1"),
              Map.entry("proof", "/decisions/1/why"),
              Map.entry("missing", "/rules/no/such")));

  /**
   * Where the accessibility checker runs: once for each width, which decides what stands where, and
   * once for each scheme, which decides the colours. One hangs on nothing of the other.
   */
  private static final List<Look> LOOKED_THROUGH =
      List.of(Look.USUAL.width(Browsing.NARROW), Look.USUAL.dark());

  private Site site;
  private Browsing browsing;

  @BeforeAll
  void open() throws IOException {
    site = Site.in(home);
    browsing = new Browsing(site);
    assertThat(
            site.post("/decisions?budgetUsd=2500&users=1&useCases=chat&title=A+box").statusCode())
        .isEqualTo(303);
  }

  @AfterAll
  void close() {
    browsing.close();
    site.close();
  }

  static List<Look> looks() {
    return List.of(
        Look.USUAL.width(Browsing.NARROW),
        Look.USUAL.width(Browsing.NARROW).dark(),
        Look.USUAL,
        Look.USUAL.dark());
  }

  @ParameterizedTest
  @MethodSource("looks")
  void no_page_has_a_serious_fault_or_scrolls_sideways(Look look) {
    List<String> faults = new ArrayList<>();
    Page page = browsing.page(look);
    PAGES.forEach(
        (name, path) -> {
          page.navigate(site.at(path));
          if (LOOKED_THROUGH.contains(look)) {
            faults.addAll(faults(page, name));
          }
          int over =
              ((Number)
                      page.evaluate(
                          "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"))
                  .intValue();
          if (over > 0) {
            faults.add(name + ": " + over + " px too wide");
          }
          Browsing.picture(page, name + "-" + look);
        });
    page.context().close();
    assertThat(faults).isEmpty();
    // The browser itself says so of three pages: two are bad input, one is not there.
    assertThat(browsing.complaints())
        .allMatch(said -> said.matches(".*responded with a status of (422|404) .*"));
  }

  private static List<String> faults(Page page, String name) {
    List<String> faults = new ArrayList<>();
    for (Rule rule : new AxeBuilder(page).analyze().getViolations()) {
      if (List.of("serious", "critical").contains(rule.getImpact())) {
        rule.getNodes()
            .forEach(node -> faults.add(name + ": " + rule.getId() + ", " + node.getHtml()));
      }
    }
    return faults;
  }
}
