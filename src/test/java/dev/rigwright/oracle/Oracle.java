package dev.rigwright.oracle;

import dev.rigwright.domain.Circuit;
import dev.rigwright.domain.ClaimStatus;
import dev.rigwright.domain.Condition;
import dev.rigwright.domain.ConditionWish;
import dev.rigwright.domain.Cooling;
import dev.rigwright.domain.Engine;
import dev.rigwright.domain.Fit;
import dev.rigwright.domain.FormFactor;
import dev.rigwright.domain.Gpu;
import dev.rigwright.domain.LatencyLimit;
import dev.rigwright.domain.Limits;
import dev.rigwright.domain.ModelNeed;
import dev.rigwright.domain.Offer;
import dev.rigwright.domain.Owned;
import dev.rigwright.domain.PartKind;
import dev.rigwright.domain.Platform;
import dev.rigwright.domain.Policy;
import dev.rigwright.domain.PolicyFigures;
import dev.rigwright.domain.PricedPart;
import dev.rigwright.domain.PsuRow;
import dev.rigwright.domain.Quantization;
import dev.rigwright.domain.RamRow;
import dev.rigwright.domain.Requirement;
import dev.rigwright.domain.Role;
import dev.rigwright.domain.Scope;
import dev.rigwright.domain.Service;
import dev.rigwright.domain.SizeRow;
import dev.rigwright.domain.Sizing;
import dev.rigwright.domain.Split;
import dev.rigwright.domain.Vendor;
import dev.rigwright.domain.VramRow;
import dev.rigwright.domain.WantedModel;
import dev.rigwright.domain.Workload;
import dev.rigwright.estimate.Memory;
import dev.rigwright.estimate.Power;
import dev.rigwright.estimate.Speed;
import dev.rigwright.facts.Facts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * The same judgement as the rules', written by hand: what to avoid, what fits, power supply,
 * cooling, the machine around the cards, and the best value among what is left. Written from what
 * the rules say, in the plainest Java, and leaving nothing out that might not matter, so that it is
 * wrong in other ways than the rules are. Only the estimates are shared: bytes, watts and tokens a
 * second are physics, no judgement.
 *
 * <p>It says nothing of the guide's own picks, of warnings and of wording.
 */
public final class Oracle {

  private static final double GIB = 0x1p30;
  private static final int HOT_WATTS = 450;
  private static final int SMALL_GIB = 8;

  private final Facts facts;
  private final PolicyFigures figures;

  /**
   * An oracle over facts.
   *
   * @param facts with the guide's statements as the advisor judged them
   */
  public Oracle(Facts facts) {
    this.facts = facts;
    this.figures = facts.figures();
  }

  /**
   * Cards that might be the answer.
   *
   * @param id as answers and the rules name them, such as {@code 2x rtx-3090 used}
   * @param cards the same without how they are had
   * @param bought how many of them have to be bought
   */
  public record Choice(
      String id, String cards, Gpu gpu, int count, int bought, Condition condition, long usd) {}

  /**
   * A machine that nothing speaks against but its price and its power.
   *
   * @param supply id of the power supply; null where only cards are asked for
   */
  public record Machine(
      Choice choice,
      Sizing sizing,
      Cooling cooling,
      String supply,
      int psuWatts,
      int ramGib,
      long totalUsd,
      Integer systemWatts) {}

  /**
   * What comes out for one set of models.
   *
   * @param choices by id
   * @param fits by cards
   * @param cooling by cards
   * @param supplies what supplies have to give at least, by cards
   * @param exclusions each as the rule's id, a space and what it bars
   * @param machines by the id of the choice
   * @param rejected the ids of those that cost or draw too much, each after its rule
   */
  public record Judgement(
      SortedMap<String, Choice> choices,
      SortedMap<String, Fit> fits,
      SortedMap<String, Cooling> cooling,
      SortedMap<String, SortedSet<Integer>> supplies,
      SortedSet<String> exclusions,
      SortedMap<String, Machine> machines,
      SortedSet<String> rejected,
      Machine bestValue,
      Machine cheapest) {

    /** What is recommended where figures go before the guide; null where nothing can be. */
    public Machine recommended(Requirement requirement) {
      return requirement.budgetUsd() == null || bestValue == null ? cheapest : bestValue;
    }
  }

