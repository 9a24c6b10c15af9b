package org.segnode.dicom;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.segnode.UnusableSeriesException;

/** Annotations that are spoiled at random places are read or refused with a reason; nothing else leaves the reader. */
class SpoiledAnnotationsTest {
    static List<Path> files() {
        return MadeSeries.resource("annotations").stream()
                .filter(Files::isRegularFile)
                .toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("files")
    void aSpoiledAnnotationIsReadOrRefused(Path file) throws IOException {
        byte[] whole = Files.readAllBytes(file);
        Random random = new Random(file.getFileName().hashCode());
        for (int i = 0; i < 300; i++) {
            readOrRefuse(SpoiledFilesTest.spoiled(whole, random));
        }
    }

    static void readOrRefuse(byte[] bytes) throws IOException {
        Path file = Files.createTempFile("segnode-fuzz", ".dcm");
        try {
            Files.write(file, bytes);
            SourceSeries source = Source.SERIES;
            SpoiledFilesTest.attempt(
                    () -> assertThat(AnnotationReader.descriptions(file)).doesNotContainNull());
            SpoiledFilesTest.attempt(() ->
                    assertThat(AnnotationReader.read(file, source).shape()).isEqualTo(source.shape()));
            SpoiledFilesTest.attempt(
                    () -> assertThat(StructureSetReader.annotation(file, source).shape())
                            .isEqualTo(source.shape()));
            SpoiledFilesTest.attempt(() -> assertThat(AnnotationReader.read(file, AnnotationReader.grid(file))
                            .segments())
                    .doesNotContainNull());
        } finally {
            Files.delete(file);
        }
    }

    /** Read once: the slices that one of the annotations was drawn on. */
    private static final class Source {
        static final SourceSeries SERIES = series();

        private static SourceSeries series() {
            try {
                return new SeriesReader()
                        .read(MadeSeries.resource("annotations/dcmqi-ct"))
                        .source();
            } catch (UnusableSeriesException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
