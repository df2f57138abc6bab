package dev.rigwright.bench;

import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.kie.api.KieServices;
import org.kie.api.builder.KieBuilder;
import org.kie.api.builder.KieFileSystem;
import org.kie.api.builder.Message;
import org.kie.api.builder.ReleaseId;
import org.kie.api.runtime.KieContainer;

/**
 * Drools as most examples show it: a container is built of the rule files, and sessions are made
 * from it.
 */
final class PlainDrools {

  private static final AtomicLong NEXT = new AtomicLong();

  private PlainDrools() {}

  /**
   * Builds a container of rule files.
   *
   * @param texts by path
   */
  static KieContainer container(Map<String, String> texts) {
    KieServices services = KieServices.Factory.get();
    KieFileSystem files = services.newKieFileSystem();
    ReleaseId release =
        services.newReleaseId("dev.rigwright", "plain", Long.toString(NEXT.incrementAndGet()));
    files.generateAndWritePomXML(release);
    texts.forEach((path, text) -> files.write("src/main/resources/rigwright/" + path, text));
    KieBuilder builder = services.newKieBuilder(files).buildAll();
    if (builder.getResults().hasMessages(Message.Level.ERROR)) {
      throw new IllegalStateException(builder.getResults().toString());
    }
    KieContainer container = services.newKieContainer(release);
    // What was built stays in the repository otherwise, for ever.
    services.getRepository().removeKieModule(release);
    return container;
  }
}
