package dev.rigwright.engine;

import dev.rigwright.domain.AskedGpu;
import dev.rigwright.domain.Candidate;
import dev.rigwright.domain.Fit;
import dev.rigwright.domain.FitVerdict;
import dev.rigwright.domain.Gpu;
import dev.rigwright.domain.Model;
import dev.rigwright.domain.ModelNeed;
import dev.rigwright.domain.Place;
import dev.rigwright.domain.Requirement;
import dev.rigwright.domain.Requirement.Assumption;
import dev.rigwright.domain.ServicePlace;
import dev.rigwright.domain.Sizing;
import dev.rigwright.domain.WantedModel;
import dev.rigwright.domain.Workload;
import dev.rigwright.engine.Decision.MemoryView;
import dev.rigwright.engine.Decision.SpeedView;
import dev.rigwright.facts.BadInputException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.kie.api.runtime.KieSession;

/**
 * Whether models go onto given cards, and how fast they are there: the estimate with its verdict
 * alone, without a purchase around it.
 *
 * @param models in the formats that were asked for or assumed
 * @param perModel what each of them takes, and where it can run
 * @param changes the smallest single changes that make it fit; empty where it fits
 */
public record Fitting(
    String gpu,
    String gpuName,
    int count,
    List<WantedModel> models,
    MemoryView memory,
    SpeedView speed,
    List<ModelView> perModel,
    List<ChangeView> changes,
    Requirement requirement,
    List<Assumption> assumptions) {

  /**
   * What one model takes, in 2^30 bytes.
   *
   * @param weightsGib null where nobody published it, so that it is not counted
   * @param place where a speech, search or embedding model can run; null for a language model
   */
  public record ModelView(
      String id, String name, Double weightsGib, Double kvCacheGib, Place place) {

    /** Whether its memory is known. */
    public boolean counted() {
      return weightsGib != null;
    }
  }

  /** A change that makes it fit, as estimated. */
  record Change(String field, Object from, Object to, Sizing sizing) {}

  /**
   * A change that makes it fit.
   *
   * @param needGib what it would take, in 2^30 bytes
   * @param availableGib what there would be
   * @param tokensPerSecond null where unknown
   */
  public record ChangeView(
      String field,
      Object from,
      Object to,
      double needGib,
      double availableGib,
      double marginPercent,
      Double tokensPerSecond) {}

  /**
   * The estimate.
   *
   * @param gpuId a card of the catalogue whose memory is known
   * @param count cards of it
   */
  public static Fitting of(Advisor advisor, Requirement requirement, String gpuId, int count) {
    Gpu gpu = advisor.facts().gpuById().get(gpuId);
    String cards = Candidate.cards(gpuId, count);
    return advisor.withoutOffers(
        requirement,
        List.of(new AskedGpu(gpuId, count)),
        session -> {
          Workload workload = counted(session, requirement);
          Sizing sizing = only(session, Sizing.class, cards);
          Fit fit = only(session, FitVerdict.class, cards).fit();
          Estimates estimates = new Estimates(advisor.facts(), requirement, workload, sizing);
          List<Change> changes =
              sizing.missingBytes() == 0
                  ? List.of()
                  : new Room(advisor.facts(), requirement, workload, sizing)
                      .changes(movable(session));
          return new Fitting(
              gpuId,
              gpu.label(),
              count,
              requirement.models(),
              estimates.memory(fit),
              estimates.speed(fit),
              perModel(advisor, requirement, workload, session),
              changes.stream().map(Fitting::view).toList(),
              requirement,
              requirement.assumptions());
        });
  }

  /** Whether all of it is in the cards' memory. */
  public boolean holds() {
    return memory.verdict() == Fit.FITS || memory.verdict() == Fit.TIGHT;
  }

  private static List<ModelView> perModel(
      Advisor advisor, Requirement requirement, Workload workload, KieSession session) {
    Map<String, Place> places = places(session);
    List<ModelView> views = new ArrayList<>();
    for (WantedModel wanted : requirement.models()) {
      Model model = advisor.facts().modelById().get(wanted.id());
      String name =
          model == null ? advisor.facts().serviceById().get(wanted.id()).name() : model.name();
      Double weights = null;
      Double cache = null;
      for (ModelNeed need : workload.models()) {
        boolean counted = !need.onCpu() || need.weightsBytes() > 0;
        if (need.modelId().equals(wanted.id()) && counted) {
          weights = Estimates.gib(need.weightsBytes());
          cache = Estimates.gib(need.kvCacheBytes());
        }
      }
      views.add(new ModelView(wanted.id(), name, weights, cache, places.get(wanted.id())));
    }
    return views;
  }

  private static Map<String, Place> places(KieSession session) {
    Map<String, Place> places = new HashMap<>();
    for (Object fact : session.getObjects()) {
      if (fact instanceof ServicePlace place) {
        places.put(place.modelId(), place.place());
      }
    }
    return places;
  }

  /** Models that the rules let run on either. */
  private static Set<String> movable(KieSession session) {
    Set<String> movable = new TreeSet<>();
    places(session)
        .forEach(
            (id, place) -> {
              if (place == Place.EITHER) {
                movable.add(id);
              }
            });
    return movable;
  }

  private static ChangeView view(Change change) {
    Sizing sizing = change.sizing();
    return new ChangeView(
        change.field(),
        change.from(),
        change.to(),
        Estimates.rounded(sizing.needGib(), 4),
        Estimates.rounded(sizing.availableGib(), 4),
        Estimates.rounded(sizing.marginPercent(), 1),
        sizing.tokensPerSecond() == null
            ? null
            : (Double) Estimates.rounded(sizing.tokensPerSecond(), 2));
  }

  /** What can be counted; of services whose memory nobody published, nothing. */
  private static Workload counted(KieSession session, Requirement requirement) {
    for (Object fact : session.getObjects()) {
      if (fact instanceof Workload workload) {
        return workload;
      }
    }
    throw new BadInputException(
        "/models/0/id",
        "Nobody published how much memory (%s) takes, so nothing can be said. Maybe give it a row of your own with --facts."
            .formatted(requirement.models().get(0).id()));
  }

  private static <T> T only(KieSession session, Class<T> type, String cards) {
    for (Object fact : session.getObjects()) {
      boolean wanted =
          fact instanceof Sizing sizing
              ? sizing.cards().equals(cards)
              : !(fact instanceof FitVerdict verdict) || verdict.cards().equals(cards);
      if (type.isInstance(fact) && wanted) {
        return type.cast(fact);
      }
    }
    throw new IllegalStateException(
        "No rule concluded a %s for %s. Maybe rules/candidates was edited."
            .formatted(type.getSimpleName(), cards));
  }
}
