package org.segnode.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Runs the launcher in an installation whose Java is a script that says what it was called with. */
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {
    @TempDir
    Path folder;

    private Path launcher;

    @BeforeEach
    void install() throws IOException {
        launcher = Files.createDirectories(folder.resolve("home/bin")).resolve("segnode");
        Files.copy(Path.of("segnode"), launcher);
        executable(launcher);
    }

    private record Run(int exit, String output) {}

    private Run run(String javaVersion) throws IOException, InterruptedException {
        return run(launcher, javaVersion);
    }

    private Run run(Path program, String javaVersion) throws IOException, InterruptedException {
        Path java = Files.createDirectories(folder.resolve("jdk/bin")).resolve("java");
        Files.writeString(java, """
                #!/bin/sh
                case "$*" in
                  *XshowSettings*) echo "    java.specification.version = %s" >&2 ;;
                  *) printf '%%s\\n' "$@" "cache=$DJL_CACHE_DIR" ;;
                esac
                """.formatted(javaVersion));
        executable(java);
        ProcessBuilder builder = new ProcessBuilder(program.toString(), "segment", "a file");
        builder.environment().put("JAVA_HOME", folder.resolve("jdk").toString());
        builder.environment().put("SEGNODE_CACHE", folder.resolve("cache").toString());
        builder.environment().put("SEGNODE_JAVA_OPTS", "-Xmx1g -Xss2m");
        builder.environment().remove("DJL_CACHE_DIR");
        Process process = builder.redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Run(process.waitFor(), output);
    }

    private static void executable(Path file) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    void startsTheJarBesideItsFolderWithTheArgumentsAsTheyAre() throws Exception {
        Run run = run("17");
        assertThat(run.exit()).isZero();
        assertThat(run.output().lines())
                .contains(folder.resolve("home")
                        .toRealPath()
                        .resolve("segnode.jar")
                        .toString())
                .containsSubsequence("-Xmx1g", "-Xss2m", "org.segnode.cli.Segnode", "segment", "a file")
                .contains("cache=" + folder.resolve("cache"))
                .doesNotContain("-Dsegnode.terminal=true", "--enable-native-access=ALL-UNNAMED");
    }

    @Test
    void isFoundThroughALink() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("segnode"), launcher);
        assertThat(run(link, "17").output().lines())
                .contains(folder.resolve("home")
                        .toRealPath()
                        .resolve("segnode.jar")
                        .toString());
    }

    @Test
    void allowsNativeAccessWhereJavaAsksForIt() throws Exception {
        assertThat(run("25").output().lines()).contains("--enable-native-access=ALL-UNNAMED");
    }

    @Test
    void refusesAnOldJavaNamingItsVersion() throws Exception {
        Run run = run("11");
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.output()).contains("is Java 11; segnode needs 17 or later");
        assertThat(run("1.8").output()).contains("too old");
    }

    @Test
    void saysHowToGetAJavaWhereThereIsNone() throws Exception {
        ProcessBuilder builder = new ProcessBuilder(launcher.toString(), "--version");
        builder.environment().put("JAVA_HOME", folder.resolve("nothing").toString());
        Process process = builder.redirectErrorStream(true).start();
        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .contains("install a JDK 17 or later");
        assertThat(process.waitFor()).isEqualTo(1);
    }
}
