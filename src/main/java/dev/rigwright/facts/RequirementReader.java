package dev.rigwright.facts;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rigwright.domain.ConditionWish;
import dev.rigwright.domain.Engine;
import dev.rigwright.domain.Fingerprint;
import dev.rigwright.domain.KvCacheType;
import dev.rigwright.domain.Limits;
import dev.rigwright.domain.Model;
import dev.rigwright.domain.Owned;
import dev.rigwright.domain.Policy;
import dev.rigwright.domain.Quantization;
import dev.rigwright.domain.Requirement;
import dev.rigwright.domain.Requirement.Assumption;
import dev.rigwright.domain.Role;
import dev.rigwright.domain.Scope;
import dev.rigwright.domain.Service;
import dev.rigwright.domain.SizeRow;
import dev.rigwright.domain.UseCase;
import dev.rigwright.domain.Vendor;
import dev.rigwright.domain.WantedModel;
import dev.rigwright.domain.Word;
import dev.rigwright.estimate.Memory;
import dev.rigwright.facts.BadInputException.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads a requirement: refuses what is wrong, resolves names, fills in defaults and remembers each.
 * Thread-safe.
 */
public final class RequirementReader {

  private final Facts facts;
  private final Names names;
  private final JsonNode document;
  private final SchemaProblems schema;
  private volatile String schemaHash;

  /**
   * A reader over a set of facts.
   *
   * @param schemaFile the JSON Schema of a requirement
   */
  public RequirementReader(Facts facts, Path schemaFile) {
    this(facts, read(schemaFile));
  }

  /**
   * A reader over a set of facts.
   *
   * @param schema the JSON Schema of a requirement
   */
  public RequirementReader(Facts facts, JsonNode schema) {
    this.facts = facts;
    this.names = new Names(facts);
    this.document = schema;
    this.schema = new SchemaProblems(schema, "facts/schema/requirement.schema.json");
  }

  private static JsonNode read(Path schemaFile) {
    try (InputStream in = Files.newInputStream(schemaFile)) {
      return Json.MAPPER.readTree(in);
    } catch (IOException unreadable) {
      throw new FactsException(
          schemaFile,
          1,
          1,
          "The schema of a requirement cannot be read. Maybe the home folder is another one; name it with --home.");
    }
  }

  /** A reader over facts and the schema that lies beside them. */
  public static RequirementReader of(Facts facts, Path folder) {
    return new RequirementReader(facts, folder.resolve("schema/requirement.schema.json"));
  }

  /** The JSON Schema that requirements are held against. */
  public JsonNode schema() {
    return document;
  }

  /** The fingerprint of that schema: that of its canonical JSON. */
  public String schemaHash() {
    String known = schemaHash;
    if (known == null) {
      known = Fingerprint.of(Canonical.bytes(document));
      schemaHash = known;
    }
    return known;
  }

  /** The names that the facts know. */
  public Names names() {
    return names;
  }

  /**
   * Reads a requirement.
   *
   * @param json its text
   * @param today the date where it names none
   * @throws BadInputException with everything that is wrong
   */
  public Requirement read(byte[] json, LocalDate today) {
    return read(parse(json), today);
  }

  /**
   * Parses a requirement without judging it.
   *
   * @throws BadInputException with line and column if it is no JSON
   */
  public JsonNode parse(byte[] json) {
    JsonNode node;
    try {
      node = Json.MAPPER.readTree(json);
    } catch (JsonProcessingException malformed) {
      var at = malformed.getLocation();
      throw new BadInputException(
          at == null ? "" : "line %d, column %d".formatted(at.getLineNr(), at.getColumnNr()),
          Json.problem(malformed));
    } catch (IOException unreadable) {
      throw new BadInputException("", "This cannot be read: " + unreadable.getMessage() + ".");
    }
    if (node == null || node.isMissingNode()) {
      throw new BadInputException(
          "line 1, column 1", "There is nothing. A requirement is a JSON object, {} at the least.");
    }
    return node;
  }

  /** Reads a requirement that is already parsed. */
  public Requirement read(JsonNode node, LocalDate today) {
    List<Problem> problems = schema.of(node);
    if (!problems.isEmpty()) {
      throw new BadInputException(problems);
    }
    return new Reading(node, today).requirement();
  }

