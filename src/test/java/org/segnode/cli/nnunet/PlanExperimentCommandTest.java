package org.segnode.cli.nnunet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.segnode.cli.Segnode;
import org.segnode.plan.Normalization;
import org.segnode.plan.Plans;
import picocli.CommandLine;

class PlanExperimentCommandTest {
    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void writeDataset() throws IOException {
        Files.writeString(folder.resolve("dataset.json"), """
                {"channel_names": {"0": "MRI"}, "labels": {"background": 0, "anterior": 1, "posterior": 2},
                 "numTraining": 260, "file_ending": ".nii.gz"}
                """);
        Files.writeString(folder.resolve("fingerprint.json"), """
                {"foreground_intensity_properties_per_channel": {"0": {"max": 1.0, "mean": 1.0, "median": 1.0,
                 "min": 1.0, "percentile_00_5": 1.0, "percentile_99_5": 1.0, "std": NaN}},
                 "median_relative_size_after_cropping": 1.0, "shapes_after_crop": [[36, 50, 35]],
                 "spacings": [[1.0, 1.0, 1.0]]}
                """);
    }

    @Test
    void plansFromAReadyFingerprint() throws IOException {
        assertThat(run("-o", folder.resolve("plans.json").toString()))
                .as(err::toString)
                .isZero();
        Plans plans = Plans.read(folder.resolve("plans.json"));
        assertThat(plans.configuration("3d_fullres").patchSize()).containsExactly(40, 56, 40);
        assertThat(plans.configuration("3d_fullres").batchSize()).isEqualTo(9);
        assertThat(plans.configuration("2d").batchSize()).isEqualTo(366);
        assertThat(out.toString()).contains("3d_fullres", "patch [40, 56, 40], batch 9");
    }

    @Test
    void takesTheOptionsOfTheReference() throws IOException {
        String file = folder.resolve("plans.json").toString();
        assertThat(run(
                        "-o",
                        file,
                        "-pl",
                        "nnUNetPlannerResEncL",
                        "-gpu_memory_target",
                        "12",
                        "-overwrite_target_spacing",
                        "2",
                        "0.8",
                        "0.8",
                        "-overwrite_plans_name",
                        "mine"))
                .as(err::toString)
                .isZero();
        Plans plans = Plans.read(folder.resolve("plans.json"));
        assertThat(plans.plansName()).isEqualTo("mine");
        assertThat(plans.configuration("3d_fullres").spacing()).containsExactly(2.0, 0.8, 0.8);
        assertThat(Files.readString(folder.resolve("plans.json"))).contains("ResidualEncoderUNet");
    }

    @Test
    void marksPlansThatTheReferenceCannotUse() throws IOException {
        Path dataset = folder.resolve("dataset.json");
        Files.writeString(dataset, Files.readString(dataset).replace("MRI", "window(40,400)"));
        assertThat(run("-o", folder.resolve("plans.json").toString()))
                .as(err::toString)
                .isZero();
        assertThat(out.toString()).contains("not exportable");
        assertThat(Plans.read(folder.resolve("plans.json")).configuration("2d").normalizations())
                .containsExactly(Normalization.window(40, 400));
    }

    @Test
    void saysInOneLineWhatCannotBe() {
        assertThat(run("-o", folder.resolve("p.json").toString(), "-pl", "NoPlanner"))
                .isEqualTo(1);
        assertThat(err.toString()).contains("there is no planner \"NoPlanner\"").hasLineCount(1);
    }

    @Test
    void refusesMemoryTooSmallForAnyPatch() {
        assertThat(run("-o", folder.resolve("p.json").toString(), "-gpu_memory_target", "0.000001"))
                .isEqualTo(1);
        assertThat(err.toString()).contains("is too small for any patch").hasLineCount(1);
    }

    @Test
    void wantsAllOfTheFilesTogether() {
        assertThat(run()).isEqualTo(2);
        assertThat(err.toString()).contains("give either -d, or --fingerprint, --dataset-json and -o together");
    }

    private int run(String... more) {
        String[] arguments = new String[5 + more.length];
        arguments[0] = "plan-experiment";
        arguments[1] = "--fingerprint";
        arguments[2] = folder.resolve("fingerprint.json").toString();
        arguments[3] = "--dataset-json";
        arguments[4] = folder.resolve("dataset.json").toString();
        System.arraycopy(more, 0, arguments, 5, more.length);
        CommandLine commandLine = Segnode.commandLine();
        commandLine.setOut(new PrintWriter(out, true));
        commandLine.setErr(new PrintWriter(err, true));
        return commandLine.execute(arguments);
    }
}
