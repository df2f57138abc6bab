package dev.rigwright.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.management.OperatingSystemMXBean;
import dev.rigwright.batch.Batch;
import dev.rigwright.batch.OutputFormat;
import dev.rigwright.engine.Advisor;
import dev.rigwright.engine.Decision;
import dev.rigwright.facts.Facts;
import dev.rigwright.facts.FactsReader;
import dev.rigwright.facts.Json;
import dev.rigwright.facts.RequirementReader;
import dev.rigwright.report.JsonReport;
import dev.rigwright.rulebook.Rulebook;
import dev.rigwright.rulebook.RulebookReader;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Many who ask the packaged server at once, some of them with harm in mind, while its rules and
 * facts are edited: {@code [CONNECTIONS] [SECONDS] [EDITS A MINUTE]}. Each answer is held against
 * the bytes that the decision function gives for the rules and facts that the answer names. A batch
 * of the same requirements takes turns with it, in a process with the same memory: a machine that
 * others use as well is at times half as fast as a minute before.
 */
public final class ServeLoad {

  /**
   * What came of it.
   *
   * @param statuses how many answers had which status; 0 where none came to a hostile request
   * @param unexpected answers with other bytes than they should have
   * @param lost requests that got no answer
   * @param reloads how many changes came into force
   * @param micros how long each decision took, sorted
   * @param heapBytes what lives, before the load and after each turn of it
   * @param turns what a decision took in each turn
   */
  public record Result(
      Map<Integer, Long> statuses,
      List<String> unexpected,
      List<String> lost,
      int reloads,
      long[] micros,
      long[] heapBytes,
      List<Turn> turns,
      int code,
      String messages) {

    /** How many decisions were answered. */
    public long decisions() {
      return micros.length;
    }

    /** CPU time of the server for a decision. */
    public double serverMillis() {
      return turns.stream().mapToDouble(turn -> turn.serverMillis() * turn.decisions()).sum()
          / turns.stream().mapToLong(Turn::decisions).sum();
    }

    /** CPU time of the batch for a decision. */
    public double batchMillis() {
      return turns.stream().mapToDouble(Turn::batchMillis).average().orElse(Double.NaN);
    }
  }

  /**
   * A part of the load, and what the batch did after it.
   *
   * @param decisions of the server
   * @param serverMillis CPU time of the server for one of them
   * @param batchMillis CPU time of the batch for a decision; not a number where there is no batch
   */
  public record Turn(long decisions, double serverMillis, double batchMillis) {}

  /** Another process that takes turns with the load. */
  public interface Beside {
    /** Decides for a while; CPU time of a decision, in ms. */
    double millis() throws IOException;
  }

  private static final String RULE = "exclusions/fit.drl";
  private static final LocalDate TODAY = LocalDate.now();
  private static final Pattern NAMES =
      Pattern.compile("\"rulebook\": \"([^\"]+)\",\\s+\"facts\": \"([^\"]+)\"");
  private static final int HOSTILE_PERCENT = 5;

  /**
   * What runs once a request is compiled thoroughly after some 5,000 to 15,000, and some of it
   * again once more was seen; under this load that is over after 25,000. A server that has run for
   * a day is through with it.
   */
  private static final int WARM = 40_000;

  /** What only an edit runs is compiled thoroughly after some tens of edits. */
  private static final int WARM_EDITS = 40;

  /** Shorter loads look for wrong answers only. */
  private static final int SHORTEST_MEASURED_SECONDS = 20;

  /** The server hangs up on who says nothing for half a minute. */
  private static final int LONGEST_SETTLING_SECONDS = 20;

  private static final String HEAP = "-Xmx1g";
  private static final int LOOKS = 3;
  private static final int TURNS = 6;
  private static final int SHOWN = 5;
  private static final int BATCH_LINES = 1_500;
  private static final String CPU_NANOS = "process_cpu_time_ns_total";

  private final Path home;
  private final Path folder;
  private final int connections;
  private final int seconds;
  private final int edits;
  private final List<Long> heaps = new ArrayList<>();
  private final List<byte[]> requirements = new ArrayList<>();
  private final List<String> ruleTexts = new ArrayList<>();
  private final List<String> policyTexts = new ArrayList<>();
  private final Map<String, String> expected = new HashMap<>();
  private final Map<Integer, LongAdder> statuses = new ConcurrentHashMap<>();
  private final Queue<String> unexpected = new ConcurrentLinkedQueue<>();
  private final Queue<String> lost = new ConcurrentLinkedQueue<>();
  private final Queue<Long> nanos = new ConcurrentLinkedQueue<>();
  private int reloads;
  private volatile boolean paused;
  private volatile boolean over;

