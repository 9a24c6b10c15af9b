package org.segnode.cli.dicom;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.segnode.UnusableSeriesException;
import org.segnode.cli.nnunet.PredictionArguments;
import org.segnode.cli.terminal.ProgressDisplay;
import org.segnode.dicom.DicomSeries;
import org.segnode.dicom.GeometryPolicy;
import org.segnode.dicom.ResultForm;
import org.segnode.dicom.Results;
import org.segnode.dicom.SegmentationOrigin;
import org.segnode.dicom.SeriesReader;
import org.segnode.inference.PredictionOptions;
import org.segnode.inference.Segmenter;
import org.segnode.model.ModelPackage;
import org.segnode.node.worker.ModelOrigin;
import org.segnode.volume.GradedLabelMap;
import org.segnode.volume.LabelMap;
import org.segnode.volume.Orientation;
import org.segnode.volume.Volume;
import org.segnode.volume.io.VolumeFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** DICOM or research files in, result out, without a node. */
@Command(
        name = "segment",
        description = {
            "Segments one DICOM series, or research files (NIfTI), with a trained nnU-Net v2 model, and writes the result.",
            "DICOM is brought into the orientation of the model's training files and back; files keep their axes as stored,"
                    + " as in nnU-Net."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  segnode segment -m models/liver -i series/ -o liver.dcm",
            "  segnode segment -m models/liver -i series/ -o liver.nii.gz --as nifti -f 0 1",
            "  segnode segment -m models/liver -i series/ -o results/ --as seg rtstruct sr sc",
            "  segnode segment -m nnUNetTrainer__nnUNetPlans__3d_fullres -i series/ -o seg.dcm --orientation RAS",
            "  segnode segment -m models/liver -i case_0000.nii.gz -o case.nii.gz --disable_tta",
            "  segnode segment -m models/liver -i imagesTs/ -o predictions/"
        })
public final class SegmentCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "-m",
            required = true,
            paramLabel = "MODEL",
            description = "folder of a trained model, or of an ensemble")
    private Path model;

    @Option(
            names = "-i",
            required = true,
            arity = "1..*",
            paramLabel = "FILE-OR-FOLDER",
            description = "DICOM files of one series or their folder; or the channel files of one case; or a folder of"
                    + " cases named CASE_0000.nii.gz")
    private List<Path> inputs;

    @Option(
            names = "-o",
            required = true,
            paramLabel = "OUT",
            description = "file for the result; a folder for several cases or kinds")
    private Path output;

    @Option(
            names = "--as",
            arity = "1..*",
            paramLabel = "KIND",
            description =
                    "one or more of ${COMPLETION-CANDIDATES}; SEG for DICOM and NIFTI for files if not given; an SR"
                            + " brings the SEG it measures")
    private List<OutputKind> kinds = List.of();

    @Option(
            names = "--orientation",
            paramLabel = "LETTERS",
            description = "how the training files lay, if the model does not say: RAS for most NIfTI")
    private Optional<Orientation> orientation;

    @Option(names = "--strict", description = "refuse a series whose slices are no straight, even, complete stack")
    private boolean strict;

    @Option(names = "--json", description = "what was found as JSON")
    private boolean json;

    @Mixin
    private PredictionArguments prediction;

    private final List<CaseSummary> summaries = new ArrayList<>();

    @Override
    public Integer call() throws IOException, UnusableSeriesException {
        PredictionOptions options = prediction.options();
        SegmentInput input = SegmentInput.of(inputs);
        if (!input.isDicom() && !OutputKind.forms(kinds).isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "a " + OutputKind.forms(kinds).iterator().next()
                            + " refers to DICOM slices; the input is not DICOM");
        }
        ModelPackage opened = ModelPackage.open(model, options);
        ModelPackage known = orientation.map(opened::withOrientation).orElse(opened);
        if (input.isDicom()) {
            segmentSeries(known, options, input.cases().get(0));
        } else {
            segmentFiles(known, options, input.cases());
        }
        print();
        return 0;
    }

    private void segmentSeries(ModelPackage known, PredictionOptions options, SegmentInput.Case input)
            throws IOException, UnusableSeriesException {
        DicomSeries series =
                new SeriesReader().read(input.files(), strict ? GeometryPolicy.STRICT : GeometryPolicy.DEFAULT);
        if (!series.verdict().reason().isEmpty()) {
            spec.commandLine().getErr().println("repaired: " + series.verdict().reason());
        }
        List<OutputKind> wanted = kinds.isEmpty() ? List.of(OutputKind.SEG) : kinds;
        OutputFiles files = OutputFiles.of(output, OutputKind.count(wanted));
        try (Segmenter segmenter = known.segmenter(options)) {
            Set<ResultForm> forms = OutputKind.forms(wanted);
            GradedLabelMap found = forms.contains(ResultForm.FRACTIONAL)
                    ? graded(segmenter, series.volume(), input.name())
                    : GradedLabelMap.of(segment(segmenter, series.volume(), input.name()));
            LabelMap labels = found.labels();
            if (wanted.contains(OutputKind.NIFTI)) {
                VolumeFiles.write(labels, files.file("nifti", ".nii.gz", 1));
            }
            if (!forms.isEmpty()) {
                SegmentationOrigin origin = ModelOrigin.of(known, words(options));
                Results.write(
                        forms,
                        series.result(found, known.description().labels(), origin.on(series.verdict())),
                        (form, number, uid) -> files.file(form.word(), ".dcm", number));
            }
            summaries.add(CaseSummary.of(
                    input.name(), files.written(), labels, known.description().labels()));
        }
    }

    private void segmentFiles(ModelPackage known, PredictionOptions options, List<SegmentInput.Case> cases)
            throws IOException, UnusableSeriesException {
        try (Segmenter segmenter = known.segmenterOfStoredAxes(options)) {
            OutputFiles files = OutputFiles.of(output, 1);
            for (SegmentInput.Case each : cases) {
                LabelMap labels = segment(segmenter, VolumeFiles.read(each.files()), each.name());
                Path file = files.file(each.name(), ".nii.gz", 1);
                VolumeFiles.write(labels, file);
                summaries.add(CaseSummary.of(
                        each.name(), file, labels, known.description().labels()));
            }
        }
    }

    private LabelMap segment(Segmenter segmenter, Volume volume, String name) throws UnusableSeriesException {
        PrintWriter err = spec.commandLine().getErr();
        try (ProgressDisplay progress = new ProgressDisplay("segmenting " + name, err)) {
            return segmenter.segment(volume, progress);
        }
    }

    private GradedLabelMap graded(Segmenter segmenter, Volume volume, String name) throws UnusableSeriesException {
        PrintWriter err = spec.commandLine().getErr();
        try (ProgressDisplay progress = new ProgressDisplay("segmenting " + name, err)) {
            return segmenter.graded(volume, progress);
        }
    }

    private static String words(PredictionOptions options) {
        return "folds " + (options.folds().isEmpty() ? "all there are" : String.join(" ", options.folds()))
                + ", step " + options.stepFraction()
                + (options.mirroring() ? ", mirroring" : ", no mirroring")
                + (options.gaussian() ? "" : ", no gaussian")
                + (options.precise() ? ", precise" : "");
    }

    private void print() throws JsonProcessingException {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(summaries));
        } else {
            summaries.forEach(summary -> summary.lines().forEach(out::println));
        }
    }
}