  /**
   * What is judged at last: of a requirement without models the largest size that brings a machine,
   * else the smallest.
   *
   * @param models those that it was judged for
   */
  public record Answer(List<WantedModel> models, Judgement judgement) {}

  /** The answer to a requirement under {@code checked}. */
  public Answer answer(Requirement requirement) {
    if (!requirement.models().isEmpty()) {
      return new Answer(requirement.models(), judge(requirement, requirement.models()));
    }
    Answer answer = null;
    for (SizeRow size :
        facts.sizes().stream()
            .filter(SizeRow::tried)
            .sorted(Comparator.comparingDouble(SizeRow::sizeB).reversed())
            .toList()) {
      Quantization quantization =
          requirement.engine() == Engine.VLLM ? Quantization.AWQ : Quantization.Q4_K_M;
      List<WantedModel> models = List.of(new WantedModel(size.model(), Role.LLM, quantization));
      answer = new Answer(models, judge(requirement, models));
      if (answer.judgement().recommended(requirement) != null) {
        return answer;
      }
    }
    return answer;
  }

  /** What comes out for these models. */
  public Judgement judge(Requirement r, List<WantedModel> models) {
    Workload workload = workload(r, models);
    SortedMap<String, Choice> choices = new TreeMap<>();
    SortedMap<String, Fit> fits = new TreeMap<>();
    SortedMap<String, Cooling> cooling = new TreeMap<>();
    SortedMap<String, SortedSet<Integer>> supplies = new TreeMap<>();
    SortedSet<String> exclusions = new TreeSet<>();
    SortedMap<String, Machine> machines = new TreeMap<>();
    SortedSet<String> rejected = new TreeSet<>();
    avoid(r, exclusions);
    unwantedCards(r, exclusions);
    if (workload == null) {
      return new Judgement(
          choices, fits, cooling, supplies, exclusions, machines, rejected, null, null);
    }
    Map<String, Sizing> sizings = new LinkedHashMap<>();
    int ramGib = ramGib(r, workload);
    OptionalInt beside = memoryBesideTheCards(r, ramGib);
    for (Choice choice : choices(r)) {
      choices.put(choice.id(), choice);
      Sizing sizing =
          sizings.computeIfAbsent(
              choice.cards(),
              cards -> Speed.size(cards, choice.gpu(), choice.count(), workload, r, figures));
      fits.put(choice.cards(), fit(sizing, beside));
      cooling.put(choice.cards(), cooling(choice.gpu(), choice.count()));
      supplies.put(choice.cards(), new TreeSet<>(floors(choice, false)));
    }
    sizings.values().forEach(sizing -> wrongSize(r, workload, sizing, fits, exclusions));
    choices.values().forEach(choice -> wrongForTheMachine(r, choice, exclusions));
    Set<String> barred = new HashSet<>();
    exclusions.forEach(one -> barred.add(one.substring(one.indexOf(' ') + 1)));
    for (Choice choice : choices.values()) {
      if (!barred.contains(choice.id())
          && !barred.contains(choice.cards())
          && !(choice.bought() > 0 && barred.contains("buying " + choice.gpu().id()))) {
        Machine machine =
            machine(
                r,
                choice,
                sizings.get(choice.cards()),
                cooling.get(choice.cards()),
                ramGib,
                storageGb(workload));
        if (machine != null) {
          machines.put(choice.id(), machine);
        }
      }
    }
    machines.values().forEach(machine -> tooMuch(r, machine, rejected));
    Set<String> refused = new HashSet<>();
    rejected.forEach(one -> refused.add(one.substring(one.indexOf(' ') + 1)));
    List<Machine> left =
        machines.values().stream()
            .filter(machine -> !refused.contains(machine.choice().id()))
            .toList();
    if (left.stream().anyMatch(machine -> fits.get(machine.choice().cards()) == Fit.FITS)) {
      left =
          left.stream().filter(machine -> fits.get(machine.choice().cards()) == Fit.FITS).toList();
    }
    return new Judgement(
        choices,
        fits,
        cooling,
        supplies,
        exclusions,
        machines,
        rejected,
        left.stream()
            .filter(machine -> machine.sizing().tokensPerSecond() != null)
            .min(Comparator.comparingDouble(Oracle::value).reversed().thenComparing(CHEAPER))
            .orElse(null),
        left.stream().min(CHEAPER).orElse(null));
  }

