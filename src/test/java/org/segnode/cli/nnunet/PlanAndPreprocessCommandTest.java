package org.segnode.cli.nnunet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.segnode.cli.Segnode;
import org.segnode.plan.DatasetFolders;
import org.segnode.preprocess.PreparedCases;
import org.segnode.volume.LabelMap;
import org.segnode.volume.io.VolumeFiles;

/** The folders are those below the node's data folder, as when nnU-Net's variables are unset. */
class PlanAndPreprocessCommandTest {
    private static final Path DATASETS = Path.of("src/test/resources/org/segnode/plan/fingerprint");

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private NodeHome home;

    @BeforeEach
    void moveIn() throws IOException {
        home = new NodeHome(folder);
    }

    @AfterEach
    void moveOut() {
        home.close();
    }

    @Test
    void preparesSeveralDataSetsInOneCall() throws IOException {
        copy("Dataset701_Hippocampus");
        copy("Dataset702_Holes");
        int exit = segnode(
                "plan-and-preprocess", "-d", "701", "702", "-npfp", "2", "-np", "2", "--verify_dataset_integrity");
        assertThat(exit).as(err::toString).isZero();

        for (String dataset : List.of("Dataset701_Hippocampus", "Dataset702_Holes")) {
            Path prepared = preprocessed(dataset);
            assertThat(names(prepared))
                    .contains("dataset.json", "dataset_fingerprint.json", "nnUNetPlans.json", "gt_segmentations")
                    .contains("nnUNetPlans_2d", "nnUNetPlans_3d_fullres")
                    .doesNotContain("nnUNetPlans_2d.part");
            assertThat(prepared.resolve("dataset_fingerprint.json"))
                    .hasSameTextualContentAs(DATASETS.resolve(dataset).resolve("dataset_fingerprint.json"));
            PreparedCases cases = new PreparedCases(prepared.resolve("nnUNetPlans_2d"));
            assertThat(cases.names()).isNotEmpty();
            assertThat(cases.read(cases.names().get(0)).locations().classes()).isNotEmpty();
            assertThat(names(prepared.resolve("gt_segmentations")))
                    .hasSameSizeAs(names(DATASETS.resolve(dataset).resolve("labelsTr")));
        }
        assertThat(err.toString()).contains("Dataset702_Holes: preparing 2d …");
        assertThat(out.toString()).contains("passed over, the plans have no configuration 3d_lowres");
    }

