package org.segnode;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the arrows between packages and the homes of the libraries. */
class ArchitectureTest {
    private static final List<String> ALL_PACKAGES = List.of(
            "volume",
            "plan",
            "preprocess",
            "network",
            "inference",
            "evaluation",
            "training",
            "model",
            "dicom",
            "pacs",
            "ledger",
            "archive",
            "node",
            "cli");

    /** Which packages each package may use besides itself; node and cli use all. */
    private static final Map<String, List<String>> MAY_USE = Map.ofEntries(
            Map.entry("volume", List.of()),
            Map.entry("plan", List.of("volume")),
            Map.entry("preprocess", List.of("volume", "plan")),
            Map.entry("network", List.of("volume", "plan")), // volume.io reads the pickles in checkpoints
            Map.entry("inference", List.of("volume", "plan", "preprocess", "network")),
            Map.entry("evaluation", List.of("volume", "plan")),
            Map.entry("training", List.of("volume", "plan", "preprocess", "network", "inference", "evaluation")),
            Map.entry("model", List.of("volume", "plan", "network", "inference", "evaluation", "ledger")),
            Map.entry("dicom", List.of("volume", "plan")),
            Map.entry("pacs", List.of("dicom")),
            Map.entry("ledger", List.of()),
            Map.entry("archive", List.of("volume", "plan", "dicom", "pacs")));

    private static JavaClasses classes;

    @BeforeAll
    static void read() {
        classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("org.segnode");
    }

    static Stream<Arguments> arrows() {
        return MAY_USE.entrySet().stream().map(entry -> arguments(entry.getKey(), entry.getValue()));
    }

    @ParameterizedTest(name = "{0} uses only {1}")
    @MethodSource("arrows")
    void packagesUseOnlyWhatTheTableAllows(String user, List<String> used) {
        String[] forbidden = ALL_PACKAGES.stream()
                .filter(name -> !name.equals(user) && !used.contains(name))
                .map(name -> "org.segnode." + name + "..")
                .toArray(String[]::new);
        noClasses()
                .that()
                .resideInAPackage("org.segnode." + user + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(forbidden)
                .allowEmptyShould(true)
                .check(classes);
    }

    static Stream<Arguments> homes() {
        return Stream.of(
                arguments("org.aoju..", List.of("dicom", "pacs")),
                arguments("ai.djl..", List.of("network", "inference", "training")),
                arguments("org.hibernate..", List.of("ledger")),
                arguments("jakarta.persistence..", List.of("ledger")),
                arguments("org.flywaydb..", List.of("ledger")),
                arguments("com.zaxxer..", List.of("ledger")),
                arguments("org.apache.camel..", List.of("node.routes")),
                arguments("io.javalin..", List.of("node.web")),
                arguments("picocli..", List.of("cli")),
                arguments("me.tongfei..", List.of("cli")));
    }

    @ParameterizedTest(name = "{0} only in {1}")
    @MethodSource("homes")
    void librariesStayAtHome(String library, List<String> homes) {
        String[] packages =
                homes.stream().map(name -> "org.segnode." + name + "..").toArray(String[]::new);
        noClasses()
                .that()
                .resideOutsideOfPackages(packages)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .because(library + " is at home in " + Arrays.toString(packages))
                .check(classes);
    }

    @Test
    void thereAreNoCycles() {
        slices().matching("org.segnode.(*)..").should().beFreeOfCycles().check(classes);
    }
}
