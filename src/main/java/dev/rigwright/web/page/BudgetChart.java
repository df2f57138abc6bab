package dev.rigwright.web.page;

import dev.rigwright.domain.Gpu;
import dev.rigwright.domain.Outcome;
import dev.rigwright.domain.Policy;
import dev.rigwright.engine.Advisor;
import dev.rigwright.engine.Decision;
import dev.rigwright.engine.Decision.Cards;
import dev.rigwright.engine.Decision.Recommendation;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What each budget gets, all else as it was asked: the machine, the memory of its cards, its speed.
 *
 * @param points from the smallest budget to the largest
 * @param speed one picture over the budgets
 * @param vram the other
 */
public record BudgetChart(List<Point> points, Panel speed, Panel vram) {

  /** The budgets that are tried. */
  static final List<Long> BUDGETS =
      List.of(
          250L, 400L, 500L, 650L, 800L, 1_000L, 1_250L, 1_500L, 1_750L, 2_000L, 2_500L, 3_000L,
          3_500L, 4_000L, 5_000L, 6_000L, 7_000L, 8_000L, 10_000L, 12_500L, 15_000L, 20_000L);

  /** Width of the picture, of which the last part names the scale. */
  public static final int WIDTH = 400;

  /** Height of a panel. */
  public static final int HEIGHT = 110;

  private static final int LEFT = 34;
  private static final int RIGHT = 8;
  private static final int TOP = 16;
  private static final int BOTTOM = 18;

  /**
   * What a budget gets.
   *
   * @param machine in words; why there is none where there is none
   * @param found whether there is one
   * @param model the model that it runs, where the buyer left the choice open; else empty
   * @param link the form with this budget
   * @param now whether it is the budget of the form
   * @param from where its stretch of the picture begins
   */
  public record Point(
      long budgetUsd,
      String budget,
      String machine,
      boolean found,
      String model,
      String total,
      String vram,
      String speed,
      String link,
      boolean now,
      double x,
      double from,
      double width) {

    /** All of it, for those who hear it. */
    public String words() {
      return found
          ? "%s: %s, %s; %s, %s tokens a second%s"
              .formatted(budget, machine, total, vram, speed, model.isEmpty() ? "" : "; " + model)
          : budget + ": " + machine;
    }
  }

  /**
   * A curve.
   *
   * @param path steps from budget to budget
   * @param dots one for each budget that gets something
   * @param ticks of the scale
   * @param budgets some budgets under the curve
   */
  public record Panel(
      String title, String path, List<Dot> dots, List<Tick> ticks, List<Tick> budgets) {}

  /** Where a value stands. */
  public record Dot(double x, double y, boolean now) {}

  /** A line of the scale. */
  public record Tick(double at, String name) {}

  /** What was decided for a budget; it hangs on nothing that a visitor's language changes. */
  record Tried(
      long budgetUsd,
      boolean found,
      boolean keeps,
      List<Cards> cards,
      Long totalUsd,
      double vramGib,
      Double tokensPerSecond,
      String model) {

    static Tried nothing(long budgetUsd) {
      return new Tried(budgetUsd, false, false, List.of(), null, 0, null, "");
    }
  }

  /**
   * Decides for each budget. Where the smallest gets nothing, the least that gets something is
   * known with it, and what lies below is not decided one by one: more money never gets less.
   */
  static List<Tried> tried(Advisor advisor, Form form, LocalDate today) {
    List<Tried> tried = new ArrayList<>();
    long least = 0;
    for (long budget : BUDGETS) {
      if (budget < least) {
        tried.add(Tried.nothing(budget));
        continue;
      }
      Form.Typed typed = form.with("budgetUsd", String.valueOf(budget)).typed();
      Decision decision = advisor.answer(advisor.reader().read(typed.requirement(), today));
      if (decision.recommendation() == null) {
        tried.add(Tried.nothing(budget));
        least = least(decision);
      } else {
        tried.add(tried(advisor, form, budget, decision));
      }
    }
    return tried;
  }

  /** The least budget that gets something; as good as endless where no budget does. */
  private static long least(Decision decision) {
    if (decision.policy() == Policy.GUIDE) {
      return 0;
    }
    return decision.relaxations().stream()
        .filter(change -> change.field().equals("budgetUsd"))
        .mapToLong(change -> ((Number) change.to()).longValue())
        .findFirst()
        .orElse(Long.MAX_VALUE);
  }

  private static Tried tried(Advisor advisor, Form form, long budget, Decision decision) {
    Recommendation pick = decision.recommendation();
    double vram = 0;
    for (Cards cards : pick.gpus()) {
      Gpu gpu = advisor.facts().gpuById().get(cards.id());
      vram += gpu == null || gpu.vramGib() == null ? 0 : (double) cards.count() * gpu.vramGib();
    }
    String model =
        !form.value("model").isEmpty() || decision.requirement().models().isEmpty()
            ? ""
            : advisor.facts().modelById().get(decision.requirement().models().get(0).id()).name();
    return new Tried(
        budget,
        true,
        decision.verdict() == Outcome.KEEP,
        pick.gpus(),
        pick.totalUsd(),
        vram,
        pick.speed() == null ? null : pick.speed().tokensPerSecond(),
        model);
  }