  private ServeLoad(Path home, Path folder, int connections, int seconds, int edits) {
    this.edits = edits;
    this.home = home;
    this.folder = folder;
    this.connections = connections;
    this.seconds = seconds;
  }

  /** Runs it and prints what came of it. */
  public static void main(String[] args) throws Exception {
    Path home = Path.of("").toAbsolutePath();
    if (args.length > 0 && args[0].equals("batch")) {
      batches(home);
      return;
    }
    int connections = args.length > 0 ? Integer.parseInt(args[0]) : 200;
    int seconds = args.length > 1 ? Integer.parseInt(args[1]) : 60;
    int edits = args.length > 2 ? Integer.parseInt(args[2]) : 6;
    Result result;
    try (Batches batches = new Batches(home)) {
      result = run(home, Files.createTempDirectory("load"), connections, seconds, edits, batches);
    }
    System.out.printf(
        "%d connections, %d s, %d edits a minute: %,d decisions, statuses %s, %d unexpected, %d lost, %d reloads%n",
        connections,
        seconds,
        edits,
        result.decisions(),
        result.statuses(),
        result.unexpected().size(),
        result.lost().size(),
        result.reloads());
    System.out.printf(
        "a decision: p50 %.0f ms, p99 %.0f ms%n",
        at(result.micros(), 0.50) / 1e3, at(result.micros(), 0.99) / 1e3);
    System.out.printf(
        "heap after collection, MB: %s; load of the machine %.1f%n",
        Arrays.stream(result.heapBytes())
            .mapToObj(bytes -> String.valueOf(Math.round(bytes / 1e6)))
            .collect(Collectors.joining(", ")),
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    System.out.print(result.messages());
    result.unexpected().stream().limit(SHOWN).forEach(System.out::println);
    result.lost().stream().limit(SHOWN).forEach(System.out::println);
    for (Turn turn : result.turns()) {
      System.out.printf(
          "  %,6d decisions, CPU of one: server %.2f ms, batch %.2f ms%n",
          turn.decisions(), turn.serverMillis(), turn.batchMillis());
    }
    System.out.printf(
        "CPU of a decision: server %.2f ms, batch %.2f ms; the server's rate per core is %.0f %% of the batch's%n",
        result.serverMillis(),
        result.batchMillis(),
        100 * result.batchMillis() / result.serverMillis());
    System.exit(result.unexpected().isEmpty() && result.lost().isEmpty() ? 0 : 1);
  }

  private static long at(long[] sorted, double part) {
    return sorted.length == 0 ? 0 : sorted[(int) Math.min(sorted.length - 1, sorted.length * part)];
  }

  /**
   * Runs it.
   *
   * @param home the checkout, with its packaged application
   * @param folder an empty one for what the server reads and writes
   * @param edits a minute, of a rule and of a figure of the facts in turn
   */
  public static Result run(Path home, Path folder, int connections, int seconds, int edits)
      throws Exception {
    return run(home, folder, connections, seconds, edits, () -> Double.NaN);
  }

  private static Result run(
      Path home, Path folder, int connections, int seconds, int edits, Beside beside)
      throws Exception {
    return new ServeLoad(home, folder, connections, seconds, edits).run(beside);
  }

  private Result run(Beside beside) throws Exception {
    copy(home.resolve("rules"), folder.resolve("rules"));
    copy(home.resolve("facts"), folder.resolve("facts"));
    prepare();
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    Process process =
        java(
                "-jar",
                home.resolve("target/app/rigwright.jar").toString(),
                "serve",
                "--port",
                "0",
                "--home",
                folder.toString(),
                "--log",
                folder.resolve("decisions.sqlite").toString(),
                "--access-log",
                folder.resolve("access.log").toString())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    try {
      int port = port(process, out, err);
      List<Turn> turns = load(process, port, beside);
      process.destroy();
      process.waitFor(60, TimeUnit.SECONDS);
      Map<Integer, Long> counted = new TreeMap<>();
      statuses.forEach((status, count) -> counted.put(status, count.sum()));
      return new Result(
          counted,
          List.copyOf(unexpected),
          List.copyOf(lost),
          reloads,
          nanos.stream().mapToLong(Long::longValue).map(n -> n / 1_000).sorted().toArray(),
          heaps.stream().mapToLong(Long::longValue).toArray(),
          turns,
          process.exitValue(),
          Files.readString(err));
    } finally {
      process.destroyForcibly();
    }
  }

  /** What each requirement is answered with each pair of rules and facts. */
  private void prepare() throws Exception {
    List<String> lines = Files.readAllLines(home.resolve("facts/requirements/sample.jsonl"));
    for (int i = 0; i < lines.size(); i += Math.max(1, lines.size() / 40)) {
      ObjectNode requirement = (ObjectNode) Json.MAPPER.readTree(lines.get(i));
      requirement.put("asOf", "2026-11-22");
      requirements.add(requirement.toString().getBytes(StandardCharsets.UTF_8));
    }
    String rule = Files.readString(folder.resolve("rules").resolve(RULE));
    String policy = Files.readString(folder.resolve("facts/policy.json"));
    List<Rulebook> rulebooks = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      ruleTexts.add(i == 0 ? rule : rule.replace("@because( \"", "@because( \"Edit " + i + ": "));
      Map<String, String> texts =
          new LinkedHashMap<>(RulebookReader.texts(folder.resolve("rules")));
      texts.put(RULE, ruleTexts.get(i));
      rulebooks.add(RulebookReader.compile(RulebookReader.parse(folder.resolve("rules"), texts)));
    }
    policyTexts.add(policy);
    Matcher tariff =
        Pattern.compile("(\"name\": \"electricityUsdPerKwh\",\\s+\"value\": )([0-9.]+)")
            .matcher(policy);
    if (!tariff.find()) {
      throw new IllegalStateException("There is no tariff in facts/policy.json.");
    }
    policyTexts.add(tariff.replaceFirst("$10.31"));
    for (String text : policyTexts) {
      Files.writeString(folder.resolve("facts/policy.json"), text);
      Facts facts = FactsReader.read(folder.resolve("facts"), null);
      RequirementReader reader = RequirementReader.of(facts, folder.resolve("facts"));
      for (Rulebook rulebook : rulebooks) {
        Advisor advisor = new Advisor(rulebook, facts, reader);
        for (int i = 0; i < requirements.size(); i++) {
          Decision decision = advisor.decide(reader.read(requirements.get(i), TODAY));
          expected.put(decision.rulebook() + decision.facts() + i, JsonReport.of(decision));
        }
      }
    }
    Files.writeString(folder.resolve("facts/policy.json"), policy);
  }