  private static final Comparator<Machine> CHEAPER =
      Comparator.comparingLong(Machine::totalUsd).thenComparing(machine -> machine.choice().id());

  /** Tokens a second for each 1,000 USD; what costs nothing is the best value there is. */
  private static double value(Machine machine) {
    return machine.totalUsd() == 0
        ? Double.MAX_VALUE
        : machine.sizing().tokensPerSecond() * 1000 / machine.totalUsd();
  }

  // What is needed.

  /** All models together; null where none of them can be placed. */
  private Workload workload(Requirement r, List<WantedModel> models) {
    List<ModelNeed> needs = new ArrayList<>();
    for (WantedModel wanted : models) {
      if (wanted.role() == Role.LLM) {
        needs.add(Memory.need(facts.modelById().get(wanted.id()), wanted, r, figures));
        continue;
      }
      Service service = facts.serviceById().get(wanted.id());
      if (service.memoryGib() != null) {
        needs.add(Memory.need(service, wanted, false));
      } else if (Boolean.TRUE.equals(service.onCpu())) {
        needs.add(Memory.need(service, wanted, true));
      }
    }
    return needs.isEmpty() ? null : new Workload(needs, r.users());
  }

  /** System memory: the guide's row, twice the weights, or what its table does not reach. */
  private int ramGib(Requirement r, Workload workload) {
    List<RamRow> rows =
        facts.ramRows().stream().sorted(Comparator.comparingDouble(RamRow::upToB)).toList();
    if (workload.sizeB() == 0) {
      return rows.stream().min(Comparator.comparingDouble(RamRow::sizeB)).orElseThrow().minGib();
    }
    for (RamRow row : rows) {
      if (row.upToB() >= workload.sizeB()) {
        int twice =
            r.scope() == Scope.UPGRADE ? 0 : (int) Math.ceil(2 * workload.fileBytes() / GIB);
        return Math.max(row.minGib(), twice);
      }
    }
    int once = (int) Math.ceil(workload.fileBytes() / GIB);
    return Math.max(rows.get(rows.size() - 1).minGib(), once);
  }

  /** System memory that llama.cpp can run the rest of a model from. */
  private static OptionalInt memoryBesideTheCards(Requirement r, int ramGib) {
    if (r.engine() != Engine.LLAMA_CPP) {
      return OptionalInt.empty();
    }
    if (r.owned().ramGib() != null) {
      return OptionalInt.of(r.owned().ramGib());
    }
    return r.scope() == Scope.BUILD ? OptionalInt.of(ramGib) : OptionalInt.empty();
  }

  private static int storageGb(Workload workload) {
    return (int) Math.ceil(3 * workload.fileBytes() / 1e9 + 250);
  }

  // Which cards there are.

  private List<Choice> choices(Requirement r) {
    List<Choice> choices = new ArrayList<>();
    for (Offer offer : facts.offers()) {
      Gpu gpu = facts.gpuById().get(offer.itemId());
      if (gpu == null || gpu.formFactor() != FormFactor.PCIE) {
        continue;
      }
      for (int count : counts()) {
        choices.add(bought(gpu, offer, count, 0));
        for (Owned.Gpus owned : r.owned().gpus()) {
          if (owned.id().equals(gpu.id()) && count > owned.count()) {
            choices.add(bought(gpu, offer, count, owned.count()));
          }
        }
      }
    }
    for (Owned.Gpus owned : r.owned().gpus()) {
      Gpu gpu = facts.gpuById().get(owned.id());
      for (int count : counts()) {
        if (count <= owned.count() && gpu.vramGib() != null) {
          String cards = cards(gpu, count);
          choices.add(new Choice(cards + " owned", cards, gpu, count, 0, null, 0));
        }
      }
    }
    return choices;
  }

