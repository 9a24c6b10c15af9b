package org.segnode.dicom;

import java.util.Optional;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.segnode.UnusableSeriesException;

/**
 * A table that gives the value of each stored number (Modality LUT Sequence, PS3.3 C.11.1); numbers beyond its ends have the
 * value of the end.
 *
 * @param first stored number of the first value
 * @param values in [0, 65535], at least one
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
record ModalityLut(int first, int[] values) {
    /**
     * Empty where the object has none.
     *
     * @throws UnusableSeriesException if the table is not as long as its descriptor says
     */
    static Optional<ModalityLut> of(DicomFile file) throws UnusableSeriesException {
        Attributes item = file.attributes().getNestedDataset(Tag.ModalityLUTSequence);
        if (item == null) {
            return Optional.empty();
        }
        int[] descriptor = item.getInts(Tag.LUTDescriptor);
        int[] data = item.getInts(Tag.LUTData);
        int entries = descriptor == null || descriptor.length != 3 ? -1 : descriptor[0] & 0xffff;
        int wanted = entries == 0 ? 1 << 16 : entries;
        if (descriptor == null || data == null || data.length != wanted) {
            throw new UnusableSeriesException(DicomFile.name(file.path())
                    + " has a Modality LUT Sequence (0028,3000) of " + (data == null ? 0 : data.length)
                    + " values, its LUT Descriptor (0028,3002) says " + wanted);
        }
        boolean signed = PixelLayout.of(file.attributes()).signed();
        int[] values = new int[data.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = data[i] & 0xffff;
        }
        return Optional.of(new ModalityLut(signed ? (short) descriptor[1] : descriptor[1] & 0xffff, values));
    }

    int value(long stored) {
        return values[(int) Math.max(0, Math.min(values.length - 1L, stored - first))];
    }
}
