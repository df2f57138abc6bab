package dev.rigwright.estimate;

import dev.rigwright.domain.CardLoad;
import dev.rigwright.domain.Engine;
import dev.rigwright.domain.ModelNeed;
import dev.rigwright.domain.PolicyFigures;
import dev.rigwright.domain.Role;
import dev.rigwright.domain.Split;
import dev.rigwright.domain.Workload;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where the models of a workload stand, card by card.
 *
 * <p>A speech, search or embedding model does not split: it stands whole on a card. A language
 * model is spread over all cards, as the engines do by themselves: llama.cpp gives each card whole
 * layers, and the output head to one of them; vLLM gives every card an equal share of every matrix
 * where the number of cards divides the model's heads, else layers. Where that leaves too little,
 * it may stand whole on one card as well. Under such shares a KV head that has to serve several
 * cards stands on each of them. Every card that holds anything pays for the driver and the engine's
 * buffers, and for a reserve where it holds layers of a model that is split.
 *
 * <p>Of all such placements the one counts that leaves out the least; then one that leaves each
 * card its margin ({@code memoryMarginPercent}); then one that splits as the engine does by itself;
 * then the one that leaves its fullest card the most. With few models and cards all are tried, so
 * that more memory never ends in a worse placement.
 *
 * @param cards what stands on each card
 * @param split how the largest language model is spread
 */
public record Placement(List<CardLoad> cards, Split split) {

  public Placement {
    cards = List.copyOf(cards);
  }

  /**
   * Places a workload.
   *
   * @param availableBytes of each card; they need not be equal
   */
  public static Placement of(
      Workload workload, String gpu, long[] availableBytes, Engine engine, PolicyFigures figures) {
    Recent recent = RECENT.get();
    if (recent == null || !recent.about(workload, engine, figures)) {
      recent = new Recent(workload, engine, figures, new HashMap<>());
      RECENT.set(recent);
    }
    return recent
        .placements
        .computeIfAbsent(
            LongBuffer.wrap(availableBytes),
            available -> new Search(workload, gpu, availableBytes, engine, figures).best())
        .on(gpu);
  }

  /**
   * The placements of the workload that a thread asked about last: many cards have the same memory.
   *
   * @param placements by the memory of each card
   */
  private record Recent(
      Workload workload,
      Engine engine,
      PolicyFigures figures,
      Map<LongBuffer, Placement> placements) {

    boolean about(Workload other, Engine with, PolicyFigures by) {
      return workload == other && engine == with && figures == by;
    }
  }

  private static final ThreadLocal<Recent> RECENT = new ThreadLocal<>();

  /** The same on cards of another kind with as much memory. */
  private Placement on(String gpu) {
    if (cards.get(0).gpu().equals(gpu)) {
      return this;
    }
    List<CardLoad> others = new ArrayList<>(cards.size());
    for (CardLoad card : cards) {
      others.add(new CardLoad(gpu, card.needBytes(), card.availableBytes(), card.models()));
    }
    return new Placement(others, split);
  }

  /** Bytes of all cards together. */
  public long needBytes() {
    long bytes = 0;
    for (CardLoad card : cards) {
      bytes += card.needBytes();
    }
    return bytes;
  }

  /** All that can be tried, from the likeliest on, up to so many placements. */
  private static final class Search {

    private static final int MOST_TRIED = 512;

    private final List<ModelNeed> items;
    private final ModelNeed largest;
    private final String gpu;
    private final Engine engine;
    private final Loads loads;
    private final int[] place;
    private final double comfort;
    private boolean everything;
    private int tried;
    private Found best;

    Search(Workload workload, String gpu, long[] available, Engine engine, PolicyFigures figures) {
      items =
          workload.models().stream()
              .filter(model -> !model.onCpu())
              .sorted(
                  Comparator.comparingLong(ModelNeed::bytes)
                      .reversed()
                      .thenComparing(ModelNeed::modelId))
              .toList();
      largest = workload.largest();
      this.gpu = gpu;
      this.engine = engine;
      this.loads = new Loads(available, Memory.overheadBytes(workload, figures), figures);
      this.place = new int[items.size()];
      this.comfort = figures.memoryMarginPercent();
    }

    Placement best() {
      descend(0);
      if (loads.count() > 1 && !best.comfortable()) {
        everything = true;
        tried = 0;
        descend(0);
      }
      return best.placement();
    }

    /** Gives each model a card of its own choice, or a kind of split. */
    private void descend(int item) {
      if (tried >= MOST_TRIED) {
        return;
      }
      if (item == items.size()) {
        tried++;
        judge();
        return;
      }
      ModelNeed model = items.get(item);
      boolean splits = model.role() == Role.LLM && loads.count() > 1;
      boolean shares = splits && engine == Engine.VLLM && divides(model, loads.count());
      if (shares) {
        place[item] = Loads.SHARES;
        descend(item + 1);
      }
      if (splits && (everything || !shares)) {
        place[item] = Loads.LAYERS;
        descend(item + 1);
      }
      if (everything || !splits) {
        for (int card : loads.different()) {
          place[item] = card;
          loads.put(card, model.bytes());
          descend(item + 1);
          loads.take(card, model.bytes());
        }
      }
    }

    private static boolean divides(ModelNeed model, int cards) {
      int caches = model.cacheShares();
      return model.attentionHeads() != null
          && model.attentionHeads() % cards == 0
          && (caches == 0 || caches % cards == 0 || cards % caches == 0);
    }

    private void judge() {
      Loads full = loads.copy();
      List<boolean[]> on = new ArrayList<>();
      for (int item = 0; item < place.length; item++) {
        on.add(place[item] == Loads.SHARES ? full.share(items.get(item)) : null);
      }
      int unusual = 0;
      for (int item = 0; item < place.length; item++) {
        if (place[item] == Loads.LAYERS) {
          on.set(item, full.layers(items.get(item)));
          unusual += engine == Engine.VLLM ? 2 : 0;
        } else if (place[item] >= 0) {
          on.set(item, full.only(place[item]));
          unusual += items.get(item).role() == Role.LLM ? 1 : 0;
        }
      }
      long missing = full.missing();
      double margin = full.leastMarginPercent();
      boolean comfortable = missing == 0 && margin >= comfort;
      if (best == null || best.worseThan(missing, comfortable, unusual, margin)) {
        best = new Found(placement(full, on), missing, comfortable, unusual, margin);
      }
    }

    private Placement placement(Loads full, List<boolean[]> on) {
      List<CardLoad> cards = new ArrayList<>();
      for (int card = 0; card < full.count(); card++) {
        List<String> models = new ArrayList<>();
        for (int item = 0; item < place.length; item++) {
          if (on.get(item)[card]) {
            models.add(items.get(item).modelId());
          }
        }
        cards.add(new CardLoad(gpu, full.used(card), full.available(card), models));
      }
      int at = items.indexOf(largest);
      Split split =
          at < 0 || place[at] >= 0
              ? Split.NONE
              : place[at] == Loads.SHARES ? Split.TENSOR : Split.LAYERS;
      return new Placement(cards, split);
    }
  }

  /** A placement and what it is judged by. */
  private record Found(
      Placement placement, long missing, boolean comfortable, int unusual, double margin) {

    boolean worseThan(long missing, boolean comfortable, int unusual, double margin) {
      if (missing != this.missing) {
        return missing < this.missing;
      }
      if (comfortable != this.comfortable) {
        return comfortable;
      }
      if (unusual != this.unusual) {
        return unusual < this.unusual;
      }
      return margin > this.margin;
    }
  }
}