  /** One requirement being read. */
  private final class Reading {
    private final JsonNode node;
    private final LocalDate today;
    private final List<Assumption> assumptions = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();

    Reading(JsonNode node, LocalDate today) {
      this.node = node;
      this.today = today;
    }

    Requirement requirement() {
      LocalDate asOf = asOf();
      Owned owned = owned();
      boolean machine = owned.hasMachine();
      Scope scope =
          word(
              "scope",
              Scope.class,
              machine ? Scope.UPGRADE : Scope.BUILD,
              machine ? "a machine is owned" : "no machine is owned");
      int users = number("users", 1, "one person");
      Engine engine = engine(users);
      List<WantedModel> models = models(engine);
      int context =
          number("contextTokens", contextFor(models), "enough for a conversation or a few pages");
      checkContext(models, context);
      Requirement requirement =
          new Requirement(
              node.has("id") ? node.get("id").asText() : madeId(),
              node.has("title") ? node.get("title").asText() : null,
              asOf,
              node.has("budgetUsd") ? node.get("budgetUsd").asLong() : null,
              scope,
              models,
              context,
              number("promptTokens", 1000, "a long question"),
              number("answerTokens", 500, "a full answer"),
              users,
              useCases(),
              word("condition", ConditionWish.class, ConditionWish.ANY, "new or used"),
              text("region", "US", "prices are in US dollars"),
              decimal(
                  "electricityUsdPerKwh",
                  facts.figures().electricityUsdPerKwh(),
                  "facts/policy.json"),
              decimal("hoursPerDay", facts.figures().hoursPerDay(), "facts/policy.json"),
              owned,
              limits(),
              kvCache(engine),
              engine,
              flag("headless", "a display hangs on the card"),
              word("policy", Policy.class, Policy.CHECKED, "figures go before the guide"),
              assumptions);
      if (!problems.isEmpty()) {
        throw new BadInputException(problems);
      }
      return requirement;
    }

    private KvCacheType kvCache(Engine engine) {
      KvCacheType type =
          word("kvCache", KvCacheType.class, KvCacheType.F16, "the engines' default");
      if (!type.engines().contains(engine)) {
        problems.add(
            new Problem(
                "/kvCache",
                "Found \"%s\", which %s does not keep; its narrowest is %s."
                    .formatted(type, engine, KvCacheType.Q8_0)));
      }
      return type;
    }

    private LocalDate asOf() {
      if (!node.has("asOf")) {
        assumptions.add(new Assumption("asOf", today.toString(), "today"));
        return today;
      }
      try {
        return LocalDate.parse(node.get("asOf").asText());
      } catch (DateTimeException noDate) {
        problems.add(
            new Problem(
                "/asOf",
                "Found %s; allowed is a day of the calendar.".formatted(node.get("asOf"))));
        return today;
      }
    }

    private String madeId() {
      ObjectNode untitled = node.deepCopy();
      untitled.remove("title");
      return "r-" + Fingerprint.sha256(Canonical.bytes(untitled)).substring(0, 12);
    }

    private Engine engine(int users) {
      Set<Engine> possible = EnumSet.allOf(Engine.class);
      for (JsonNode model : node.path("models")) {
        if (model.has("quantization")) {
          Quantization named = quantization(model, null);
          possible.retainAll(named == null ? possible : named.engines());
        }
      }
      Engine preferred = users == 1 ? Engine.LLAMA_CPP : Engine.VLLM;
      Engine engine =
          possible.contains(preferred) || possible.isEmpty()
              ? preferred
              : possible.iterator().next();
      String because =
          possible.size() == 1
              ? "it runs the quantization that was named"
              : users == 1 ? "one user" : "more than one user";
      return word("engine", Engine.class, engine, because);
    }

    /**
     * The format that a model names; null where there is none of that name.
     *
     * @param pointer where to report that, or null
     */
    private Quantization quantization(JsonNode model, String pointer) {
      try {
        return Quantization.of(model.get("quantization").asText());
      } catch (IllegalArgumentException unknown) {
        if (pointer != null) {
          problems.add(new Problem(pointer + "/quantization", unknown.getMessage()));
        }
        return null;
      }
    }

