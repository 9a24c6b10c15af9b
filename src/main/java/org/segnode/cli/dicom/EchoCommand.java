package org.segnode.cli.dicom;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.segnode.pacs.RefusedByPeerException;
import org.segnode.pacs.StorageScu;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Asks a peer whether it is there (C-ECHO). */
@Command(
        name = "echo",
        description = "Asks a DICOM peer whether it is there (C-ECHO).",
        footerHeading = "%nExamples:%n",
        footer = {"  segnode echo PACS@10.0.0.5:104", "  segnode echo --calling NODE ORTHANC@localhost:4242"})
public final class EchoCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private PeerArguments arguments;

    @Override
    public Integer call() throws RefusedByPeerException {
        long start = System.nanoTime();
        new StorageScu(arguments.calling()).echo(arguments.peer());
        PrintWriter out = spec.commandLine().getOut();
        out.println(arguments.peer() + " answers, " + (System.nanoTime() - start) / 1_000_000 + " ms");
        return 0;
    }
}
