package dev.rigwright.web;

import dev.rigwright.web.Problem.Kind;
import java.net.URI;
import java.security.Principal;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.UrlEncoded;

/**
 * What stands before every request: headers that keep a browser from doing more with an answer than
 * showing it, and who may ask.
 */
final class Guard extends Handler.Wrapper {

  /** Whose share of the waiting room a request takes. */
  static final String CLIENT = "rigwright.client";

  /** Whether whoever asks may know what goes on in the server. */
  static final String KNOWN = "rigwright.known";

  /** What may be loaded or run by a page of this server: what lies on it, and nothing inline. */
  static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
          + " font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self';"
          + " base-uri 'none'; frame-ancestors 'none'";

  private static final HttpField[] ALWAYS = {
    new PreEncodedHttpField("Content-Security-Policy", POLICY),
    new PreEncodedHttpField("X-Content-Type-Options", "nosniff"),
    new PreEncodedHttpField("X-Frame-Options", "DENY"),
    new PreEncodedHttpField("Referrer-Policy", "same-origin"),
    new PreEncodedHttpField("Cross-Origin-Opener-Policy", "same-origin"),
    new PreEncodedHttpField("Cross-Origin-Resource-Policy", "same-origin"),
    new PreEncodedHttpField(
        "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    new PreEncodedHttpField("Cache-Control", "no-store"),
    new PreEncodedHttpField("Vary", "Accept-Encoding")
  };

  private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

  private final Problems problems;
  private final Tokens tokens;
  private final Dawdlers dawdlers;
  private final boolean loopback;
  private final Set<String> hosts = new TreeSet<>();

  /**
   * A guard.
   *
   * @param tokens null where everybody is answered
   * @param loopback whether only this machine reaches the server
   * @param hosts further names that the server is asked under
   */
  Guard(
      Problems problems,
      Tokens tokens,
      Dawdlers dawdlers,
      boolean loopback,
      String host,
      Set<String> hosts) {
    this.problems = problems;
    this.tokens = tokens;
    this.dawdlers = dawdlers;
    this.loopback = loopback;
    this.hosts.addAll(Set.of("localhost", "127.0.0.1", "[::1]"));
    this.hosts.add(named(host));
    hosts.forEach(more -> this.hosts.add(named(more)));
  }

  /** The headers that every response has. */
  static void put(HttpFields.Mutable headers) {
    for (HttpField field : ALWAYS) {
      headers.put(field);
    }
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    put(response.getHeaders());
    dawdlers.begun(request);
    Problem problem = refused(request);
    if (problem != null) {
      problems.write(request, response, callback, problem);
      return true;
    }
    return super.handle(request, response, callback);
  }

  private Problem refused(Request request) {
    String host = named(String.valueOf(request.getHttpURI().getHost()));
    if (loopback && !hosts.contains(host)) {
      // A name that somebody made point here would let their page read the answers.
      return new Problem(
          Kind.MISDIRECTED,
          "This server listens for this machine alone, and not under the name (%s). Maybe ask 127.0.0.1, or start it with --allow-host %s."
              .formatted(host, host));
    }
    if (!SAFE.contains(request.getMethod()) && foreign(request)) {
      return new Problem(
          Kind.FORBIDDEN,
          "A page of another site may not ask this server. Maybe ask from a program, or from its own page.");
    }
    String client = loopback ? null : Request.getRemoteAddr(request);
    if (tokens != null) {
      Tokens.Found found = tokens.of(request.getHeaders().get(HttpHeader.AUTHORIZATION));
      if (found.name() == null && !open(request)) {
        return unauthorized(request, found);
      }
      if (found.name() != null) {
        client = "token " + found.name();
        Principal principal = found::name;
        Request.setAuthenticationState(
            request,
            new Request.AuthenticationState() {
              @Override
              public Principal getUserPrincipal() {
                return principal;
              }
            });
      }
    }
    if (!decodable(request.getHttpURI().getQuery())) {
      // Half of what somebody asked would be forgotten, and the other half answered.
      return new Problem(
          Kind.MALFORMED,
          "The query cannot be read. Maybe a % stands for itself: it is written %25; all else is encoded as UTF-8.");
    }
    request.setAttribute(CLIENT, client);
    request.setAttribute(KNOWN, tokens == null || String.valueOf(client).startsWith("token "));
    return null;
  }

  /** Whether the server lives is told to everybody, and no more than that. */
  private static boolean open(Request request) {
    return Request.getPathInContext(request).equals("/healthz");
  }

  private static Problem unauthorized(Request request, Tokens.Found found) {
    boolean person =
        !Problems.forPrograms(Request.getPathInContext(request))
            || Problems.wantsPage(request.getHeaders().get(HttpHeader.ACCEPT));
    return new Problem(
            Kind.UNAUTHORIZED,
            found.given()
                ? "The token is not known. Maybe it was replaced; whoever runs this server has the list."
                : "Send a token that whoever runs this server gave you: Authorization: Bearer TOKEN; in a browser your name and the token as the password.")
        // Browsers ask for name and password by themselves; programs are not to be asked.
        .with(
            "WWW-Authenticate",
            person ? "Basic realm=\"Rigwright\", charset=\"UTF-8\"" : "Bearer realm=\"Rigwright\"");
  }

  private static boolean decodable(String query) {
    try {
      return query == null
          || UrlEncoded.decodeUtf8To(
              query, 0, query.length(), (name, value) -> {}, false, false, false);
    } catch (IllegalArgumentException broken) {
      return false;
    }
  }

  /** Whether a browser says that a page of another site asks. */
  private static boolean foreign(Request request) {
    String site = request.getHeaders().get("Sec-Fetch-Site");
    if (site != null) {
      return !site.equals("same-origin") && !site.equals("none");
    }
    String origin = request.getHeaders().get(HttpHeader.ORIGIN);
    if (origin == null) {
      return false;
    }
    HttpURI uri = request.getHttpURI();
    try {
      URI asked = URI.create(origin);
      return asked.getHost() == null
          || !asked.getHost().equalsIgnoreCase(String.valueOf(uri.getHost()))
          || asked.getPort() != uri.getPort();
    } catch (IllegalArgumentException none) {
      return true;
    }
  }

  private static String named(String host) {
    String lower = host.toLowerCase(Locale.ROOT);
    return lower.contains(":") && !lower.startsWith("[") ? "[" + lower + "]" : lower;
  }
}
