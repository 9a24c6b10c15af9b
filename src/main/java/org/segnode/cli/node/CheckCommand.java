package org.segnode.cli.node;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.segnode.cli.Segnode;
import org.segnode.node.settings.Settings;
import org.segnode.node.settings.SettingsException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says of all that a node needs whether it is in order, or why not. */
@Command(
        name = "check",
        description = {
            "Says of settings, folders, database, models, device and destinations whether the node can work with them,"
                    + " one line each. Changes nothing, and may run beside the node.",
            "Exit code 1 if anything is wrong."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  segnode check", "  segnode check --settings /etc/segnode/segnode.yaml --json"})
public final class CheckCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--settings", paramLabel = "FILE", description = "settings; those of the installation if not given")
    private Optional<Path> file;

    @Option(names = "--json", description = "findings as JSON")
    private boolean json;

    @Override
    public Integer call() throws JsonProcessingException {
        List<Finding> findings = new ArrayList<>();
        PrintWriter out = spec.commandLine().getOut();
        check(finding -> {
            findings.add(finding);
            if (!json) {
                out.println(finding);
                out.flush();
            }
        });
        if (json) {
            out.println(new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(findings));
        }
        return findings.stream().allMatch(Finding::ok) ? 0 : Segnode.FAILED;
    }

    private void check(Consumer<Finding> findings) {
        Path path = file.orElseGet(Home::settings);
        try {
            Settings settings = Settings.read(path, System.getenv());
            findings.accept(Finding.ok("settings", path.toString()));
            new NodeCheck(settings, findings).run();
        } catch (SettingsException e) {
            e.complaints().forEach(complaint -> findings.accept(Finding.wrong("settings", complaint)));
        }
    }
}
