package org.segnode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every class {@code *Fuzz} takes the files that Jazzer starts its search with, among them all that it ever found, without
 * Jazzer: its agent would slow down all other tests. {@code mvn test -Pfuzz} searches for more, each class in a process of
 * its own, since Jazzer searches for one method per process.
 */
class FuzzSeedsTest {
    private static final Path SOURCES = Path.of("src/test/java");
    private static final Path RESOURCES = Path.of("src/test/resources");

    static Stream<Arguments> targets() throws Exception {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            List<String> names = files.map(file -> SOURCES.relativize(file).toString())
                    .filter(name -> name.endsWith("Fuzz.java"))
                    .map(name -> name.replace(".java", "").replace('/', '.'))
                    .sorted()
                    .toList();
            assertThat(names).hasSizeGreaterThan(10);
            Stream.Builder<Arguments> targets = Stream.builder();
            for (String name : names) {
                targets.add(arguments(Class.forName(name).getSimpleName(), method(Class.forName(name))));
            }
            return targets.build();
        }
    }

    private static Method method(Class<?> fuzz) {
        List<Method> methods = Arrays.stream(fuzz.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(FuzzTest.class))
                .toList();
        assertThat(methods).as("%s: Jazzer runs one method per process", fuzz).hasSize(1);
        return methods.get(0);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("targets")
    void takesItsSeeds(String name, Method method) throws Exception {
        Constructor<?> constructor = method.getDeclaringClass().getDeclaredConstructor();
        constructor.setAccessible(true);
        method.setAccessible(true);
        for (Path seed : seeds(method)) {
            byte[] bytes = Files.readAllBytes(seed);
            try {
                method.invoke(constructor.newInstance(), (Object) bytes);
            } catch (ReflectiveOperationException e) {
                throw new AssertionError(name + " fails with " + seed.getFileName(), e.getCause());
            }
        }
    }

    private static List<Path> seeds(Method method) throws IOException {
        Class<?> fuzz = method.getDeclaringClass();
        Path folder = RESOURCES.resolve(fuzz.getName().replace('.', '/') + "Inputs");
        try (Stream<Path> files = Files.list(folder.resolve(method.getName()))) {
            List<Path> seeds = files.sorted().toList();
            assertThat(seeds).isNotEmpty();
            return seeds;
        }
    }
}
