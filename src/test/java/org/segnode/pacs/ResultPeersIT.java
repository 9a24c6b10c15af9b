package org.segnode.pacs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.aoju.bus.image.UID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.segnode.dicom.DicomSeries;
import org.segnode.dicom.ObjectHeader;
import org.segnode.dicom.ResultForm;
import org.segnode.dicom.ResultObject;
import org.segnode.dicom.Results;
import org.segnode.dicom.SegmentationOrigin;
import org.segnode.dicom.SegmentedSeries;
import org.segnode.dicom.SeriesReader;
import org.segnode.peers.Mode;
import org.segnode.peers.Orthanc;
import org.segnode.peers.Storescp;
import org.segnode.plan.Code;
import org.segnode.plan.LabelMeaning;
import org.segnode.volume.LabelMap;

/** Results in every form are taken by DCMTK and Orthanc. */
class ResultPeersIT {
    private static final LabelMeaning BOX = new LabelMeaning(
            1,
            "Box",
            new Code("123037004", "SCT", "Anatomical Structure"),
            new Code("10200004", "SCT", "Liver"),
            Optional.empty(),
            "#dd8265");

    @TempDir
    Path folder;

    @Test
    void storescpTakesEveryForm() throws Exception {
        Mode.PROCESS.require("storescp");
        List<Path> files = written(EnumSet.allOf(ResultForm.class));
        Path in = Files.createDirectories(folder.resolve("in"));
        try (Storescp storescp = Storescp.start(Mode.PROCESS, "STORESCP", in, "-pm", "+xa")) {
            new StorageScu("NODE").send(storescp.remote(), files);
            assertThat(storescp.received()).as(storescp.output()).hasSize(files.size());
            assertThat(syntaxes(storescp.received()))
                    .as("segmentations are deflated where that is taken")
                    .contains(UID.DeflatedExplicitVRLittleEndian);
        }
    }

    @Test
    void orthancTakesEveryForm() throws Exception {
        Mode.PROCESS.require("Orthanc");
        List<Path> files = written(EnumSet.allOf(ResultForm.class));
        try (Orthanc orthanc =
                Orthanc.start(Mode.PROCESS, "ORTHANC", Files.createDirectories(folder.resolve("o")), List.of())) {
            new StorageScu("NODE").send(orthanc.dicom(), files);
            assertThat(orthanc.instances()).as(orthanc.output()).hasSize(files.size());
        }
    }

    private static Stream<String> syntaxes(List<Path> files) throws Exception {
        Stream.Builder<String> syntaxes = Stream.builder();
        for (Path file : files) {
            syntaxes.add(ObjectHeader.readComplete(file).transferSyntaxUid());
        }
        return syntaxes.build();
    }

    private List<Path> written(EnumSet<ResultForm> forms) throws Exception {
        DicomSeries series;
        try (Stream<Path> slices = Files.list(Path.of("dicom-samples/case-006/series"))) {
            series = new SeriesReader().read(slices.sorted().toList());
        }
        short[] labels = new short[series.volume().shape().voxels()];
        for (int row = 10; row < 20; row++) {
            for (int column = 5; column < 15; column++) {
                labels[series.volume().shape().index(9, row, column)] = 1;
            }
        }
        SegmentedSeries result = new SegmentedSeries(
                series.onSource(new LabelMap(series.volume().grid(), labels)),
                series.sourceValues(),
                List.of(BOX),
                new SegmentationOrigin("box", "1", "00", "none"));
        return Results.write(
                        forms, result.asCertain(), (form, number, uid) -> folder.resolve(form.word() + number + ".dcm"))
                .stream()
                .map(ResultObject::file)
                .toList();
    }
}
