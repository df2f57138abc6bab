package dev.rigwright.report;

import dev.rigwright.engine.Advisor;
import dev.rigwright.engine.Decision;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Decisions of the shipped rules and facts, each made once, and their reports. */
final class Answers {

  static final String RECOMMENDED = "recommended";
  static final String GUIDE = "guide";
  static final String INFEASIBLE = "infeasible";
  static final String KEEP = "keep";
  static final String UPGRADE = "upgrade";
  static final String SMALL_SUPPLY = "small supply";
  static final String CARDS_ONLY = "cards only";
  static final String TWO_PEOPLE = "two people";
  static final String NO_MODEL = "no model";
  static final String NO_BUDGET = "no budget";
  static final String VOICE = "voice";
  static final String HOSTILE = "hostile";

  static final String HOSTILE_TITLE =
      "a|b\\n| c | d |\\r# `x` <script>alert(1)</script> **bold** _i_ [l](https://x.example)"
          + " ![i](y) \\u001b[31mred\\u0007\\u009b2J \\u202eevil\\u2028&lt;";

  private static final Map<String, String> REQUIREMENTS =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry(
                  RECOMMENDED,
                  "{'id':'writer','title':'A writer, offline','budgetUsd':2400,"
                      + "'models':[{'id':'qwen2.5-32b'}]}"),
              Map.entry(
                  GUIDE,
                  "{'id':'letter','budgetUsd':2400,'models':[{'id':'qwen2.5-32b'}],"
                      + "'policy':'guide'}"),
              Map.entry(
                  INFEASIBLE,
                  "{'id':'too-little','budgetUsd':900,'models':[{'id':'llama-3.3-70b'}]}"),
              Map.entry(
                  KEEP,
                  "{'id':'has-it','budgetUsd':1000,'models':[{'id':'qwen2.5-14b'}],"
                      + "'owned':{'gpus':[{'id':'rtx-3090','count':1}],'psuWatts':850,'ramGib':64,"
                      + "'cpuCores':8,'pcieX16Slots':2}}"),
              Map.entry(
                  UPGRADE,
                  "{'id':'more','budgetUsd':2500,'models':[{'id':'qwen2.5-32b'}],"
                      + "'owned':{'gpus':[{'id':'gtx-1080-ti','count':1}],'psuWatts':450,"
                      + "'ramGib':64,'cpuCores':6,'pcieX16Slots':1}}"),
              Map.entry(
                  SMALL_SUPPLY,
                  "{'id':'small','budgetUsd':900,'models':[{'id':'qwen2.5-32b'}],"
                      + "'owned':{'gpus':[{'id':'gtx-1080-ti','count':1}],'psuWatts':450,"
                      + "'ramGib':32,'cpuCores':6,'pcieX16Slots':1}}"),
              Map.entry(
                  CARDS_ONLY,
                  "{'id':'cards','budgetUsd':800,'scope':'gpu','models':[{'id':'qwen2.5-14b'}]}"),
              Map.entry(
                  TWO_PEOPLE,
                  "{'id':'two','budgetUsd':6000,'models':[{'id':'qwen2.5-32b'}],'users':2,"
                      + "'engine':'vllm','useCases':['coding','chat']}"),
              Map.entry(NO_MODEL, "{'id':'whatever','budgetUsd':1300}"),
              Map.entry(NO_BUDGET, "{'id':'open','models':[{'id':'llama-3.3-70b'}]}"),
              Map.entry(
                  VOICE,
                  "{'id':'voice','budgetUsd':3000,'models':[{'id':'qwen2.5-14b'},"
                      + "{'id':'whisper-medium'},{'id':'kokoro'}],'useCases':['voice']}"),
              Map.entry(
                  HOSTILE,
                  "{'id':'x\\u001b[2J|y','title':'"
                      + HOSTILE_TITLE
                      + "','budgetUsd':2400,'models':[{'id':'qwen2.5-32b'}],"
                      + "'limits':{'vendors':['nvidia'],'maxGpus':1}}")));

  private static final Map<String, Decision> DECISIONS = new ConcurrentHashMap<>();

  private Answers() {}

  /** Opened when first needed. */
  private static final class Shipped {
    private static final Advisor ADVISOR =
        Advisor.open(Path.of(System.getProperty("rigwright.home", ".")));
  }

  static Advisor advisor() {
    return Shipped.ADVISOR;
  }

  static List<String> names() {
    return List.copyOf(REQUIREMENTS.keySet());
  }

  static Decision decision(String name) {
    return DECISIONS.computeIfAbsent(name, key -> decided(REQUIREMENTS.get(key)));
  }

  private static Decision decided(String requirement) {
    byte[] json = requirement.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    return advisor().decide(advisor().reader().read(json, LocalDate.parse("2026-11-22")));
  }

  static String text(String name) {
    return text(name, TextReport.Style.PLAIN);
  }

  static String text(String name, TextReport.Style style) {
    return TextReport.of(decision(name), advisor().facts(), advisor().rulebook(), style);
  }

  static String markdown(String name) {
    return MarkdownReport.of(decision(name), advisor().facts(), advisor().rulebook());
  }

  /**
   * The text with every run of blanks and line ends as one blank: where lines end doesn't matter.
   */
  static String flat(String text) {
    return text.replaceAll("\\s+", " ");
  }

  /** The lines below a heading, up to the next blank line. */
  static String section(String text, String heading) {
    return text.lines()
        .dropWhile(line -> !line.equals(heading))
        .skip(1)
        .takeWhile(line -> !line.isBlank())
        .collect(Collectors.joining("\n"));
  }
}
