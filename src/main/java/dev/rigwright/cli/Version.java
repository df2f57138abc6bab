package dev.rigwright.cli;

import picocli.CommandLine.IVersionProvider;

/** The application's version, from its manifest. */
final class Version implements IVersionProvider {

  @Override
  public String[] getVersion() {
    String version = Version.class.getPackage().getImplementationVersion();
    return new String[] {"rigwright " + (version == null ? "(not packaged)" : version)};
  }
}
