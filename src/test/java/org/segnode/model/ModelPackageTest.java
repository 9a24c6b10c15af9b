package org.segnode.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.segnode.inference.PredictionOptions;
import org.segnode.plan.LabelMeaning;
import org.segnode.plan.UnusableFileException;
import org.segnode.volume.Orientation;

class ModelPackageTest {
    private static final Path HIPPOCAMPUS = Path.of("src/models/hippocampus-3d");
    private static final String REGIONS = """
            {"channel_names": {"0": "MRI"}, "file_ending": ".nii.gz", "regions_class_order": [1, 2],
             "labels": {"background": 0, "whole": [1, 2], "posterior": 2}}
            """;

    @TempDir
    Path folder;

    private Path model;

    @BeforeEach
    void copyModel() throws IOException {
        model = copy("hippocampus-3d");
    }

    private Path copy(String name) throws IOException {
        Path copy = folder.resolve(name);
        Files.createDirectories(copy.resolve("fold_0"));
        for (String file : new String[] {"dataset.json", "plans.json", "model.json"}) {
            Files.copy(HIPPOCAMPUS.resolve(file), copy.resolve(file));
        }
        Files.writeString(copy.resolve("fold_0/checkpoint_final.pth"), "weights");
        return copy;
    }

    @Test
    void opensAModelFolder() throws IOException {
        ModelPackage opened = ModelPackage.open(model);
        assertThat(opened.description().id()).isEqualTo("hippocampus-3d");
        assertThat(opened.digest()).matches("[0-9a-f]{64}");
    }

    @Test
    void hasTheSameDigestWhereverItLies() throws IOException {
        assertThat(ModelPackage.open(copy("elsewhere")).digest())
                .isEqualTo(ModelPackage.open(model).digest());
    }

    @Test
    void hasAnotherDigestWhenSomethingThatDecidesTheResultChanges() throws IOException {
        String before = ModelPackage.open(model).digest();
        Files.writeString(model.resolve("fold_0/progress.png"), "a picture");
        Files.writeString(model.resolve("fold_0/checkpoint_best.pth"), "not used");
        assertThat(ModelPackage.open(model).digest()).isEqualTo(before);
        assertThat(ModelPackage.open(model, PredictionOptions.DEFAULT.withCheckpoint("checkpoint_best.pth"))
                        .digest())
                .isNotEqualTo(before);
        Files.writeString(model.resolve("fold_0/checkpoint_final.pth"), "other weights");
        String weights = ModelPackage.open(model).digest();
        Files.writeString(model.resolve("postprocessing.json"), "{}");
        String postprocessed = ModelPackage.open(model).digest();
        assertThat(postprocessed).isNotEqualTo(weights).isNotEqualTo(before);
        assertThat(weights).isNotEqualTo(before);
    }

    @Test
    void takesLabelsOfAnUndescribedModelFromItsDataset() throws IOException {
        Files.delete(model.resolve("model.json"));
        ModelDescription description = ModelPackage.open(model).description();
        assertThat(description.id()).isEqualTo("hippocampus-3d");
        assertThat(description.modality()).isEqualTo("MR");
        assertThat(description.orientation()).isEmpty();
        assertThat(description.labels()).extracting(LabelMeaning::name).containsExactly("anterior", "posterior");
    }

    @Test
    void takesLabelsOfAModelWithRegionsFromTheClassOrder() throws IOException {
        Files.delete(model.resolve("model.json"));
        Files.writeString(model.resolve("dataset.json"), REGIONS);
        assertThat(ModelPackage.open(model).description().labels())
                .extracting(LabelMeaning::label, LabelMeaning::name)
                .containsExactly(tuple(1, "whole"), tuple(2, "posterior"));
    }

    @Test
    void isRefusedForDicomWithoutOrientationAndSaysHowToGiveIt() throws IOException {
        Files.delete(model.resolve("model.json"));
        ModelPackage undescribed = ModelPackage.open(model);
        assertThatThrownBy(() -> undescribed.segmenter(PredictionOptions.DEFAULT))
                .isInstanceOf(UnusableFileException.class)
                .hasMessageContaining("takes no DICOM series")
                .hasMessageContaining("--orientation RAS")
                .hasMessageContaining("model.json");
        assertThat(undescribed.withOrientation(Orientation.RAS).description().orientation())
                .contains(Orientation.RAS);
    }

    @Test
    void refusesADescriptionOfOtherLabels() throws IOException {
        String json = Files.readString(model.resolve("model.json"));
        Files.writeString(model.resolve("model.json"), json.replace("\"label\" : 2", "\"label\" : 3"));
        assertThatThrownBy(() -> ModelPackage.open(model))
                .isInstanceOf(UnusableFileException.class)
                .hasMessageContaining("label 3 is not in dataset.json, which has {1=anterior, 2=posterior}");
        int second = json.indexOf("}, {\n    \"label\" : 2");
        Files.writeString(model.resolve("model.json"), json.substring(0, second) + "} ]\n}\n");
        assertThatThrownBy(() -> ModelPackage.open(model))
                .hasMessageContaining("labels of dataset.json have no meaning here: {2=posterior}");
    }

    @Test
    void refusesAFolderThatIsNoModel() throws IOException {
        Path empty = Files.createDirectory(folder.resolve("empty"));
        assertThatThrownBy(() -> ModelPackage.open(empty))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("dataset.json");
    }

    @Test
    void findsModelsByIdAndTellsWhyOtherFoldersAreNone() throws IOException {
        copy("twin");
        Files.createDirectory(folder.resolve("zz-empty"));
        Path undescribed = copy("Dataset004 X");
        Files.delete(undescribed.resolve("model.json"));
        ModelPackages.Found found = new ModelPackages(folder).find();
        assertThat(found.models()).containsOnlyKeys("hippocampus-3d", "Dataset004-X");
        assertThat(found.complaints()).hasSize(2);
        assertThat(found.complaints().get(0)).contains("its id hippocampus-3d is already that of");
        assertThat(found.complaints().get(1)).contains("zz-empty").contains("a trained model needs it");
    }

    @Test
    void opensByIdOrNamesWhatIsThere() throws IOException {
        ModelPackages models = new ModelPackages(folder);
        assertThat(models.open("hippocampus-3d").folder()).isEqualTo(model);
        assertThatThrownBy(() -> models.open("liver"))
                .isInstanceOf(UnusableFileException.class)
                .hasMessageContaining("there is no model liver")
                .hasMessageContaining("there are [hippocampus-3d]");
        assertThat(new ModelPackages(folder.resolve("absent")).find().models()).isEmpty();
    }
}
