package org.segnode.cli;

import java.util.List;
import org.segnode.cli.bench.BenchCommand;
import org.segnode.cli.demo.DemoCommand;
import org.segnode.cli.dicom.EchoCommand;
import org.segnode.cli.dicom.FindCommand;
import org.segnode.cli.dicom.GetCommand;
import org.segnode.cli.dicom.InspectCommand;
import org.segnode.cli.dicom.RemoteAeConverter;
import org.segnode.cli.dicom.SegmentCommand;
import org.segnode.cli.dicom.SendCommand;
import org.segnode.cli.nnunet.EnsembleCommand;
import org.segnode.cli.nnunet.EvaluateFolderCommand;
import org.segnode.cli.nnunet.EvaluateSimpleCommand;
import org.segnode.cli.nnunet.ExtractFingerprintCommand;
import org.segnode.cli.nnunet.PlanAndPreprocessCommand;
import org.segnode.cli.nnunet.PlanExperimentCommand;
import org.segnode.cli.nnunet.PredictCommand;
import org.segnode.cli.nnunet.PredictFromModelfolderCommand;
import org.segnode.cli.nnunet.PreprocessCommand;
import org.segnode.cli.node.CheckCommand;
import org.segnode.cli.node.RunCommand;
import org.segnode.cli.terminal.CommandFailure;
import org.segnode.cli.terminal.Reason;
import org.segnode.pacs.RemoteAe;
import org.segnode.volume.Orientation;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The program: finds the command and turns its end into an exit code. */
@Command(
        name = "segnode",
        description = "A DICOM-native PACS integration node that segments with nnU-Net v2 models.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        scope = ScopeType.INHERIT,
        synopsisSubcommandLabel = "COMMAND",
        sortOptions = false,
        usageHelpAutoWidth = true,
        commandListHeading = "%nCommands:%n",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "1:finding or failure, the reason is on stderr", "2:wrong usage"},
        subcommands = {
            DemoCommand.class,
            RunCommand.class,
            SegmentCommand.class,
            InspectCommand.class,
            CheckCommand.class,
            PredictCommand.class,
            PredictFromModelfolderCommand.class,
            EnsembleCommand.class,
            PlanAndPreprocessCommand.class,
            ExtractFingerprintCommand.class,
            PlanExperimentCommand.class,
            PreprocessCommand.class,
            EvaluateFolderCommand.class,
            EvaluateSimpleCommand.class,
            EchoCommand.class,
            SendCommand.class,
            FindCommand.class,
            GetCommand.class,
            BenchCommand.class,
            CommandLine.HelpCommand.class,
        })
public final class Segnode implements Runnable {
    /** Exit code of a finding or a failure. */
    public static final int FAILED = 1;

    @Spec
    private CommandSpec spec;

    /** @param arguments command, options and operands; ends the JVM with the exit code */
    public static void main(String... arguments) {
        System.exit(commandLine().execute(arguments));
    }

    /** The whole command line, as {@link #main} runs it. */
    public static CommandLine commandLine() {
        CommandLine commandLine = new CommandLine(new Segnode());
        commandLine.registerConverter(RemoteAe.class, new RemoteAeConverter());
        commandLine.registerConverter(Orientation.class, Segnode::orientation);
        commandLine.setCaseInsensitiveEnumValuesAllowed(true);
        commandLine.setExecutionStrategy(Segnode::run);
        commandLine.setExecutionExceptionHandler((failure, command, parsed) -> report(failure, command));
        return commandLine;
    }

    private static int run(ParseResult parsed) {
        try {
            return new CommandLine.RunLast().execute(parsed);
        } catch (OutOfMemoryError e) {
            List<CommandLine> commands = parsed.asCommandLineList();
            long memory = Runtime.getRuntime().maxMemory() >> 20;
            return report(
                    new CommandFailure("needs more memory than the " + memory
                            + " MiB Java may use; SEGNODE_JAVA_OPTS=-Xmx16g would give it 16 GiB"),
                    commands.get(commands.size() - 1));
        }
    }

    private static Orientation orientation(String letters) {
        try {
            return new Orientation(letters);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "which command? 'segnode --help' lists them");
    }

    private static int report(Exception failure, CommandLine command) {
        command.getErr().println("segnode " + command.getCommandName() + ": " + Reason.of(failure));
        if (System.getenv("SEGNODE_TRACE") != null) {
            failure.printStackTrace(command.getErr());
        }
        command.getErr().flush();
        return FAILED;
    }
}
