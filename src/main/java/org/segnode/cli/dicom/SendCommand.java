package org.segnode.cli.dicom;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.segnode.pacs.RefusedByPeerException;
import org.segnode.pacs.StorageScu;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Sends files to a peer (C-STORE). */
@Command(
        name = "send",
        description = "Sends DICOM files to a peer (C-STORE), all over one association.",
        footerHeading = "%nExamples:%n",
        footer = {"  segnode send NODE@localhost:11112 study/", "  segnode send PACS@10.0.0.5:104 a.dcm b.dcm"})
public final class SendCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private PeerArguments arguments;

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "FILE-OR-FOLDER",
            description = "files, or folders with all that lies below")
    private List<Path> sources;

    @Override
    public Integer call() throws IOException, RefusedByPeerException {
        List<Path> files = InputFiles.below(sources);
        long start = System.nanoTime();
        new StorageScu(arguments.calling()).send(arguments.peer(), files);
        double seconds = (System.nanoTime() - start) / 1e9;
        spec.commandLine()
                .getOut()
                .printf(
                        "%d objects sent to %s in %.1f s, %.0f a second%n",
                        files.size(), arguments.peer(), seconds, files.size() / seconds);
        return 0;
    }
}
