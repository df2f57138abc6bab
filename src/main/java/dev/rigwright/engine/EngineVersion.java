package dev.rigwright.engine;

import org.kie.api.KieServices;

/** Which rule engine decides. */
public final class EngineVersion {

  private EngineVersion() {}

  /** Name and version, such as {@code Drools 10.2.0}. */
  public static String name() {
    String version = KieServices.class.getPackage().getImplementationVersion();
    return "Drools " + (version == null ? "(version unknown)" : version);
  }
}
