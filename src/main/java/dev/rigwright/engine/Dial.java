package dev.rigwright.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rigwright.domain.Limits;
import dev.rigwright.domain.Owned;
import dev.rigwright.domain.Requirement;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * One number of a requirement that can be turned, in whole steps.
 *
 * @param field its path, such as {@code limits.maxGpus}
 * @param step what one step is: 1 for whole numbers
 * @param now its value in steps; null where it is not given and nothing is put in
 * @param least in steps
 * @param most in steps; what the reader of requirements refuses before is not reached
 */
public record Dial(String field, BigDecimal step, Long now, long least, long most) {

  /** So few values are tried one by one. */
  private static final long FEW = 32;

  private static final long TOKENS = 100_000_000;

  private static final String SIZE = "sizeB";

  /**
   * All numbers of a requirement.
   *
   * @param asked as it was given: sizes of models stand only there
   */
  public static List<Dial> of(Requirement r, JsonNode asked) {
    List<Dial> dials = new ArrayList<>(of(r));
    for (int i = 0; i < asked.path("models").size(); i++) {
      JsonNode size = asked.at("/models/%d/%s".formatted(i, SIZE));
      if (size.isNumber() && !asked.at("/models/%d".formatted(i)).has("id")) {
        dials.add(real("models.%d.%s".formatted(i, SIZE), size.doubleValue(), 0, 10_000));
      }
    }
    for (int i = 0; i < r.owned().gpus().size(); i++) {
      dials.add(whole("owned.gpus.%d.count".formatted(i), r.owned().gpus().get(i).count(), 1, 16));
    }
    return dials;
  }

  /** All numbers that a requirement has whatever is owned, and however its models are named. */
  public static List<Dial> of(Requirement r) {
    Owned owned = r.owned();
    Limits limits = r.limits();
    List<Dial> dials = new ArrayList<>();
    dials.add(whole("budgetUsd", r.budgetUsd(), 1, 10_000_000));
    dials.add(whole("users", r.users(), 1, 100_000));
    dials.add(whole("contextTokens", r.contextTokens(), 1, TOKENS));
    dials.add(whole("promptTokens", r.promptTokens(), 1, TOKENS));
    dials.add(whole("answerTokens", r.answerTokens(), 1, TOKENS));
    dials.add(real("electricityUsdPerKwh", r.electricityUsdPerKwh(), 0, 10));
    dials.add(real("hoursPerDay", r.hoursPerDay(), 0, 24));
    dials.add(whole("owned.psuWatts", owned.psuWatts(), 100, 5000));
    dials.add(whole("owned.ramGib", owned.ramGib(), 1, 8192));
    dials.add(whole("owned.cpuCores", owned.cpuCores(), 1, 1024));
    dials.add(whole("owned.pcieX16Slots", owned.pcieX16Slots(), 0, 16));
    dials.add(whole("limits.maxSystemWatts", limits.maxSystemWatts(), 50, 20000));
    dials.add(whole("limits.maxGpus", limits.maxGpus(), 1, 16));
    dials.add(real("limits.maxGpuSlots", limits.maxGpuSlots(), 1, 64));
    dials.add(whole("limits.maxGpuLengthMm", limits.maxGpuLengthMm(), 50, 2000));
    dials.add(real("limits.minTokensPerSecond", limits.minTokensPerSecond(), 0, 100_000));
    return dials;
  }

  private static Dial whole(String field, Number now, long least, long most) {
    return new Dial(field, BigDecimal.ONE, now == null ? null : now.longValue(), least, most);
  }

  /** In hundredths, or as fine as it was given. */
  private static Dial real(String field, Double now, long least, long most) {
    BigDecimal value = BigDecimal.valueOf(now == null ? 0 : now).stripTrailingZeros();
    int scale = Math.max(2, value.scale());
    BigDecimal step = BigDecimal.ONE.movePointLeft(scale);
    return new Dial(
        field,
        step,
        now == null ? null : value.movePointRight(scale).longValueExact(),
        BigDecimal.valueOf(least).movePointRight(scale).longValueExact(),
        BigDecimal.valueOf(most).movePointRight(scale).longValueExact());
  }

  /** The value of so many steps, as it stands in a requirement. */
  public Number value(long steps) {
    return step.equals(BigDecimal.ONE)
        ? (Number) steps
        : step.multiply(BigDecimal.valueOf(steps)).stripTrailingZeros();
  }

  /** Whether there are so few values that each can be decided for. */
  boolean few() {
    return most - least < FEW;
  }

  /**
   * Whether values that the reader of requirements refuses can lie between those that it takes: a
   * size far from all that have a model is refused.
   */
  boolean gaps() {
    return field.endsWith("." + SIZE);
  }

  /** The same within narrower bounds. */
  public Dial within(long low, long high) {
    return new Dial(field, step, now, low, high);
  }

  /** A requirement as it was given, with another value. */
  public ObjectNode turned(ObjectNode asked, long steps) {
    ObjectNode turned = asked.deepCopy();
    ObjectNode at = turned;
    String[] path = field.split("\\.");
    for (int i = 0; i < path.length - 1; i++) {
      at =
          place(path[i + 1])
              ? (ObjectNode) at.get(path[i]).get(Integer.parseInt(path[++i]))
              : at.withObjectProperty(path[i]);
    }
    Number value = value(steps);
    at.set(
        path[path.length - 1],
        value instanceof BigDecimal real
            ? JsonNodeFactory.instance.numberNode(real.doubleValue())
            : JsonNodeFactory.instance.numberNode(value.longValue()));
    return turned;
  }

  private static boolean place(String name) {
    return Character.isDigit(name.charAt(0));
  }

  /** A requirement that was read, with another value and all else as it was. */
  Requirement turned(Requirement read, long steps) {
    // A size was exchanged for a model when it was read; nothing else says it.
    return gaps() ? read : (Requirement) turned(read, field.split("\\."), 0, value(steps));
  }

  private static Object turned(Object of, String[] path, int depth, Number value) {
    if (of instanceof List<?> list) {
      List<Object> others = new ArrayList<>(list);
      int at = Integer.parseInt(path[depth]);
      others.set(at, turned(list.get(at), path, depth + 1, value));
      return others;
    }
    List<Object> values = new ArrayList<>();
    for (RecordComponent component : of.getClass().getRecordComponents()) {
      Object old = Reckoner.property(of, component.getName());
      values.add(
          !component.getName().equals(path[depth])
              ? old
              : depth == path.length - 1
                  ? Reckoner.converted(component.getType(), value)
                  : turned(old, path, depth + 1, value));
    }
    return Reckoner.made(of.getClass(), values);
  }
}
