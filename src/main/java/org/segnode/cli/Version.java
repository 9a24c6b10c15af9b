package org.segnode.cli;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints: this program and the Java that runs it. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {"segnode " + number(), "Java " + Runtime.version() + ", " + System.getProperty("os.name")};
    }

    /** The version of the jar, or "development" when classes are run without one. */
    static String number() {
        return Objects.requireNonNullElse(Version.class.getPackage().getImplementationVersion(), "development");
    }
}
