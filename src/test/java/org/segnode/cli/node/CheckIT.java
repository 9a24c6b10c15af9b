package org.segnode.cli.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.segnode.cli.Segnode;
import org.segnode.cli.demo.DemoDestination;

class CheckIT {
    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();

    private int check(String yaml, String... more) throws IOException {
        Path file = Files.writeString(folder.resolve("segnode.yaml"), yaml);
        String[] arguments = new String[more.length + 3];
        arguments[0] = "check";
        arguments[1] = "--settings";
        arguments[2] = file.toString();
        System.arraycopy(more, 0, arguments, 3, more.length);
        return Segnode.commandLine().setOut(new PrintWriter(out, true)).execute(arguments);
    }

    private static String settings(int destinationPort) {
        return """
                node: {bind: 127.0.0.1, port: 0}
                data: {folder: data, models: '%s'}
                rules: [{name: hippocampus, models: [hippocampus-3d]}]
                web: {port: 0}
                destinations:
                  - {name: pacs, aet: RESULTS, host: 127.0.0.1, port: %d}
                """.formatted(Path.of("src/models").toAbsolutePath(), destinationPort);
    }

    @Test
    void allIsWellWhereTheDestinationAnswers() throws Exception {
        try (DemoDestination destination = new DemoDestination(folder.resolve("destination"))) {
            assertThat(check(settings(destination.ae().port()))).isZero();
        }
        assertThat(out.toString().lines())
                .allMatch(line -> line.startsWith("ok "))
                .anyMatch(line -> line.contains("C-ECHO"));
        assertThat(folder.resolve("data")).doesNotExist();
    }

    @Test
    void namesTheModelThatIsNotThereAndThoseThatAre() throws Exception {
        assertThat(check(settings(1).replace("[hippocampus-3d]", "[liver]"))).isEqualTo(1);
        assertThat(out.toString().lines())
                .anyMatch(line -> line.startsWith("WRONG model liver") && line.contains("hippocampus-3d"));
    }

    @Test
    void namesTheDestinationThatDoesNotAnswer() throws Exception {
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        assertThat(check(settings(free), "--json")).isEqualTo(1);
        JsonNode findings = new ObjectMapper().readTree(out.toString());
        assertThat(findings).anySatisfy(finding -> {
            assertThat(finding.get("subject").asText()).isEqualTo("destination pacs");
            assertThat(finding.get("ok").asBoolean()).isFalse();
            assertThat(finding.get("detail").asText()).contains("127.0.0.1:" + free);
        });
    }

    @Test
    void showsEveryComplaintAboutTheSettings() throws Exception {
        assertThat(check("node: {port: 99999}\ncolour: blue\n")).isEqualTo(1);
        assertThat(out.toString().lines()).hasSizeGreaterThan(1).allMatch(line -> line.startsWith("WRONG settings"));
        assertThat(out.toString()).contains("99999").contains("colour");
    }

    @Test
    void noticesAnotherProgramOnThePort() throws Exception {
        try (ServerSocket taken = new ServerSocket(0)) {
            String yaml = settings(1).replace("port: 0}\ndata", "port: " + taken.getLocalPort() + "}\ndata");
            assertThat(check(yaml)).isEqualTo(1);
            assertThat(out.toString().lines())
                    .anyMatch(line -> line.startsWith("WRONG port") && line.contains(":" + taken.getLocalPort()));
        }
    }
}