  private static int port(Process process, Path out, Path err) throws Exception {
    while (process.isAlive()) {
      Matcher said =
          Pattern.compile("listens on http://[^:]+:(\\d+)/").matcher(Files.readString(out));
      if (said.find()) {
        return Integer.parseInt(said.group(1));
      }
      Thread.sleep(50);
    }
    throw new IllegalStateException(Files.readString(err));
  }

  /** Loads until the server has answered for a while, and its author has edited before. */
  private void warm(int port, Phaser gate) throws Exception {
    resume(gate);
    int edited = 0;
    for (double decided = 0; decided < WARM; decided = decided(port)) {
      if (edited < WARM_EDITS && decided >= (double) WARM / WARM_EDITS * edited) {
        edit(++edited);
      }
      Thread.sleep(100);
    }
    pause(gate);
    settle(port);
    nanos.clear();
    statuses.clear();
  }

  /**
   * Waits until the just-in-time compiler has caught up. The batch's process does so while it waits
   * for its turn.
   */
  private void settle(int port) throws Exception {
    double before = metric(port, CPU_NANOS);
    for (int second = 0; second < LONGEST_SETTLING_SECONDS; second += 2) {
      Thread.sleep(2_000);
      double now = metric(port, CPU_NANOS);
      if (now - before < 100e6) {
        return;
      }
      before = now;
    }
  }