  private List<Integer> counts() {
    return facts.cardCounts().stream().map(count -> count.count()).toList();
  }

  private static Choice bought(Gpu gpu, Offer offer, int count, int owned) {
    String cards = cards(gpu, count);
    String with = owned == 0 ? "" : " with " + owned + " owned";
    return new Choice(
        cards + " " + offer.condition().word() + with,
        cards,
        gpu,
        count,
        count - owned,
        offer.condition(),
        (count - owned) * offer.typicalUsd());
  }

  private static String cards(Gpu gpu, int count) {
    return count == 1 ? gpu.id() : count + "x " + gpu.id();
  }

  // What speaks against cards.

  /** What the guide says to avoid. */
  private void avoid(Requirement r, Set<String> exclusions) {
    for (Gpu gpu : facts.gpus()) {
      String buying = " buying " + gpu.id();
      if (Set.of("GTX 10", "GTX 16").contains(String.valueOf(gpu.series()))) {
        exclusions.add("avoid/gtx" + buying);
      }
      if (gpu.vendor() == Vendor.AMD && !allowed(r, Vendor.AMD)) {
        exclusions.add("avoid/amd" + buying);
      }
      if (gpu.vendor() == Vendor.INTEL && !allowed(r, Vendor.INTEL)) {
        exclusions.add("avoid/intel-arc" + buying);
      }
      if (Set.of("A100", "H100", "H200").contains(String.valueOf(gpu.series()))) {
        exclusions.add("avoid/rented" + buying);
      }
      if (gpu.vramGib() != null && gpu.vramGib() <= SMALL_GIB) {
        exclusions.add("avoid/eight-gb" + buying);
      }
    }
  }

  private static boolean allowed(Requirement r, Vendor vendor) {
    return r.policy() == Policy.CHECKED && r.limits().vendors().contains(vendor);
  }

  /** Cards that must not be bought for what the buyer set, or that no PC takes. */
  private void unwantedCards(Requirement r, Set<String> exclusions) {
    Limits limits = r.limits();
    for (Gpu gpu : facts.gpus()) {
      String buying = " buying " + gpu.id();
      if (!limits.vendors().isEmpty()
          && gpu.vendor() != null
          && !limits.vendors().contains(gpu.vendor())) {
        exclusions.add("limits/vendor-not-wanted" + buying);
      }
      if (limits.maxGpuLengthMm() != null) {
        if (gpu.lengthMm() == null) {
          exclusions.add("limits/length-unknown" + buying);
        } else if (gpu.lengthMm() > limits.maxGpuLengthMm()) {
          exclusions.add("limits/too-long" + buying);
        }
      }
      if (limits.maxGpuSlots() != null && gpu.slots() == null) {
        exclusions.add("limits/width-unknown" + buying);
      }
      if (gpu.formFactor() == FormFactor.MODULE) {
        exclusions.add("machine/module" + buying);
      }
      if (Boolean.TRUE.equals(gpu.passive())) {
        exclusions.add("machine/passive-card" + buying);
      }
    }
  }

  private Fit fit(Sizing sizing, OptionalInt beside) {
    if (sizing.missingBytes() == 0) {
      return sizing.marginPercent() < figures.memoryMarginPercent() ? Fit.TIGHT : Fit.FITS;
    }
    return beside.isPresent() && beside.getAsInt() * GIB >= sizing.missingBytes()
        ? Fit.OFFLOAD
        : Fit.NO;
  }

  private static boolean holds(Fit fit) {
    return fit == Fit.FITS || fit == Fit.TIGHT;
  }

