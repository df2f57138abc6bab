package dev.rigwright.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rigwright.Home;
import dev.rigwright.domain.Engine;
import dev.rigwright.domain.Gpu;
import dev.rigwright.domain.KvCacheType;
import dev.rigwright.domain.Model;
import dev.rigwright.domain.ModelNeed;
import dev.rigwright.domain.PolicyFigures;
import dev.rigwright.domain.Quantization;
import dev.rigwright.domain.Requirement;
import dev.rigwright.domain.Role;
import dev.rigwright.domain.Sizing;
import dev.rigwright.domain.WantedModel;
import dev.rigwright.domain.Workload;
import dev.rigwright.estimate.Memory;
import dev.rigwright.estimate.Speed;
import dev.rigwright.facts.Facts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;

/** Laws of fitting that hold for every model and card of the catalogue. */
class FittingTest {

  private static final Facts FACTS = Home.advisor().facts();
  private static final PolicyFigures FIGURES = FACTS.figures();
  private static final List<Model> MODELS =
      FACTS.models().stream().filter(Memory::computable).toList();
  private static final List<Gpu> GPUS =
      FACTS.gpus().stream().filter(gpu -> gpu.vramGib() != null).toList();

  private static Requirement asked(Model model, Engine engine, int users, int context) {
    int most = model.maxContextTokens() == null ? context : model.maxContextTokens();
    return Home.requirement(
        "{\"scope\": \"gpu\", \"models\": [{\"id\": \"%s\"}], \"engine\": \"%s\", \"users\": %d, \"contextTokens\": %d}"
            .formatted(model.id(), engine, users, Math.min(context, most)));
  }

  private static Workload workload(Requirement requirement) {
    List<ModelNeed> needs = new ArrayList<>();
    for (WantedModel wanted : requirement.models()) {
      needs.add(Memory.need(FACTS.modelById().get(wanted.id()), wanted, requirement, FIGURES));
    }
    return new Workload(needs, requirement.users());
  }

  private static Sizing sized(Gpu gpu, int count, Requirement requirement) {
    return Speed.size(gpu, count, workload(requirement), requirement, FIGURES);
  }

  private static int rank(Sizing sizing) {
    return sizing.missingBytes() > 0
        ? 0
        : sizing.marginPercent() < FIGURES.memoryMarginPercent() ? 1 : 2;
  }

  @Provide
  Arbitrary<Model> models() {
    return Arbitraries.of(MODELS);
  }

  @Provide
  Arbitrary<Gpu> gpus() {
    return Arbitraries.of(GPUS);
  }

  @Example
  void every_model_of_the_catalogue_needs_no_less_for_more() {
    for (Model model : MODELS) {
      for (Engine engine : Engine.values()) {
        Requirement asked = asked(model, engine, 2, 4096);
        long need = need(asked);
        String of = model.id() + " in " + engine;
        assertThat(need(Changes.users(asked, 3))).as(of).isGreaterThanOrEqualTo(need);
        for (int context = 4096; context <= 131072; context *= 2) {
          long longer = need(Changes.context(asked, context));
          assertThat(longer).as("%s with %d tokens", of, context).isGreaterThanOrEqualTo(need);
          need = longer;
        }
        assertThat(need(Changes.kvCache(asked, KvCacheType.Q8_0)))
            .as(of)
            .isLessThanOrEqualTo(need(asked));
      }
    }
  }

  private static long need(Requirement requirement) {
    Workload workload = workload(requirement);
    return workload.weightsBytes()
        + workload.kvCacheBytes()
        + Memory.overheadBytes(workload, FIGURES);
  }

  @Property(tries = 300, shrinking = ShrinkingMode.OFF)
  void a_larger_card_is_never_worse(
      @ForAll("models") Model model,
      @ForAll Engine engine,
      @ForAll @IntRange(min = 1, max = 8) int count,
      @ForAll @IntRange(min = 1, max = 12) int users) {
    Requirement asked = asked(model, engine, users, 8192);
    int before = 0;
    for (Gpu gpu : GPUS.stream().sorted(Comparator.comparing(Gpu::vramGib)).toList()) {
      int rank = rank(sized(gpu, count, asked));
      assertThat(rank)
          .as("%s, %d cards, %s", gpu.id(), count, asked)
          .isGreaterThanOrEqualTo(before);
      before = rank;
    }
  }

  @Property(tries = 500, shrinking = ShrinkingMode.OFF)
  void one_card_more_is_never_worse_in_llama_cpp(
      @ForAll("models") Model model,
      @ForAll("gpus") Gpu gpu,
      @ForAll @IntRange(min = 1, max = 8) int users) {
    Requirement asked = asked(model, Engine.LLAMA_CPP, users, 8192);
    int before = 0;
    for (int count = 1; count <= 8; count++) {
      int rank = rank(sized(gpu, count, asked));
      assertThat(rank).as("%dx %s, %s", count, gpu.id(), asked).isGreaterThanOrEqualTo(before);
      before = rank;
    }
  }

  @Property(tries = 120, shrinking = ShrinkingMode.OFF)
  void the_largest_context_and_the_most_users_are_the_largest(
      @ForAll("models") Model model,
      @ForAll("gpus") Gpu gpu,
      @ForAll Engine engine,
      @ForAll @IntRange(min = 1, max = 4) int count) {
    Requirement asked = asked(model, engine, 1, 8192);
    Room room = new Room(FACTS, asked, workload(asked), sized(gpu, count, asked));
    int context = room.largestContext();
    boolean capped = model.maxContextTokens() == null || context == model.maxContextTokens();
    if (context > 0) {
      assertThat(sized(gpu, count, Changes.context(asked, context)).missingBytes()).isZero();
    }
    if (!capped) {
      assertThat(sized(gpu, count, Changes.context(asked, context + 1)).missingBytes())
          .isPositive();
    }
    int users = room.mostUsers();
    if (users > 0) {
      assertThat(sized(gpu, count, Changes.users(asked, users)).missingBytes()).isZero();
    }
    if (users < 4096) {
      assertThat(sized(gpu, count, Changes.users(asked, users + 1)).missingBytes()).isPositive();
    }
  }

  @Property(tries = 120, shrinking = ShrinkingMode.OFF)
  void every_change_makes_it_fit(
      @ForAll("models") Model model,
      @ForAll("gpus") Gpu gpu,
      @ForAll Engine engine,
      @ForAll @IntRange(min = 1, max = 4) int count,
      @ForAll @IntRange(min = 1, max = 40) int users) {
    Fitting fitting =
        Fitting.of(Home.advisor(), asked(model, engine, users, 16384), gpu.id(), count);
    assertThat(fitting.changes().isEmpty() || !fitting.holds()).isTrue();
    for (Fitting.ChangeView change : fitting.changes()) {
      assertThat(change.marginPercent()).as("%s", change).isNotNegative();
      assertThat(change.needGib()).isLessThanOrEqualTo(change.availableGib());
      if (change.field().equals("quantization")) {
        Quantization to = (Quantization) change.to();
        assertThat(to.engines()).contains(engine);
        assertThat(to.bitsPerWeight()).isLessThan(((Quantization) change.from()).bitsPerWeight());
      }
    }
    assertThat(fitting.perModel()).hasSize(1);
    assertThat(fitting.models().get(0).role()).isEqualTo(Role.LLM);
  }
}