    private List<WantedModel> models(Engine engine) {
      List<WantedModel> wanted = new ArrayList<>();
      int index = 0;
      for (JsonNode model : node.path("models")) {
        String pointer = "/models/" + index++;
        String id = id(model, pointer);
        if (id == null) {
          continue;
        }
        Model known = facts.modelById().get(id);
        if (wanted.stream().anyMatch(before -> before.id().equals(id))) {
          problems.add(
              new Problem(
                  pointer,
                  "Found (%s) once more; one copy serves all sessions. Maybe raise users."
                      .formatted(id)));
          continue;
        }
        Role role = role(model, pointer, known == null ? facts.serviceById().get(id) : null);
        if (known != null && !Memory.computable(known)) {
          problems.add(
              new Problem(
                  pointer + "/id",
                  "The architecture of model (%s) is not known well enough to compute its memory. Maybe add its config.json to the catalogue; facts/README.md shows how."
                      .formatted(id)));
        }
        wanted.add(new WantedModel(id, role, quantizationFor(model, pointer, engine, role)));
      }
      return wanted;
    }

    private String id(JsonNode model, String pointer) {
      try {
        if (model.has("id")) {
          return names.model(model.get("id").asText(), pointer + "/id");
        }
        double sizeB = model.get("sizeB").asDouble();
        SizeRow nearest =
            facts.sizes().stream()
                .min(
                    Comparator.comparingDouble((SizeRow row) -> Math.abs(row.sizeB() - sizeB))
                        .thenComparing(SizeRow::sizeB))
                .orElseThrow();
        if (Math.abs(nearest.sizeB() - sizeB) > 0.15 * sizeB) {
          problems.add(
              new Problem(
                  pointer + "/sizeB",
                  "Found %s; there are representatives for %s. Maybe name a model by its id."
                      .formatted(model.get("sizeB"), sizes())));
          return null;
        }
        assumptions.add(
            new Assumption(
                pointer + "/id",
                nearest.model(),
                "it stands for %s B".formatted(model.get("sizeB"))));
        return nearest.model();
      } catch (BadInputException unknown) {
        problems.addAll(unknown.problems());
        return null;
      }
    }

    private String sizes() {
      StringBuilder sizes = new StringBuilder();
      for (SizeRow row : facts.sizes()) {
        sizes.append(sizes.isEmpty() ? "" : ", ").append(Math.round(row.sizeB()));
      }
      return sizes.toString();
    }

    private Role role(JsonNode model, String pointer, Service service) {
      if (service == null) {
        if (model.has("role") && Word.of(Role.class, model.get("role").asText()) != Role.LLM) {
          problems.add(
              new Problem(
                  pointer + "/role",
                  "Found %s; the catalogue holds this one as a language model (llm)."
                      .formatted(model.get("role"))));
        }
        return Role.LLM;
      }
      String role = model.has("role") ? model.get("role").asText() : service.role();
      if (!role.equals(service.role())) {
        problems.add(
            new Problem(
                pointer + "/role",
                "Found %s; (%s) is known as %s."
                    .formatted(model.get("role"), service.id(), service.role())));
      }
      for (Role known : Role.values()) {
        if (known.word().equals(service.role())) {
          return known;
        }
      }
      problems.add(
          new Problem(
              pointer + "/id",
              "The service (%s) makes pictures or films; those are not estimated yet."
                  .formatted(service.id())));
      return Role.LLM;
    }

    private Quantization quantizationFor(JsonNode model, String pointer, Engine engine, Role role) {
      if (!model.has("quantization")) {
        if (role != Role.LLM) {
          return Quantization.FP16;
        }
        Quantization usual = engine == Engine.VLLM ? Quantization.AWQ : Quantization.Q4_K_M;
        assumptions.add(
            new Assumption(pointer + "/quantization", usual.word(), "usual for " + engine.word()));
        return usual;
      }
      Quantization quantization = quantization(model, pointer);
      if (quantization != null && !quantization.engines().contains(engine)) {
        List<String> runs = new ArrayList<>();
        for (Quantization other : Quantization.values()) {
          if (other.engines().contains(engine)) {
            runs.add(other.word());
          }
        }
        problems.add(
            new Problem(
                pointer + "/quantization",
                "Found \"%s\", which %s does not run; it runs %s. Maybe leave the engine open."
                    .formatted(quantization, engine, String.join(", ", runs))));
      }
      return quantization;
    }

