package org.segnode.dicom;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.segnode.volume.Grid;
import org.segnode.volume.LabelMap;
import org.segnode.volume.Position;

/** Writes a label map as NIfTI-1 with an sform, for the independent checker. Sixteen bits, one file. */
final class ExpectedLabels {
    private static final int HEADER = 352;

    private ExpectedLabels() {}

    static Path write(LabelMap map, Path file) throws IOException {
        Grid grid = map.grid();
        ByteBuffer nifti = ByteBuffer.allocate(HEADER + 2 * map.labels().length).order(ByteOrder.LITTLE_ENDIAN);
        nifti.putInt(0, 348);
        short[] dim = {
            3,
            (short) grid.shape().columns(),
            (short) grid.shape().rows(),
            (short) grid.shape().slices(),
            1,
            1,
            1,
            1
        };
        for (int i = 0; i < dim.length; i++) {
            nifti.putShort(40 + 2 * i, dim[i]);
            nifti.putFloat(76 + 4 * i, 1);
        }
        nifti.putShort(70, (short) 4); // signed short
        nifti.putShort(72, (short) 16);
        nifti.putFloat(108, HEADER);
        nifti.putFloat(112, 1);
        nifti.putShort(254, (short) 1);
        Position[] columns = {grid.columnStep(), grid.rowStep(), grid.sliceStep(), grid.origin()};
        for (int i = 0; i < columns.length; i++) { // NIfTI counts x to the right and y to the front
            nifti.putFloat(280 + 4 * i, (float) -columns[i].x());
            nifti.putFloat(296 + 4 * i, (float) -columns[i].y());
            nifti.putFloat(312 + 4 * i, (float) columns[i].z());
        }
        nifti.put(344, "n+1\0".getBytes(StandardCharsets.US_ASCII));
        nifti.position(HEADER);
        nifti.asShortBuffer().put(map.labels());
        return Files.write(file, nifti.array());
    }
}
