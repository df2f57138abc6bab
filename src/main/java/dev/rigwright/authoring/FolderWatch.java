package dev.rigwright.authoring;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Waits until something changes below some folders and is quiet again. Files that do not matter,
 * such as those that editors leave beside their own, wake nobody.
 */
public final class FolderWatch implements AutoCloseable {

  /**
   * So long nothing may happen before a change counts as over: an editor saves in several steps,
   * which follow each other within a few milliseconds. Whoever is slower is read once more.
   */
  public static final long QUIET_MILLIS = 60;

  /** After so long it counts as over although more keeps coming. */
  private static final long MOST_MILLIS = 5 * QUIET_MILLIS;

  private final WatchService service;
  private final Map<WatchKey, Path> folders = new HashMap<>();
  private final boolean recursive;
  private final Predicate<Path> matters;

  private FolderWatch(boolean recursive, Predicate<Path> matters) {
    this.recursive = recursive;
    this.matters = matters;
    try {
      service = FileSystems.getDefault().newWatchService();
    } catch (IOException unwatchable) {
      throw new UncheckedIOException(unwatchable);
    }
  }

  /** A watch of a folder of rules with all that lies below it. */
  public static FolderWatch ofRules(Path folder) {
    FolderWatch watch = new FolderWatch(true, RuleSnapshot::belongs);
    if (Files.isDirectory(folder)) {
      watch.start(() -> watch.registerAll(folder));
    }
    return watch;
  }

  /** A watch of folders of facts with all that lies below them. */
  public static FolderWatch ofFacts(List<Path> folders) {
    FolderWatch watch = new FolderWatch(true, FolderWatch::isFacts);
    for (Path folder : folders) {
      watch.start(() -> watch.registerAll(folder));
    }
    return watch;
  }

  private static boolean isFacts(Path path) {
    String name = path.getFileName().toString();
    return !name.startsWith(".") && (name.endsWith(".json") || name.endsWith(".csv"));
  }

  /** A watch of some files, whether they are there yet or not. */
  public static FolderWatch ofFiles(List<Path> files) {
    Set<Path> absolute = new HashSet<>();
    files.forEach(file -> absolute.add(file.toAbsolutePath().normalize()));
    FolderWatch watch = new FolderWatch(false, absolute::contains);
    for (Path file : absolute) {
      watch.start(() -> watch.register(file.getParent()));
    }
    return watch;
  }

  private interface Registering {
    void run() throws IOException;
  }

  private void start(Registering registering) {
    try {
      registering.run();
    } catch (IOException unwatchable) {
      close();
      throw new UncheckedIOException(unwatchable);
    }
  }

  private void registerAll(Path root) throws IOException {
    try (Stream<Path> paths = Files.walk(root)) {
      for (Path folder : paths.filter(Files::isDirectory).toList()) {
        register(folder);
      }
    } catch (UncheckedIOException vanished) {
      return; // A folder that came and went; its parent tells of the next one.
    }
  }

  private void register(Path folder) throws IOException {
    folders.put(
        folder.register(
            service,
            StandardWatchEventKinds.ENTRY_CREATE,
            StandardWatchEventKinds.ENTRY_MODIFY,
            StandardWatchEventKinds.ENTRY_DELETE),
        folder);
  }

  /**
   * Waits for a change and for quiet after it.
   *
   * @return whether there was one within the time
   */
  public boolean await(long millis) throws InterruptedException {
    long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    boolean changed = false;
    while (!changed) {
      long left = until - System.nanoTime();
      WatchKey key = left <= 0 ? service.poll() : service.poll(left, TimeUnit.NANOSECONDS);
      if (key == null) {
        return false;
      }
      changed = take(key);
    }
    long latest = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(MOST_MILLIS);
    long quietSince = System.nanoTime();
    while (System.nanoTime() < latest) {
      long left = quietSince + TimeUnit.MILLISECONDS.toNanos(QUIET_MILLIS) - System.nanoTime();
      WatchKey key = left <= 0 ? null : service.poll(left, TimeUnit.NANOSECONDS);
      if (key == null) {
        return true;
      }
      if (take(key)) {
        quietSince = System.nanoTime();
      }
    }
    return true;
  }

  /**
   * Waits for a change, however long that takes.
   *
   * @return false if the watch was closed or the thread interrupted
   */
  public boolean changed() {
    try {
      while (true) {
        if (await(TimeUnit.MINUTES.toMillis(1))) {
          return true;
        }
      }
    } catch (ClosedWatchServiceException closed) {
      return false;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Whether what a key tells of matters. */
  private boolean take(WatchKey key) {
    boolean changed = false;
    Path folder = folders.get(key);
    for (WatchEvent<?> event : key.pollEvents()) {
      if (folder == null || !(event.context() instanceof Path name)) {
        changed = true; // More happened than could be told.
        continue;
      }
      Path path = folder.resolve(name);
      if (event.kind() == StandardWatchEventKinds.ENTRY_CREATE
          && Files.isDirectory(path)
          && recursive) {
        changed = true;
        try {
          registerAll(path);
        } catch (IOException gone) {
          continue;
        }
      }
      boolean folderGone =
          event.kind() == StandardWatchEventKinds.ENTRY_DELETE && folders.containsValue(path);
      changed |= folderGone || matters.test(path);
    }
    if (!key.reset()) {
      folders.remove(key);
    }
    return changed;
  }

  @Override
  public void close() {
    try {
      service.close();
    } catch (IOException unclosable) {
      throw new UncheckedIOException(unclosable);
    }
  }
}