  /** Saves a rule, or a figure of the facts, as they are not on the disk. */
  private void edit(int number) throws IOException {
    if (number % 2 == 1) {
      save(
          folder.resolve("rules").resolve(RULE),
          ruleTexts.get((number / 2 + 1) % ruleTexts.size()));
    } else {
      save(folder.resolve("facts/policy.json"), policyTexts.get(number / 2 % policyTexts.size()));
    }
  }

  /**
   * Loads in turns, of which each has its share of the time and of the edits. Who asks keeps its
   * connection from one to the next.
   */
  private List<Turn> load(Process process, int port, Beside beside) throws Exception {
    Phaser gate = new Phaser(1);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < connections; i++) {
      int seed = i;
      gate.register();
      threads.add(
          new Thread(
              () -> {
                try {
                  ask(port, new Random(seed), gate);
                } finally {
                  // Nobody waits for one that failed.
                  gate.arriveAndDeregister();
                }
              },
              "client-" + i));
    }
    threads.forEach(Thread::start);
    if (seconds >= SHORTEST_MEASURED_SECONDS) {
      warm(port, gate);
    }
    heaps.add(heap(process));
    reloads = (int) reloads(port);
    List<Turn> turns = new ArrayList<>();
    long length = TimeUnit.SECONDS.toNanos(seconds) / TURNS;
    int edited = 0;
    long passed = 0;
    while (turns.size() < TURNS) {
      double cpu = metric(port, CPU_NANOS);
      double decided = decided(port);
      resume(gate);
      long began = System.nanoTime();
      while (System.nanoTime() - began < length) {
        double minutes = (passed + System.nanoTime() - began) / 60e9;
        // In the middle of its share of the time, so that a turn pays for the edits that it sees.
        if (minutes * edits >= edited + 0.5) {
          edit(WARM_EDITS + ++edited);
        }
        Thread.sleep(20);
      }
      passed += length;
      pause(gate);
      double spent = metric(port, CPU_NANOS) - cpu;
      long decisions = Math.round(decided(port) - decided);
      heaps.add(heap(process));
      turns.add(new Turn(decisions, spent / 1e6 / Math.max(1, decisions), beside.millis()));
    }
    reloads = (int) reloads(port) - reloads;
    over = true;
    paused = false;
    gate.arriveAndDeregister();
    for (Thread thread : threads) {
      thread.join();
    }
    return turns;
  }

  /** Lets those who ask go on; they wait at the gate. */
  private void resume(Phaser gate) {
    paused = false;
    gate.arriveAndAwaitAdvance();
  }

  /** Waits until each of them has its answer and waits at the gate. */
  private void pause(Phaser gate) {
    paused = true;
    gate.arriveAndAwaitAdvance();
  }

  private void save(Path file, String text) throws IOException {
    Path aside = Files.writeString(folder.resolve("aside.tmp"), text);
    Files.move(aside, file, StandardCopyOption.REPLACE_EXISTING);
  }

  private void ask(int port, Random random, Phaser gate) {
    Client client = null;
    gate.arriveAndAwaitAdvance();
    while (!over) {
      if (paused) {
        gate.arriveAndAwaitAdvance();
        gate.arriveAndAwaitAdvance();
        continue;
      }
      try {
        if (client == null) {
          client = new Client(port);
        }
        if (random.nextInt(100) < HOSTILE_PERCENT) {
          harm(port, random);
          continue;
        }
        int which = random.nextInt(requirements.size());
        long began = System.nanoTime();
        Answer answer = client.decide(which);
        nanos.add(System.nanoTime() - began);
        count(answer.status());
        if (answer.status() == 200) {
          check(which, answer.body());
        } else if (answer.status() != 503 && answer.status() != 429) {
          unexpected.add(answer.status() + " " + answer.body());
        }
      } catch (IOException gone) {
        lost.add(gone.toString());
        client = null;
      }
    }
    if (client != null) {
      client.close();
    }
  }

  private void check(int which, String body) {
    Matcher names = NAMES.matcher(body);
    String right = names.find() ? expected.get(names.group(1) + names.group(2) + which) : null;
    if (right == null) {
      unexpected.add(
          "Rules or facts that nobody wrote: " + body.substring(0, Math.min(600, body.length())));
    } else if (!body.equals(right)) {
      int at = Arrays.mismatch(right.toCharArray(), body.toCharArray());
      unexpected.add(
          "Mixed: %s was answered from character %d on with (%s), not (%s)."
              .formatted(
                  new String(requirements.get(which), StandardCharsets.UTF_8),
                  at,
                  part(body, at),
                  part(right, at)));
    }
  }

  private static String part(String text, int at) {
    return text.substring(Math.min(text.length(), at), Math.min(text.length(), at + 200));
  }

  private void count(int status) {
    statuses.computeIfAbsent(status, key -> new LongAdder()).increment();
  }

  private static final List<String> HARM =
      List.of(
          "GET /../../etc/passwd HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
          "GET /v1/rules HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n",
          "BREW /v1/decisions HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
          "rubbish\r\n\r\n",
          post("application/json", "[".repeat(20_000)),
          post("application/json", "{\"title\": \"<script>\", \"nothing\": 1}"),
          post("text/plain", "hello"),
          post("application/json", " ".repeat(2 << 20)));

  private static String post(String type, String body) {
    return "POST /v1/decisions HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s"
        .formatted(type, body.length(), body);
  }

  /** Sends something that must be refused; one in eight leaves in the middle of a body. */
  private void harm(int port, Random random) {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket.setSoTimeout(60_000);
      OutputStream out = socket.getOutputStream();
      int which = random.nextInt(HARM.size() + 1);
      if (which == HARM.size()) {
        out.write(
            "POST /v1/decisions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 900\r\n\r\n{"
                .getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
        return;
      }
      out.write(HARM.get(which).getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
      byte[] line = socket.getInputStream().readNBytes(12);
      int status =
          line.length < 12
              ? 0
              : Integer.parseInt(new String(line, 9, 3, StandardCharsets.ISO_8859_1));
      count(status);
      if (status >= 500 && status != 503 || status > 0 && status < 400) {
        unexpected.add("%d for %.60s".formatted(status, HARM.get(which)));
      }
    } catch (IOException cutOff) {
      count(0);
    }
  }

  private record Answer(int status, String body) {}

  /** A connection that is kept. */
  private final class Client implements AutoCloseable {
    private final Socket socket;
    private final InputStream in;

    Client(int port) throws IOException {
      socket = new Socket("127.0.0.1", port);
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(120_000);
      in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
    }

    Answer decide(int which) throws IOException {
      byte[] body = requirements.get(which);
      return ask(
          "POST /v1/decisions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
              .formatted(body.length),
          body);
    }

    Answer ask(String head, byte[] body) throws IOException {
      byte[] start = head.getBytes(StandardCharsets.ISO_8859_1);
      byte[] all = Arrays.copyOf(start, start.length + body.length);
      System.arraycopy(body, 0, all, start.length, body.length);
      socket.getOutputStream().write(all);
      int status = Integer.parseInt(line().substring(9, 12));
      boolean chunked = false;
      int length = 0;
      for (String header = line(); !header.isEmpty(); header = line()) {
        String lower = header.toLowerCase(java.util.Locale.ROOT);
        chunked |= lower.equals("transfer-encoding: chunked");
        if (lower.startsWith("content-length:")) {
          length = Integer.parseInt(lower.substring(15).strip());
        }
      }
      if (!chunked) {
        return new Answer(status, text(in.readNBytes(length)));
      }
      java.io.ByteArrayOutputStream whole = new java.io.ByteArrayOutputStream();
      while (true) {
        int size = Integer.parseInt(line().strip(), 16);
        whole.writeBytes(in.readNBytes(size));
        line();
        if (size == 0) {
          return new Answer(status, text(whole.toByteArray()));
        }
      }
    }

    private static String text(byte[] bytes) {
      return new String(bytes, StandardCharsets.UTF_8);
    }

    private String line() throws IOException {
      StringBuilder line = new StringBuilder();
      while (true) {
        int next = in.read();
        if (next < 0) {
          throw new IOException("The connection ended after (" + line + ").");
        }
        if (next == '\n') {
          return line.toString();
        }
        if (next != '\r') {
          line.append((char) next);
        }
      }
    }

    @Override
    public void close() {
      try {
        socket.close();
      } catch (IOException closed) {
        // It is gone either way.
      }
    }
  }

  private double reloads(int port) throws IOException {
    return metric(port, "rigwright_reloads_total");
  }

  private double decided(int port) throws IOException {
    return metric(port, "rigwright_decisions_total");
  }

  /** A metric, summed over its labels. */
  private double metric(int port, String name) throws IOException {
    try (Client client = new Client(port)) {
      return client
          .ask("GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n", new byte[0])
          .body()
          .lines()
          .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
          .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
          .sum();
    }
  }

  /**
   * What lives in the heap: the least of a few looks. While a library holds an array for itself the
   * machine counts without collecting first, and garbage is counted as well.
   */
  private static long heap(Process process) throws Exception {
    long least = Long.MAX_VALUE;
    for (int look = 0; look < LOOKS; look++) {
      least = Math.min(least, look(process));
    }
    return least;
  }

  private static long look(Process process) throws Exception {
    Process asked =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin/jcmd").toString(),
                String.valueOf(process.pid()),
                "GC.class_histogram")
            .redirectErrorStream(true)
            .start();
    String said = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    Matcher total = Pattern.compile("Total +\\d+ +(\\d+)").matcher(said);
    if (!total.find()) {
      throw new IllegalStateException(said);
    }
    return Long.parseLong(total.group(1));
  }

  /**
   * A process of this Java, with the same heap whatever it does; on one core of its own where
   * {@code -Drigwright.core} names one.
   */
  private static ProcessBuilder java(String... arguments) {
    List<String> command = new ArrayList<>();
    String core = System.getProperty("rigwright.core");
    if (core != null) {
      command.addAll(List.of("taskset", "--cpu-list", core));
    }
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin/java").toString(),
            HEAP,
            "-XX:+UseParallelGC"));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command);
  }

  /** A process that has warmed up with as many requirements as the server, and then waits. */
  private static final class Batches implements Beside, AutoCloseable {
    private final Process process;
    private final BufferedReader said;

    Batches(Path home) throws IOException {
      process =
          java("-cp", System.getProperty("java.class.path"), ServeLoad.class.getName(), "batch")
              .directory(home.toFile())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      said = process.inputReader(StandardCharsets.UTF_8);
      line();
    }

    private String line() throws IOException {
      String line = said.readLine();
      if (line == null) {
        throw new IOException("The batch ended.");
      }
      return line;
    }

    @Override
    public double millis() throws IOException {
      process.getOutputStream().write('\n');
      process.getOutputStream().flush();
      return Double.parseDouble(line());
    }

    @Override
    public void close() {
      process.destroy();
    }
  }

  /** Warms up and says so; then decides once more for each line that it reads. */
  private static void batches(Path home) throws Exception {
    Advisor advisor = Advisor.open(home);
    Path folder = Files.createTempDirectory("batch");
    batch(home, advisor, folder, WARM);
    System.out.println("ready");
    while (System.in.read() == '\n') {
      System.out.println(batch(home, advisor, folder, BATCH_LINES));
    }
  }

  /** CPU time of a decision in a batch of the requirements that the server is asked, in ms. */
  private static double batch(Path home, Advisor advisor, Path folder, int size) throws Exception {
    List<String> sample = Files.readAllLines(home.resolve("facts/requirements/sample.jsonl"));
    List<String> lines = new ArrayList<>();
    int step = Math.max(1, sample.size() / 40);
    for (int i = 0; lines.size() < size; i = i + step < sample.size() ? i + step : 0) {
      ObjectNode requirement = (ObjectNode) Json.MAPPER.readTree(sample.get(i));
      lines.add(requirement.put("id", "r-" + lines.size()).toString());
    }
    Batch batch =
        new Batch(
            advisor,
            new Batch.Plan(
                Files.write(folder.resolve("in.jsonl"), lines),
                null,
                folder.resolve("out.jsonl"),
                OutputFormat.JSONL,
                Runtime.getRuntime().availableProcessors(),
                false,
                false,
                TODAY),
            null,
            Clock.systemUTC());
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long before = system.getProcessCpuTime();
    batch.run((read, rejected) -> {});
    return (system.getProcessCpuTime() - before) / 1e6 / size;
  }

  private static void copy(Path from, Path to) throws IOException {
    try (var paths = Files.walk(from)) {
      for (Path path : paths.filter(Files::isRegularFile).toList()) {
        Path target = to.resolve(from.relativize(path).toString());
        Files.createDirectories(target.getParent());
        Files.copy(path, target);
      }
    }
  }
}