  /** The pictures for a visitor. */
  static BudgetChart of(List<Tried> tried, Form form, Numbers numbers) {
    List<Point> points = new ArrayList<>();
    long now = nearest(form);
    for (int i = 0; i < tried.size(); i++) {
      Tried one = tried.get(i);
      double x = x(one.budgetUsd());
      double from = i == 0 ? LEFT - 6.0 : (x + x(tried.get(i - 1).budgetUsd())) / 2;
      double to =
          i == tried.size() - 1 ? WIDTH - RIGHT + 6.0 : (x + x(tried.get(i + 1).budgetUsd())) / 2;
      points.add(
          new Point(
              one.budgetUsd(),
              numbers.usd(one.budgetUsd()),
              one.found() ? machine(one) : "nothing fits",
              one.found(),
              one.model(),
              one.totalUsd() == null ? "" : numbers.usd(one.totalUsd()),
              one.found() ? numbers.decimal(one.vramGib()) + " GiB" : "",
              one.tokensPerSecond() == null ? "" : numbers.rate(one.tokensPerSecond()),
              "/?" + form.with("budgetUsd", String.valueOf(one.budgetUsd())).query(),
              one.budgetUsd() == now,
              round(x),
              round(from),
              round(to - from)));
    }
    return new BudgetChart(
        points,
        panel(
            "Tokens a second",
            tried,
            now,
            numbers,
            one -> one.tokensPerSecond() == null ? 0 : one.tokensPerSecond()),
        panel("Memory of the cards in GiB", tried, now, numbers, Tried::vramGib));
  }

  private static String machine(Tried one) {
    List<String> names = new ArrayList<>();
    for (Cards cards : one.cards()) {
      names.add((cards.count() == 1 ? "" : cards.count() + " × ") + cards.name());
    }
    return (one.keeps() ? "keep " : "") + String.join(" and ", names);
  }

  /** The budget of the form, where it is one of those that are tried; else none. */
  private static long nearest(Form form) {
    Form.Typed typed = form.typed();
    return typed.requirement().path("budgetUsd").asLong(-1);
  }

  /** Equal distances for equal ratios: at the small end a hundred dollars are more. */
  private static double x(long budget) {
    double least = Math.log(BUDGETS.get(0));
    double most = Math.log(BUDGETS.get(BUDGETS.size() - 1));
    return LEFT + 8 + (WIDTH - RIGHT - LEFT - 16) * (Math.log(budget) - least) / (most - least);
  }

  private static double y(double value, double most) {
    return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * value / most;
  }

  private static Panel panel(
      String title,
      List<Tried> tried,
      long now,
      Numbers numbers,
      java.util.function.ToDoubleFunction<Tried> value) {
    double largest = tried.stream().filter(Tried::found).mapToDouble(value).max().orElse(1);
    double step = step(Math.max(largest, 1));
    double most = Math.ceil(Math.max(largest, 1) / step) * step;
    StringBuilder path = new StringBuilder();
    List<Dot> dots = new ArrayList<>();
    boolean begun = false;
    for (Tried one : tried) {
      if (!one.found()) {
        begun = false;
        continue;
      }
      double x = x(one.budgetUsd());
      double y = y(value.applyAsDouble(one), most);
      path.append(begun ? "H" + round(x) + "V" + round(y) : "M" + round(x) + " " + round(y));
      dots.add(new Dot(round(x), round(y), one.budgetUsd() == now));
      begun = true;
    }
    List<Tick> ticks = new ArrayList<>();
    for (double at = 0; at <= most + step / 2; at += step) {
      ticks.add(new Tick(round(y(at, most)), numbers.whole(Math.round(at))));
    }
    List<Tick> budgets = new ArrayList<>();
    for (long budget : List.of(250L, 500L, 1_000L, 2_000L, 5_000L, 10_000L, 20_000L)) {
      budgets.add(new Tick(round(x(budget)), numbers.whole(budget)));
    }
    return new Panel(title, path.toString(), dots, ticks, budgets);
  }

  /** A round step of which there are three or four. */
  private static double step(double most) {
    double power = Math.pow(10, Math.floor(Math.log10(most)));
    for (double factor : new double[] {0.25, 0.5, 1, 2, 2.5, 5}) {
      if (most / (power * factor) <= 4) {
        return Math.max(1, power * factor);
      }
    }
    return power * 10;
  }

  private static double round(double value) {
    return Double.parseDouble(String.format(Locale.ROOT, "%.1f", value));
  }
}
