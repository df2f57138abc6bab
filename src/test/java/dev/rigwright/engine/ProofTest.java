package dev.rigwright.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rigwright.Home;
import dev.rigwright.domain.Breadth;
import dev.rigwright.domain.CardCount;
import dev.rigwright.domain.Gpu;
import dev.rigwright.domain.Model;
import dev.rigwright.domain.Offer;
import dev.rigwright.domain.Pick;
import dev.rigwright.domain.Requirement;
import dev.rigwright.domain.WantedModel;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ProofTest {

  private static final Advisor ADVISOR = Home.advisor();
  private static final Requirement WRITER =
      Home.requirement("{\"budgetUsd\": 2400, \"models\": [{\"id\": \"qwen2.5-32b\"}]}");

  @Test
  void every_conclusion_rests_in_the_end_on_requirement_and_catalogue() {
    Set<Object> given = Collections.newSetFromMap(new IdentityHashMap<>());
    given.addAll(ADVISOR.facts().forRules());
    given.addAll(ADVISOR.inputs(WRITER, new Breadth(false)));
    Proof proof = ADVISOR.decide(WRITER).proof();
    assertThat(proof.conclusions()).hasSizeGreaterThan(200);
    for (Object conclusion : proof.conclusions()) {
      assertThat(proof.grounds(conclusion)).as(conclusion.toString()).isNotEmpty();
      for (Object leaf : proof.leaves(conclusion)) {
        boolean known = leaf instanceof Breadth || given.contains(leaf);
        assertThat(known).as("%s rests on %s", conclusion, leaf).isTrue();
      }
    }
  }

  @Test
  void the_pick_rests_on_the_card_its_offer_the_model_and_the_budget() {
    Proof proof = ADVISOR.decide(WRITER).proof();
    Pick pick =
        proof.conclusions().stream()
            .filter(Pick.class::isInstance)
            .map(Pick.class::cast)
            .filter(one -> one.label().word().equals("best-value"))
            .findFirst()
            .orElseThrow();
    List<Object> leaves = proof.leaves(pick);
    assertThat(leaves)
        .anySatisfy(leaf -> assertThat(leaf).isInstanceOf(Requirement.class))
        .anySatisfy(leaf -> assertThat(leaf).isInstanceOf(WantedModel.class))
        .anySatisfy(
            leaf -> assertThat(((Model) only(leaf, Model.class)).id()).isEqualTo("qwen2.5-32b"))
        .anySatisfy(leaf -> assertThat(((Gpu) only(leaf, Gpu.class)).id()).isEqualTo(pick.gpuId()))
        .anySatisfy(
            leaf -> assertThat(((Offer) only(leaf, Offer.class)).itemId()).isEqualTo(pick.gpuId()));
    assertThat(leaves).noneMatch(CardCount.class::isInstance);
  }

  private static Object only(Object leaf, Class<?> type) {
    assertThat(leaf).isInstanceOf(type);
    return leaf;
  }

  @Test
  void each_ground_names_a_rule_of_the_rulebook() {
    Proof proof = ADVISOR.decide(WRITER).proof();
    proof
        .conclusions()
        .forEach(
            conclusion ->
                proof
                    .grounds(conclusion)
                    .forEach(
                        ground ->
                            assertThat(ADVISOR.rulebook().rules()).containsKey(ground.rule())));
  }
}
