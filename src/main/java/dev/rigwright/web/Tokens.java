package dev.rigwright.web;

import dev.rigwright.facts.BadInputException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The tokens of a shared installation: a file with one a line, after the name of who has it and a
 * blank. It is read again when it changes; where it cannot be, the tokens stay as they were.
 *
 * <p>Tokens are compared as hashes, all of them each time, so that the time it takes tells nothing.
 */
final class Tokens {

  private static final int LEAST_CHARACTERS = 16;
  private static final long LOOK_AGAIN_NANOS = TimeUnit.SECONDS.toNanos(1);

  /**
   * What came of a request's credentials.
   *
   * @param name who has the token; null where it is not known
   * @param given whether there was one
   */
  record Found(String name, boolean given) {}

  private record Token(String name, byte[] hash) {}

  private final Path file;
  private final PrintWriter messages;
  private volatile List<Token> tokens;
  private String stamp;
  private long lookedAt = System.nanoTime();

  /**
   * Reads a file of tokens.
   *
   * @throws BadInputException if it cannot be used, with its line
   */
  Tokens(Path file, PrintWriter messages) {
    this.file = file;
    this.messages = messages;
    this.stamp = stamp();
    this.tokens = read(file);
  }

  private static List<Token> read(Path file) {
    List<String> lines;
    try {
      lines = Files.readAllLines(file);
    } catch (IOException unreadable) {
      throw new BadInputException(
          "",
          "The file of tokens (%s) cannot be read. Maybe the path is another one.".formatted(file));
    }
    List<Token> tokens = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      String[] words = line.split("\\s+");
      if (words.length != 2) {
        throw new BadInputException(
            "",
            "%s:%d: A line is a name, a blank and a token; this one has %d words."
                .formatted(file, i + 1, words.length));
      }
      if (words[1].length() < LEAST_CHARACTERS) {
        throw new BadInputException(
            "",
            "%s:%d: The token of (%s) has %d characters, %d are the least. Maybe openssl rand -hex 32 makes one."
                .formatted(file, i + 1, words[0], words[1].length(), LEAST_CHARACTERS));
      }
      tokens.add(new Token(words[0], hash(words[1])));
    }
    if (tokens.isEmpty()) {
      throw new BadInputException(
          "", "The file of tokens (%s) has none, so nobody could ask.".formatted(file));
    }
    return List.copyOf(tokens);
  }

  /**
   * Who has the token of a request.
   *
   * @param authorization its header: Bearer, or Basic with the token as the password; may be null
   */
  Found of(String authorization) {
    if (authorization == null) {
      return new Found(null, false);
    }
    refresh();
    String given = token(authorization);
    byte[] hash = hash(given == null ? "" : given);
    String name = null;
    for (Token token : tokens) {
      if (MessageDigest.isEqual(token.hash(), hash)) {
        name = token.name();
      }
    }
    return new Found(given == null ? null : name, true);
  }

  private static String token(String authorization) {
    String[] words = authorization.strip().split("\\s+", 2);
    if (words.length == 2 && words[0].equalsIgnoreCase("Bearer")) {
      return words[1];
    }
    if (words.length == 2 && words[0].equalsIgnoreCase("Basic")) {
      try {
        String pair = new String(Base64.getDecoder().decode(words[1]), StandardCharsets.UTF_8);
        return pair.substring(pair.indexOf(':') + 1);
      } catch (IllegalArgumentException none) {
        return null;
      }
    }
    return null;
  }

  private synchronized void refresh() {
    if (System.nanoTime() - lookedAt < LOOK_AGAIN_NANOS) {
      return;
    }
    lookedAt = System.nanoTime();
    String now = stamp();
    if (now.equals(stamp)) {
      return;
    }
    stamp = now;
    try {
      tokens = read(file);
      messages.println("The tokens were read again: %d.".formatted(tokens.size()));
    } catch (BadInputException unusable) {
      messages.println("The tokens stay as they were. " + unusable.getMessage());
    }
  }

  private String stamp() {
    try {
      return Files.size(file) + " " + Files.getLastModifiedTime(file);
    } catch (IOException gone) {
      return "gone";
    }
  }

  private static byte[] hash(String token) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
