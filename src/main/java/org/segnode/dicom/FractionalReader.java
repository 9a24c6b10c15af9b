package org.segnode.dicom;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.segnode.UnusableSeriesException;
import org.segnode.volume.GradedLabelMap;

/**
 * Reads the values of a FRACTIONAL segmentation onto the slices of a series. It knows nothing of how the object was made: each
 * pixel is put where the plane position, orientation and spacing of its frame say.
 */
public final class FractionalReader {
    private FractionalReader() {}

    /**
     * @return by segment number, for those with frames, unsigned bytes ordered slice, row, column
     * @throws UnusableSeriesException if it is no FRACTIONAL segmentation of at most 255, or a pixel that is not 0 lies on no
     *     voxel of the slices
     */
    public static Map<Integer, byte[]> read(Path path, SourceSeries source) throws UnusableSeriesException {
        try (DicomFile file = DicomFile.open(path)) {
            Attributes object = file.attributes();
            requireFractional(object, path);
            PixelLayout layout = PixelLayout.of(object);
            PixelRules.checkSegmentation(file);
            SetPixels pixels = SetPixels.of(file, layout);
            Map<Integer, byte[]> levels = new TreeMap<>();
            for (int frame = 1; frame <= layout.frames(); frame++) {
                pixels.nextFrame();
                Attributes groups = object.getNestedDataset(Tag.PerFrameFunctionalGroupsSequence, frame - 1);
                int segment = SliceHeaders.group(object, groups, Tag.SegmentIdentificationSequence)
                        .getInt(Tag.ReferencedSegmentNumber, 0);
                byte[] level = levels.computeIfAbsent(
                        segment, number -> new byte[source.shape().voxels()]);
                place(pixels, layout, FramePlace.of(object, groups, source), level);
            }
            return levels;
        } catch (IOException | RuntimeException e) {
            throw DicomFile.reason(path, e);
        }
    }

    private static void requireFractional(Attributes object, Path path) throws UnusableSeriesException {
        String type = object.getString(Tag.SegmentationType, "").trim();
        int most = object.getInt(Tag.MaximumFractionalValue, 0);
        if (!type.equals("FRACTIONAL") || most != GradedLabelMap.CERTAIN) {
            throw new UnusableSeriesException(DicomFile.name(path)
                    + " is no FRACTIONAL segmentation with values to 255, but " + type + " to " + most);
        }
    }

    private static void place(SetPixels set, PixelLayout layout, FramePlace place, byte[] level)
            throws IOException, UnusableSeriesException {
        int pixels = (int) layout.pixels();
        for (int i = set.next(0, pixels); i < pixels; i = set.next(i + 1, pixels)) {
            int index = place.index(i / layout.columns(), i % layout.columns());
            if (index < 0) {
                throw new UnusableSeriesException("pixel " + i + " of a frame lies on no voxel of the series");
            }
            level[index] = (byte) layout.stored(set.sample());
        }
    }
}
