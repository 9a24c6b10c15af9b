package org.segnode.pacs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The conformance statement says what the program does: the tables between {@code <!-- generated: NAME -->} and
 * {@code <!-- end -->} come from the code. {@code mvn test -Dtest=ConformanceStatementTest -Dconformance.write=true} brings
 * them up to date.
 */
class ConformanceStatementTest {
    private static final Path PAGE = Path.of("src", "site", "markdown", "conformance.md");

    @Test
    void isAsTheProgramIs() throws IOException {
        String page = Files.readString(PAGE);
        String current = page;
        for (Map.Entry<String, String> table : ConformanceTables.all().entrySet()) {
            current = replaced(current, table.getKey(), table.getValue());
        }
        if (Boolean.getBoolean("conformance.write")) {
            Files.writeString(PAGE, current);
        }
        assertThat(Files.readString(PAGE))
                .as("out of date; run this test with -Dconformance.write=true")
                .isEqualTo(current);
    }

    private static String replaced(String page, String name, String table) {
        Pattern place = Pattern.compile("(<!-- generated: " + name + " -->\n)(.*?)(<!-- end -->)", Pattern.DOTALL);
        Matcher found = place.matcher(page);
        assertThat(found.find()).as("the page has a place for " + name).isTrue();
        return found.replaceFirst("$1\n" + Matcher.quoteReplacement(table) + "\n\n$3");
    }
}