  /** Cards on which it does not fit, is too slow, or is no better than on one card fewer. */
  private void wrongSize(
      Requirement r,
      Workload workload,
      Sizing sizing,
      Map<String, Fit> fits,
      Set<String> exclusions) {
    String cards = " " + sizing.cards();
    Gpu gpu = facts.gpuById().get(sizing.gpu());
    Fit fit = fits.get(sizing.cards());
    if (!holds(fit) && !(fit == Fit.OFFLOAD && r.batchAlone())) {
      exclusions.add("fit/too-large" + cards);
    }
    if (sizing.count() == 1 && beyondTheGuide(gpu, workload.sizeB())) {
      exclusions.add("fit/beyond-the-guide" + cards);
    }
    Fit fewer = sizing.count() == 1 ? null : fits.get(cards(gpu, sizing.count() - 1));
    if (sizing.split() != Split.TENSOR && fewer != null && holds(fewer)) {
      exclusions.add("fit/more-cards-than-needed" + cards);
    }
    Double least = r.limits().minTokensPerSecond();
    if (least != null && sizing.tokensPerSecond() != null && sizing.tokensPerSecond() < least) {
      exclusions.add("speed/below-the-minimum" + cards);
    }
    if (least != null && gpu.bandwidthGbPerSecond() == null) {
      exclusions.add("speed/bandwidth-unknown" + cards);
    }
    double patience =
        facts.latencyLimits().stream()
            .filter(limit -> r.useCases().contains(limit.useCase()))
            .mapToDouble(LatencyLimit::seconds)
            .min()
            .orElse(Double.MAX_VALUE);
    if (sizing.firstTokenSeconds() != null && sizing.firstTokenSeconds() > patience) {
      exclusions.add("speed/first-token-too-late" + cards);
    }
  }

  /** Whether the guide's table gives this much memory a smaller model, and no figure objects. */
  private boolean beyondTheGuide(Gpu gpu, double sizeB) {
    return gpu.vramGib() != null
        && facts.vramRows().stream()
            .filter(row -> row.vramGib() <= gpu.vramGib())
            .max(Comparator.comparingInt(VramRow::vramGib))
            .filter(row -> row.upToB() < sizeB)
            .filter(row -> facts.claimById().get(row.claim()).status() != ClaimStatus.CONTRADICTED)
            .isPresent();
  }

  /** Cards that the buyer's limits, his machine or any machine cannot take. */
  private void wrongForTheMachine(Requirement r, Choice choice, Set<String> exclusions) {
    String id = " " + choice.id();
    Gpu gpu = choice.gpu();
    Limits limits = r.limits();
    if (limits.maxGpus() != null && choice.count() > limits.maxGpus()) {
      exclusions.add("limits/too-many-cards" + id);
    }
    if (limits.maxGpuSlots() != null
        && gpu.slots() != null
        && choice.count() * gpu.slots() > limits.maxGpuSlots()) {
      exclusions.add("limits/too-wide" + id);
    }
    if (r.condition() == ConditionWish.NEW && choice.condition() == Condition.USED) {
      exclusions.add("limits/only-new" + id);
    }
    if (r.condition() == ConditionWish.USED && choice.condition() == Condition.NEW) {
      exclusions.add("limits/only-used" + id);
    }
    if (r.scope() != Scope.GPU) {
      List<Integer> floors = floors(choice, false);
      int largest =
          parts(PartKind.PSU, part -> true).stream()
              .mapToInt(psu -> psu.part().watts())
              .max()
              .orElse(0);
      if (floors.isEmpty()) {
        exclusions.add("machine/power-unknown" + id);
      }
      if (floors.stream().anyMatch(watts -> watts > largest)) {
        exclusions.add("machine/no-supply-large-enough" + id);
      }
    }
    if (r.scope() == Scope.BUILD) {
      if (facts.platforms().stream().noneMatch(board -> board.cards() >= choice.count())) {
        exclusions.add("machine/no-board-for-so-many" + id);
      }
      if (gpu.formFactor() == FormFactor.MODULE && choice.bought() == 0) {
        exclusions.add("machine/owned-module" + id);
      }
    }
    if (r.scope() == Scope.UPGRADE) {
      Integer slots = r.owned().pcieX16Slots();
      if (slots != null && choice.count() > slots) {
        exclusions.add("machine/owned-board-has-too-few-slots" + id);
      }
      if (slots == null && choice.count() > 1 && choice.bought() > 0) {
        exclusions.add("machine/owned-slots-unknown" + id);
      }
    }
    if (Boolean.TRUE.equals(limits.quiet())) {
      if (gpu.tdpWatts() == null) {
        exclusions.add("noise/board-power-unknown" + id);
      } else if (choice.count() * gpu.tdpWatts() > figures.quietCardsWatts()) {
        exclusions.add("noise/too-hot-to-be-quiet" + id);
      }
      if (Boolean.TRUE.equals(gpu.passive())) {
        exclusions.add("noise/ducted-air-is-heard" + id);
      }
    }
  }

