package dev.rigwright.authoring;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Waits until rule or case files below a folder were saved. */
public final class FolderWatch implements AutoCloseable {

  /** How long it has to be quiet after a change; editors save in several steps. */
  private static final Duration QUIET = Duration.ofMillis(150);

  private final WatchService service;
  private final Map<WatchKey, Path> folders = new HashMap<>();

  /**
   * Watches a folder and all below it.
   *
   * @throws IOException if it cannot be watched
   */
  public FolderWatch(Path root) throws IOException {
    service = root.getFileSystem().newWatchService();
    register(root);
  }

  private void register(Path root) throws IOException {
    try (Stream<Path> paths = Files.walk(root)) {
      for (Path folder : paths.filter(Files::isDirectory).toList()) {
        folders.put(
            folder.register(
                service,
                StandardWatchEventKinds.ENTRY_CREATE,
                StandardWatchEventKinds.ENTRY_MODIFY,
                StandardWatchEventKinds.ENTRY_DELETE),
            folder);
      }
    }
  }

  /**
   * Waits for a change of a rule or case file, and until it has been quiet for a moment.
   *
   * @return false if the watch was closed or the thread interrupted
   * @throws IOException if a new folder cannot be watched
   */
  public boolean changed() throws IOException {
    try {
      boolean changed = false;
      while (true) {
        WatchKey key =
            changed ? service.poll(QUIET.toMillis(), TimeUnit.MILLISECONDS) : service.take();
        if (key == null) {
          return true;
        }
        changed |= matters(key);
        key.reset();
      }
    } catch (ClosedWatchServiceException closed) {
      return false;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private boolean matters(WatchKey key) throws IOException {
    boolean matters = false;
    for (WatchEvent<?> event : key.pollEvents()) {
      if (event.kind() == StandardWatchEventKinds.OVERFLOW) {
        matters = true;
        continue;
      }
      Path path = folders.get(key).resolve((Path) event.context());
      if (event.kind() == StandardWatchEventKinds.ENTRY_CREATE && Files.isDirectory(path)) {
        register(path);
        matters = true;
      }
      String name = path.getFileName().toString();
      matters |= !name.startsWith(".") && (name.endsWith(".drl") || name.endsWith(".cases.json"));
    }
    return matters;
  }

  @Override
  public void close() throws IOException {
    service.close();
  }
}