    private int contextFor(List<WantedModel> models) {
      int context = 8192;
      for (WantedModel wanted : models) {
        Model model = facts.modelById().get(wanted.id());
        if (model != null && model.maxContextTokens() != null) {
          context = Math.min(context, model.maxContextTokens());
        }
      }
      return context;
    }

    private void checkContext(List<WantedModel> models, int context) {
      for (WantedModel wanted : models) {
        Model model = facts.modelById().get(wanted.id());
        if (model != null
            && model.maxContextTokens() != null
            && context > model.maxContextTokens()) {
          problems.add(
              new Problem(
                  "/contextTokens",
                  "Found %d; %s reaches %d tokens at the most."
                      .formatted(context, model.name(), model.maxContextTokens())));
        }
      }
    }

    private Set<UseCase> useCases() {
      if (!node.has("useCases")) {
        assumptions.add(new Assumption("useCases", List.of("chat"), "the commonest use"));
        return Set.of(UseCase.CHAT);
      }
      Set<UseCase> useCases = EnumSet.noneOf(UseCase.class);
      node.get("useCases").forEach(word -> useCases.add(Word.of(UseCase.class, word.asText())));
      return useCases;
    }

    private Owned owned() {
      if (!node.has("owned")) {
        return Owned.NOTHING;
      }
      JsonNode owned = node.get("owned");
      List<Owned.Gpus> gpus = new ArrayList<>();
      int index = 0;
      Set<String> seen = new TreeSet<>();
      for (JsonNode gpu : owned.path("gpus")) {
        String pointer = "/owned/gpus/" + index++ + "/id";
        try {
          String id = names.gpu(gpu.get("id").asText(), pointer);
          if (!seen.add(id)) {
            problems.add(
                new Problem(pointer, "The card (%s) stands there twice. Use count.".formatted(id)));
          }
          gpus.add(new Owned.Gpus(id, gpu.path("count").asInt(1)));
        } catch (BadInputException unknown) {
          problems.addAll(unknown.problems());
        }
      }
      return new Owned(
          gpus,
          integer(owned, "psuWatts"),
          integer(owned, "ramGib"),
          integer(owned, "cpuCores"),
          integer(owned, "pcieX16Slots"));
    }

    private Limits limits() {
      JsonNode limits = node.path("limits");
      List<Vendor> vendors = new ArrayList<>();
      limits.path("vendors").forEach(word -> vendors.add(Word.of(Vendor.class, word.asText())));
      return new Limits(
          integer(limits, "maxSystemWatts"),
          integer(limits, "maxGpus"),
          limits.has("maxGpuSlots") ? limits.get("maxGpuSlots").asDouble() : null,
          integer(limits, "maxGpuLengthMm"),
          vendors,
          limits.has("minTokensPerSecond") ? limits.get("minTokensPerSecond").asDouble() : null,
          limits.has("quiet") ? limits.get("quiet").asBoolean() : null);
    }

    private static Integer integer(JsonNode of, String field) {
      return of.has(field) ? (Integer) of.get(field).asInt() : null;
    }

    private int number(String field, int otherwise, String because) {
      if (node.has(field)) {
        return node.get(field).asInt();
      }
      assumptions.add(new Assumption(field, otherwise, because));
      return otherwise;
    }

    private double decimal(String field, double otherwise, String because) {
      if (node.has(field)) {
        return node.get(field).asDouble();
      }
      assumptions.add(new Assumption(field, otherwise, because));
      return otherwise;
    }

    private String text(String field, String otherwise, String because) {
      if (node.has(field)) {
        return node.get(field).asText();
      }
      assumptions.add(new Assumption(field, otherwise, because));
      return otherwise;
    }

    private boolean flag(String field, String because) {
      if (node.has(field)) {
        return node.get(field).asBoolean();
      }
      assumptions.add(new Assumption(field, false, because));
      return false;
    }

    private <E extends Enum<E> & Word> E word(
        String field, Class<E> type, E otherwise, String because) {
      if (node.has(field)) {
        return Word.of(type, node.get(field).asText());
      }
      assumptions.add(new Assumption(field, otherwise.word(), because));
      return otherwise;
    }
  }
}