  // The machine around the cards.

  private static Cooling cooling(Gpu gpu, int count) {
    if (count > 1) {
      return Cooling.CHASSIS;
    }
    return gpu.tdpWatts() == null || gpu.tdpWatts() >= HOT_WATTS ? Cooling.AIO : Cooling.AIR;
  }

  /**
   * What a supply has to give at least: by the maker, or by our allowance where he is silent, and
   * by the guide's own row.
   *
   * @param namedAlone without our allowance
   */
  private List<Integer> floors(Choice choice, boolean namedAlone) {
    List<Integer> floors = new ArrayList<>();
    Gpu gpu = choice.gpu();
    if (gpu.tdpWatts() != null && gpu.makerPsuWatts() != null) {
      floors.add(gpu.makerPsuWatts() + (choice.count() - 1) * gpu.tdpWatts());
    } else if (gpu.tdpWatts() != null && !namedAlone) {
      floors.add(choice.count() * gpu.tdpWatts() + figures.psuHeadroomWatts());
    }
    for (PsuRow row : facts.psuRows()) {
      if (row.gpu().equals(gpu.id()) && row.count() == choice.count()) {
        floors.add(row.psuWatts());
      }
    }
    return floors;
  }

  /** The machine with these cards; null where there is none. */
  private Machine machine(
      Requirement r, Choice choice, Sizing sizing, Cooling cooling, int ramGib, int storageGb) {
    if (r.scope() == Scope.GPU) {
      Integer watts = Power.systemWatts(choice.gpu().tdpWatts(), choice.count(), null, figures);
      return new Machine(choice, sizing, cooling, null, 0, 0, choice.usd(), watts);
    }
    Shell shell =
        r.scope() == Scope.UPGRADE
            ? owned(r.owned(), ramGib)
            : bought(choice.count(), cooling, ramGib, storageGb);
    if (shell == null) {
      return null;
    }
    Integer load =
        Power.loadWatts(choice.gpu().tdpWatts(), choice.count(), shell.cpuMaxWatts(), figures);
    boolean asTheyAre = r.scope() == Scope.UPGRADE && choice.bought() == 0;
    List<Integer> floors = new ArrayList<>(floors(choice, asTheyAre));
    if (!asTheyAre && load != null) {
      floors.add(load);
    }
    int least = floors.stream().mapToInt(Integer::intValue).max().orElse(0);
    Integer there = r.scope() == Scope.UPGRADE ? r.owned().psuWatts() : null;
    String supply = "owned-psu";
    int psuWatts = there == null ? 0 : there;
    long psuUsd = 0;
    if (there == null ? least > 0 : there < least) {
      PricedPart psu = cheapest(PartKind.PSU, part -> part.part().watts() >= least);
      if (psu == null) {
        return null;
      }
      supply = psu.id();
      psuWatts = psu.part().watts();
      psuUsd = psu.offer().typicalUsd();
    }
    return new Machine(
        choice,
        sizing,
        cooling,
        supply,
        psuWatts,
        shell.ramGib(),
        choice.usd() + shell.usd() + psuUsd,
        Power.systemWatts(choice.gpu().tdpWatts(), choice.count(), shell.cpuMaxWatts(), figures));
  }

  /** Everything but cards and supply. */
  private record Shell(long usd, int ramGib, Integer cpuMaxWatts) {}

  /** The machine that is there, with more memory where it needs it. */
  private Shell owned(Owned owned, int ramGib) {
    if (owned.ramGib() == null) {
      return new Shell(0, 0, null);
    }
    if (owned.ramGib() >= ramGib) {
      return new Shell(0, owned.ramGib(), null);
    }
    PricedPart ram = ram("ddr5", ramGib);
    return ram == null ? null : new Shell(ram.offer().typicalUsd(), ram.part().capacityGib(), null);
  }

