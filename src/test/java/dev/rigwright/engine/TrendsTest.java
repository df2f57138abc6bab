package dev.rigwright.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rigwright.Home;
import dev.rigwright.domain.Gpu;
import dev.rigwright.domain.Model;
import dev.rigwright.domain.ModelNeed;
import dev.rigwright.domain.Requirement;
import dev.rigwright.domain.Service;
import dev.rigwright.domain.Sizing;
import dev.rigwright.domain.WantedModel;
import dev.rigwright.domain.Workload;
import dev.rigwright.estimate.Memory;
import dev.rigwright.estimate.Speed;
import dev.rigwright.facts.BadInputException;
import dev.rigwright.facts.Facts;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be said of the rules as they are written, and what is declared of the estimates. */
class TrendsTest {

  private static final long SEED = Long.getLong("rigwright.trends.seed", 20261126L);
  private static final int WAYS = Integer.getInteger("rigwright.trends", 400);

  private final Advisor shipped = Home.advisor();
  private final Facts facts = shipped.facts();

  private Trends of(String field) {
    return of(field, false);
  }

  private Trends of(String field, boolean watched) {
    return new Trends(RuleParts.of(shipped.rulebook()), field, watched);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "budgetUsd",
        "promptTokens",
        "answerTokens",
        "electricityUsdPerKwh",
        "hoursPerDay",
        "owned.psuWatts",
        "owned.ramGib",
        "owned.cpuCores",
        "limits.maxSystemWatts",
        "limits.maxGpuSlots",
        "limits.maxGpuLengthMm",
        "limits.minTokensPerSecond",
        "models.0.sizeB"
      })
  void no_comparison_of_the_shipped_rules_can_turn_twice_in_the_way_of(String field) {
    assertThat(of(field).unproven()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"contextTokens", "users"})
  void more_of_it_places_models_otherwise_so_that_nothing_is_said_of(String field) {
    assertThat(of(field).unproven()).contains("sizing/fits", "sizing/tight", "sizing/no");
    assertThat(of(field, true).unproven()).as("unless estimates are watched").isEmpty();
  }

  /** A context or a number of people that grows, and what estimates are made from. */
  @ParameterizedTest
  @ValueSource(strings = {"contextTokens", "users"})
  void what_is_declared_of_caches_and_of_cards_with_as_much_memory_holds_for_more(String field) {
    Random random = new Random(SEED);
    List<Model> models = facts.models().stream().filter(Memory::computable).toList();
    List<Gpu> gpus = facts.gpus().stream().filter(gpu -> gpu.vramGib() != null).toList();
    int seen = 0;
    for (int way = 0; way < WAYS; way++) {
      String asked =
          "{\"engine\": \"%s\", \"%s\": %d, \"%s\": %%d, \"models\": [{\"id\": \"%s\"}%s]}"
              .formatted(
                  random.nextBoolean() ? "vllm" : "llama.cpp",
                  field.equals("users") ? "contextTokens" : "users",
                  field.equals("users") ? 512 + random.nextInt(30_000) : 1 + random.nextInt(8),
                  field,
                  models.get(random.nextInt(models.size())).id(),
                  random.nextInt(4) == 0 ? ", {\"id\": \"whisper-large-v3\"}" : "");
      Gpu gpu = gpus.get(random.nextInt(gpus.size()));
      List<Gpu> alike =
          gpus.stream().filter(other -> other.vramGib().equals(gpu.vramGib())).toList();
      Gpu other = alike.get(random.nextInt(alike.size()));
      int count = 1 + random.nextInt(4);
      int one = 1 + random.nextInt(field.equals("users") ? 40 : 20_000);
      int step = 1 + random.nextInt(field.equals("users") ? 3 : 400);
      Workload before = null;
      Requirement asking = null;
      for (int i = 0; i < 15; i++) {
        Requirement requirement;
        try {
          requirement = Home.requirement(asked.formatted(one + i * step));
        } catch (BadInputException refused) {
          break;
        }
        Workload now = new Workload(needs(requirement), requirement.users());
        if (before != null) {
          grown(field, before, now);
          assertThat(Memory.share(gpu.vramGib(), count, now, requirement, facts.figures()))
              .isGreaterThanOrEqualTo(
                  Memory.share(gpu.vramGib(), count, before, asking, facts.figures()));
          seen++;
        }
        Sizing mine = Speed.size(gpu, count, now, requirement, facts.figures());
        Sizing others = Speed.size(other, count, now, requirement, facts.figures());
        for (String figure : Watched.MEMORY) {
          assertThat(Watched.inStep(mine, others, figure)).isTrue();
          assertThat(Reckoner.property(mine, figure)).isEqualTo(Reckoner.property(others, figure));
        }
        before = now;
        asking = requirement;
      }
    }
    assertThat(seen).isGreaterThan(5 * WAYS);
  }

  private static void grown(String field, Workload before, Workload now) {
    for (String sum : Trends.SUMS) {
      Object then = Reckoner.property(before, sum);
      if (sum.equals("kvCacheBytes")) {
        assertThat(now.kvCacheBytes()).isGreaterThanOrEqualTo((Long) then);
      } else {
        assertThat(Reckoner.property(now, sum)).isEqualTo(then);
      }
    }
    for (int i = 0; i < now.models().size(); i++) {
      for (var component : ModelNeed.class.getRecordComponents()) {
        Object was = Reckoner.property(before.models().get(i), component.getName());
        Object is = Reckoner.property(now.models().get(i), component.getName());
        if (Trends.GROWS.get(field).contains(component.getName())) {
          assertThat((Long) is).as(component.getName()).isGreaterThanOrEqualTo((Long) was);
        } else {
          assertThat(is).as(component.getName()).isEqualTo(was);
        }
      }
    }
  }

  /** A prompt or an answer that grows, and the estimates on some cards. */
  @Test
  void with_longer_prompts_and_answers_an_estimate_moves_as_it_is_declared() {
    Random random = new Random(SEED);
    List<Model> models = facts.models().stream().filter(Memory::computable).toList();
    List<Gpu> gpus = facts.gpus().stream().filter(gpu -> gpu.vramGib() != null).toList();
    int seen = 0;
    int split = 0;
    for (int way = 0; way < WAYS; way++) {
      boolean prompt = random.nextBoolean();
      int context = 512 + random.nextInt(60_000);
      int one = 1 + random.nextInt(context / 2);
      int other = 1 + random.nextInt(context / 2);
      int step = 1 + random.nextInt(50);
      String asked =
          "{\"engine\": \"%s\", \"users\": %d, \"contextTokens\": %d, \"%s\": %%d, \"%s\": %d, \"models\": [{\"id\": \"%s\"}%s]}"
              .formatted(
                  random.nextBoolean() ? "vllm" : "llama.cpp",
                  1 + random.nextInt(12),
                  context,
                  prompt ? "promptTokens" : "answerTokens",
                  prompt ? "answerTokens" : "promptTokens",
                  other,
                  models.get(random.nextInt(models.size())).id(),
                  random.nextInt(4) == 0 ? ", {\"id\": \"whisper-large-v3\"}" : "");
      Gpu gpu = gpus.get(random.nextInt(gpus.size()));
      int count = 1 + random.nextInt(8);
      Sizing before = null;
      List<ModelNeed> needed = null;
      for (int i = 0; i < 20; i++) {
        Requirement requirement;
        try {
          requirement = Home.requirement(asked.formatted(one + i * step));
        } catch (BadInputException refused) {
          break;
        }
        List<ModelNeed> needs = needs(requirement);
        Workload workload = new Workload(needs, requirement.users());
        Sizing now = Speed.size(gpu, count, workload, requirement, facts.figures());
        if (before != null) {
          String where = "%s on %d %s".formatted(asked.formatted(one + i * step), count, gpu.id());
          moved(where, before, now);
          for (int m = 0; m < needs.size(); m++) {
            moved(where, needed.get(m), needs.get(m));
          }
          for (String sum : Trends.SUMS) {
            assertThat(Reckoner.property(workload, sum))
                .isEqualTo(Reckoner.property(new Workload(needed, requirement.users()), sum));
          }
          seen++;
          split += now.onCards().size() > 1 && now.tokensPerSecond() != null ? 1 : 0;
        }
        before = now;
        needed = needs;
      }
    }
    assertThat(seen).isGreaterThan(5 * WAYS);
    assertThat(split).isGreaterThan(WAYS / 2);
  }

  private List<ModelNeed> needs(Requirement requirement) {
    List<ModelNeed> needs = new ArrayList<>();
    for (WantedModel wanted : requirement.models()) {
      Model model = facts.modelById().get(wanted.id());
      if (model != null) {
        needs.add(Memory.need(model, wanted, requirement, facts.figures()));
      } else {
        Service service =
            facts.services().stream()
                .filter(one -> one.id().equals(wanted.id()))
                .findFirst()
                .orElseThrow();
        needs.add(Memory.need(service, wanted, false));
      }
    }
    return needs;
  }

  private static void moved(String where, Sizing before, Sizing now) {
    for (String steady : Trends.STEADY) {
      assertThat(Retold.same(Reckoner.property(now, steady), Reckoner.property(before, steady)))
          .as("%s stays, with %s", steady, where)
          .isTrue();
    }
    moved(where + ": tokens a second", now.tokensPerSecond(), before.tokensPerSecond());
    moved(where + ": first token", before.firstTokenSeconds(), now.firstTokenSeconds());
    moved(where + ": last", before.lastFirstTokenSeconds(), now.lastFirstTokenSeconds());
  }

  private static void moved(String where, Double smaller, Double larger) {
    assertThat(Objects.isNull(smaller)).as(where).isEqualTo(Objects.isNull(larger));
    if (smaller != null) {
      assertThat(smaller).as(where).isLessThanOrEqualTo(larger);
    }
  }

  private static void moved(String where, ModelNeed before, ModelNeed now) {
    assertThat(now.kvReadBytes()).as(where).isGreaterThanOrEqualTo(before.kvReadBytes());
    for (var component : ModelNeed.class.getRecordComponents()) {
      if (!component.getName().equals("kvReadBytes")) {
        assertThat(Reckoner.property(now, component.getName()))
            .as("%s stays, with %s", component.getName(), where)
            .isEqualTo(Reckoner.property(before, component.getName()));
      }
    }
  }
}