    @Test
    void replacesTheCasesOfAnEarlierRun() throws IOException {
        copyMeasured("Dataset702_Holes");
        assertThat(segnode("plan-and-preprocess", "-d", "702", "--no_pp", "--no_pbar"))
                .isZero();
        Path prepared = preprocessed("Dataset702_Holes").resolve("nnUNetPlans_3d_fullres");
        assertThat(prepared).doesNotExist();
        Files.createDirectories(prepared);
        Files.createFile(prepared.resolve("old.b2nd"));

        assertThat(segnode("preprocess", "-d", "702", "-c", "3d_fullres", "-np", "1", "--no_pbar"))
                .as(err::toString)
                .isZero();
        assertThat(names(prepared)).isNotEmpty().doesNotContain("old.b2nd");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void listsTheFindingsAndStops() throws IOException {
        copy("Dataset702_Holes");
        Path labels = home.raw().resolve("Dataset702_Holes/labelsTr");
        String first = names(labels).get(0);
        Files.delete(labels.resolve(first));
        assertThat(segnode("extract-fingerprint", "-d", "702", "--verify_dataset_integrity", "--no_pbar"))
                .isEqualTo(1);
        assertThat(err.toString()).contains("there is no file").contains(first).contains("1 findings in");
        assertThat(preprocessed("Dataset702_Holes").resolve("dataset_fingerprint.json"))
                .doesNotExist();
    }

    @Test
    void goesOnWhereThereAreOnlyWarnings() throws IOException {
        copyMeasured("Dataset702_Holes");
        Path labels = home.raw().resolve("Dataset702_Holes/labelsTr");
        Path first = labels.resolve(names(labels).get(0));
        LabelMap labelMap = VolumeFiles.readLabels(first);
        VolumeFiles.write(new LabelMap(labelMap.grid(), new short[labelMap.labels().length]), first);
        assertThat(segnode("plan-and-preprocess", "-d", "702", "--verify_dataset_integrity", "--no_pp", "--no_pbar"))
                .as(err::toString)
                .isZero();
        assertThat(err.toString()).contains("warning: h0: the label file is all background: the mask is all black");
    }

    @Test
    void copiesSplitsAndRefusesOthersThatAreThere() throws IOException {
        copyMeasured("Dataset702_Holes");
        Path splits = home.raw().resolve("Dataset702_Holes/splits_final.json");
        Files.writeString(splits, "[{\"train\": [\"a\", \"b\"], \"val\": [\"c\"]}]");
        assertThat(segnode("plan-and-preprocess", "-d", "702", "--no_pp", "--no_pbar"))
                .isZero();
        Path copied = preprocessed("Dataset702_Holes").resolve("splits_final.json");
        assertThat(copied).hasSameTextualContentAs(splits);

        Files.writeString(copied, "[{\"train\": [\"b\", \"a\"], \"val\": [\"c\"]}, {\"train\": [], \"val\": []}]");
        assertThat(segnode("plan-experiment", "-d", "702")).as(err::toString).isZero();
        Files.writeString(copied, "[{\"train\": [\"a\"], \"val\": [\"c\"]}]");
        assertThat(segnode("plan-experiment", "-d", "702")).isEqualTo(1);
        assertThat(err.toString()).contains("fold 0 is not that of " + splits);
    }

    @Test
    void marksPlansThatNnunetCannotUseAndRefusesThemWhereTheyAreToBeExportable() throws IOException {
        copyMeasured("Dataset702_Holes");
        Path json = home.raw().resolve("Dataset702_Holes/dataset.json");
        String text = Files.readString(json);
        Files.writeString(json, text.replaceFirst("(\"0\": *)\"[^\"]*\"", "$1\"window(40,400)\""));
        assertThat(segnode("plan-and-preprocess", "-d", "702", "-c", "3d_fullres", "--no_pbar"))
                .as(err::toString)
                .isZero();
        Path plans = preprocessed("Dataset702_Holes").resolve("nnUNetPlans.json");
        assertThat(plans)
                .content()
                .contains("\"not_exportable\": \"nnU-Net has no normalization SegnodeWindow(40.0,400.0)\"");

        assertThat(segnode("plan-experiment", "-d", "702", "--exportable")).isEqualTo(1);
        assertThat(err.toString()).contains("nnU-Net has no normalization SegnodeWindow(40.0,400.0)");
    }

    @Test
    void refusesWhatMakesNoSense() throws IOException {
        copyMeasured("Dataset702_Holes");
        assertThat(segnode("plan-and-preprocess", "-d", "702", "--no_pp", "--no_pbar"))
                .isZero();
        assertThat(segnode("preprocess", "-d", "702", "-np", "1", "2")).isEqualTo(1);
        assertThat(err.toString()).contains("one for each of the 3 configurations, has 2");
        assertThat(segnode("extract-fingerprint", "-d", "702", "-fpe", "Other")).isEqualTo(1);
        assertThat(err.toString()).contains("there is no extractor Other");
        assertThat(segnode("preprocess", "-d", "9")).isEqualTo(1);
        assertThat(err.toString()).contains("no data set Dataset009_… below " + folder);
    }

    @Test
    void theEnvironmentComesBeforeTheDataFolder() {
        Path settings = folder.resolve("config/segnode.yaml");
        DatasetFolders folders = Folders.find(Map.of("nnUNet_raw", "/raw"), settings);
        assertThat(folders.raw()).contains(Path.of("/raw"));
        assertThat(folders.results()).contains(home.results());
        assertThat(Folders.find(Map.of(), folder.resolve("missing.yaml")).raw()).isEmpty();
    }

    private int segnode(String... arguments) {
        return Segnode.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    private Path preprocessed(String dataset) {
        return home.preprocessed().resolve(dataset);
    }

    private void copy(String dataset) throws IOException {
        Files.createDirectories(home.raw());
        NodeHome.copy(DATASETS.resolve(dataset), home.raw().resolve(dataset));
    }

    /** Measuring takes longer than all that follows. */
    private void copyMeasured(String dataset) throws IOException {
        copy(dataset);
        Files.createDirectories(preprocessed(dataset));
        String fingerprint = "dataset_fingerprint.json";
        Files.copy(
                DATASETS.resolve(dataset).resolve(fingerprint),
                preprocessed(dataset).resolve(fingerprint));
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