  /** The cheapest machine that takes the cards and the memory and is cooled as they need. */
  private Shell bought(int count, Cooling cooling, int ramGib, int storageGb) {
    PricedPart storage = cheapest(PartKind.STORAGE, part -> part.part().capacityGb() >= storageGb);
    PricedPart box = box(count, cooling);
    if (storage == null || box == null) {
      return null;
    }
    Shell best = null;
    for (Platform platform :
        facts.platforms().stream().sorted(Comparator.comparing(Platform::id)).toList()) {
      PricedPart cpu = part(platform.cpu());
      PricedPart board = part(platform.board());
      PricedPart ram = ram(platform.memoryType().word(), ramGib);
      String coolerId = platform.cooler(cooling);
      PricedPart cooler = coolerId == null ? null : part(coolerId);
      boolean cooled = cooler != null || coolerId == null && cooling == Cooling.CHASSIS;
      if (cpu == null
          || cpu.part().maxWatts() == null
          || board == null
          || ram == null
          || !cooled
          || platform.cards() < count
          || platform.maxRamGib() == null
          || platform.maxRamGib() < ramGib) {
        continue;
      }
      long usd = usd(cpu) + usd(board) + usd(ram) + usd(cooler) + usd(storage) + usd(box);
      if (best == null || usd < best.usd()) {
        best = new Shell(usd, ram.part().capacityGib(), cpu.part().maxWatts());
      }
    }
    return best;
  }

  private PricedPart box(int count, Cooling cooling) {
    return switch (cooling) {
      case AIR -> cheapest(PartKind.CASE, part -> plain(part) && slots(part) >= 7);
      case AIO -> cheapest(PartKind.CASE, part -> plain(part) && slots(part) >= 8);
      default ->
          cheapest(
              PartKind.CASE,
              part -> part.part().coolingKind() == (count == 2 ? Cooling.AIO : Cooling.CHASSIS));
    };
  }

  private static boolean plain(PricedPart box) {
    return box.part().coolingKind() == null;
  }

  private static int slots(PricedPart box) {
    return box.part().expansionSlots() == null ? 0 : box.part().expansionSlots();
  }

  private PricedPart ram(String type, int gib) {
    return cheapest(
        PartKind.RAM,
        part -> part.part().memoryType().word().equals(type) && part.part().capacityGib() >= gib);
  }

  private static long usd(PricedPart part) {
    return part == null ? 0 : part.offer().typicalUsd();
  }

  private PricedPart part(String id) {
    return facts.pricedParts().stream()
        .filter(part -> Objects.equals(part.id(), id))
        .findFirst()
        .orElse(null);
  }

  private List<PricedPart> parts(PartKind kind, Predicate<PricedPart> which) {
    return facts.pricedParts().stream().filter(part -> part.kind() == kind).filter(which).toList();
  }

  private PricedPart cheapest(PartKind kind, Predicate<PricedPart> which) {
    return parts(kind, which).stream()
        .min(Comparator.comparingLong(Oracle::usd).thenComparing(PricedPart::id))
        .orElse(null);
  }

  // What speaks against machines.

  private void tooMuch(Requirement r, Machine machine, Set<String> rejected) {
    String id = " " + machine.choice().id();
    Integer most = r.limits().maxSystemWatts();
    if (r.budgetUsd() != null && machine.totalUsd() > r.budgetUsd()) {
      rejected.add("budget/over" + id);
    }
    if (most != null && machine.systemWatts() == null) {
      rejected.add("power/draw-unknown" + id);
    }
    if (most != null && machine.systemWatts() != null && machine.systemWatts() > most) {
      rejected.add("power/over-the-limit" + id);
    }
    for (Circuit circuit : facts.circuits()) {
      if (circuit.region().equals(r.region())
          && machine.systemWatts() != null
          && machine.systemWatts() > circuit.continuousWatts()) {
        rejected.add("power/over-the-circuit" + id);
      }
    }
  }
}
