package dev.rigwright;

import dev.rigwright.audit.LogException;
import dev.rigwright.cli.ExitCode;
import dev.rigwright.cli.HomeOptions;
import dev.rigwright.cli.RecordingOptions;
import dev.rigwright.web.Installation;
import dev.rigwright.web.Server;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Serves the page and the HTTP interface until it is told to stop. */
@Command(
    name = "serve",
    description = "Serves the page and the HTTP interface; Ctrl-C ends.",
    mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private HomeOptions home;
  @Mixin private RecordingOptions recording;

  @Option(
      names = "--host",
      defaultValue = "127.0.0.1",
      paramLabel = "ADDRESS",
      description = "Where to listen; default: ${DEFAULT-VALUE}, this machine alone.")
  private String host;

  @Option(
      names = "--port",
      defaultValue = "8080",
      paramLabel = "N",
      description = "Default: ${DEFAULT-VALUE}; 0 for any that is free.")
  private int port;

  @Option(
      names = "--tokens",
      paramLabel = "FILE",
      description =
          "Only answer who has a token: one a line, after its name and a blank. Read again when changed.")
  private Path tokens;

  @Option(
      names = "--access-log",
      paramLabel = "FILE",
      defaultValue = "-",
      description =
          "Gets a line for each request, without its query; a name with yyyy_mm_dd begins anew each day. Default: standard error.")
  private String accessLog;

  @Option(names = "--no-access-log", description = "Write no line for each request.")
  private boolean noAccessLog;

  @Option(
      names = "--allow-host",
      paramLabel = "NAME",
      description =
          "A name that the server may be asked under although it listens for this machine alone, as behind a proxy.")
  private Set<String> hosts = Set.of();

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (port < 0 || port > 65_535) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "The --port (%d) must be between 0 and 65535.".formatted(port));
    }
    PrintWriter err = spec.commandLine().getErr();
    Installation.Places places =
        new Installation.Places(
            home.folder(),
            home.rules(),
            home.rulesShown(),
            home.facts(),
            home.own(),
            recording.file(),
            recording.redacted());
    Server.Options options =
        Server.Options.on(host, port)
            .hosts(hosts)
            .tokens(tokens)
            .accessLog(noAccessLog ? null : accessLog)
            .messages(err);
    options.check();
    CountDownLatch ended = new CountDownLatch(1);
    try (Installation installation = Installation.open(places, Clock.systemDefaultZone(), err)) {
      try (Server server = new Server(installation, options)) {
        server.start();
        Runtime.getRuntime()
            .addShutdownHook(new Thread(() -> end(server, installation, err), "end"));
        spec.commandLine().getOut().println("Rigwright listens on %s".formatted(server.address()));
        ended.await();
      }
    }
    return ExitCode.DONE;
  }

  /** Finishes what was accepted, within the server's limit; being told to stop is no failure. */
  private static void end(Server server, Installation installation, PrintWriter err) {
    int code = ExitCode.DONE;
    try {
      server.close();
      installation.close();
    } catch (IllegalStateException | LogException failed) {
      err.println(failed.getMessage());
      code = ExitCode.ENVIRONMENT;
    }
    Runtime.getRuntime().halt(code);
  }
}
