package org.segnode.volume.io;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.segnode.volume.Position;

/** Takes the fields out of a NIfTI header; both versions hold the same facts at different places. */
final class NiftiParser {
    private static final long MOST_VOXELS = Integer.MAX_VALUE - 8L;
    private static final int MOST_CHANNELS = 1 << 14;

    private final Path file;
    private final ByteBuffer header;
    private final boolean two;

    /** @param two whether the header is that of NIfTI-2 */
    NiftiParser(Path file, ByteBuffer header, boolean two) {
        this.file = file;
        this.header = header;
        this.two = two;
    }

    NiftiHeader header() throws UnusableImageException {
        requireSingleFile();
        int dimensions = dimensions();
        double slope = real(112, 176, 0);
        double intercept = real(116, 184, 0);
        boolean scaled = slope != 0 && Double.isFinite(slope);
        boolean shifted = Double.isFinite(intercept);
        return new NiftiHeader(
                header.order(),
                lengths(dimensions),
                dimensions,
                NiftiHeader.type(file, header.getShort(two ? 12 : 70)),
                offset(),
                scaled ? slope : 1,
                shifted ? intercept : 0,
                spacing(),
                quaternion(),
                matrix());
    }

    private void requireSingleFile() throws UnusableImageException {
        int at = two ? 4 : 344;
        if (header.get(at) != 'n' || header.get(at + 2) != (two ? '2' : '1')) {
            throw new UnusableImageException(file, "is an Analyze file, not NIfTI: the mark n+1 is missing");
        }
        if (header.get(at + 1) != '+') {
            throw new UnusableImageException(file, "is half of a NIfTI pair (.hdr, .img); convert it to one .nii.gz");
        }
    }

    private int dimensions() throws UnusableImageException {
        long count = length(0);
        if (count < 1 || count > 7) {
            throw new UnusableImageException(file, "has " + count + " dimensions; 2 to 4 are read");
        }
        int dimensions = (int) count;
        while (dimensions > 3 && length(dimensions) == 1) {
            dimensions--;
        }
        if (dimensions < 2 || dimensions > 4) {
            throw new UnusableImageException(file, "has " + dimensions + " dimensions; 2 to 4 are read");
        }
        return dimensions;
    }

    private int[] lengths(int dimensions) throws UnusableImageException {
        int[] lengths = {1, 1, 1, 1};
        long voxels = 1;
        for (int axis = 0; axis < dimensions; axis++) {
            long length = length(axis + 1);
            if (length < 1 || length > MOST_VOXELS) {
                throw new UnusableImageException(file, "has " + length + " voxels along axis " + axis);
            }
            lengths[axis] = (int) length;
            voxels = axis < 3 ? voxels * length : voxels;
            if (axis == 3 && length > MOST_CHANNELS) {
                throw new UnusableImageException(file, "has " + length + " channels");
            }
            if (voxels > MOST_VOXELS) {
                throw new UnusableImageException(file, "claims more than " + MOST_VOXELS + " voxels");
            }
        }
        return lengths;
    }

    private long offset() throws UnusableImageException {
        double offset = two ? header.getLong(168) : header.getFloat(108);
        if (!(offset >= 0 && offset <= Integer.MAX_VALUE)) {
            throw new UnusableImageException(file, "begins its voxels at byte " + offset);
        }
        return Math.max((long) offset, two ? NiftiHeader.SIZE_2 : NiftiHeader.SIZE_1);
    }

    /** As niftilib and ITK have it: absolute values, 1 instead of 0, units of metres and micrometres in mm. */
    private double[] spacing() {
        double[] spacing = new double[3];
        for (int axis = 0; axis < 3; axis++) {
            double distance = Math.abs(real(80, 112, axis));
            spacing[axis] = (distance > 0 && Double.isFinite(distance) ? distance : 1) * unit();
        }
        return spacing;
    }

    private double unit() {
        int units = two ? header.getInt(500) : header.get(123);
        return switch (units & 7) {
            case 1 -> 1000;
            case 3 -> 0.001;
            default -> 1;
        };
    }

    private NiftiHeader.Affine quaternion() throws UnusableImageException {
        double b = real(256, 352, 0);
        double c = real(256, 352, 1);
        double d = real(256, 352, 2);
        double rest = 1 - (b * b + c * c + d * d);
        double a = rest > 1e-7 ? Math.sqrt(rest) : 0;
        double scale = rest > 1e-7 ? 1 : 1 / Math.sqrt(b * b + c * c + d * d);
        b *= scale;
        c *= scale;
        d *= scale;
        double handed = real(76, 104, 0) < 0 ? -1 : 1;
        return affine(two ? header.getInt(344) : header.getShort(252), new double[][] {
            {a * a + b * b - c * c - d * d, 2 * (b * c - a * d), handed * 2 * (b * d + a * c), real(268, 376, 0)},
            {2 * (b * c + a * d), a * a + c * c - b * b - d * d, handed * 2 * (c * d - a * b), real(268, 376, 1)},
            {2 * (b * d - a * c), 2 * (c * d + a * b), handed * (a * a + d * d - c * c - b * b), real(268, 376, 2)}
        });
    }

    private NiftiHeader.Affine matrix() throws UnusableImageException {
        double[][] rows = new double[3][4];
        for (int row = 0; row < 3; row++) {
            for (int column = 0; column < 4; column++) {
                rows[row][column] = real(280, 400, 4 * row + column);
            }
        }
        return affine(two ? header.getInt(348) : header.getShort(254), rows);
    }

    private NiftiHeader.Affine affine(int code, double[][] rows) throws UnusableImageException {
        if (code <= 0) {
            Position[] axes = {new Position(1, 0, 0), new Position(0, 1, 0), new Position(0, 0, 1)};
            return new NiftiHeader.Affine(0, axes, new Position(0, 0, 0));
        }
        try {
            Position[] directions = new Position[3];
            for (int column = 0; column < 3; column++) {
                directions[column] = new Position(-rows[0][column], -rows[1][column], rows[2][column]);
            }
            Position origin = new Position(-rows[0][3], -rows[1][3], rows[2][3]).times(unit());
            return new NiftiHeader.Affine(code, directions, origin);
        } catch (IllegalArgumentException notFinite) {
            throw new UnusableImageException(file, "places its voxels at no finite position");
        }
    }

    private long length(int index) {
        return two ? header.getLong(16 + 8 * index) : header.getShort(40 + 2 * index);
    }

    /** @param index counted from the field's place; fields are single precision in version 1, double in version 2 */
    private double real(int place1, int place2, int index) {
        return two ? header.getDouble(place2 + 8 * index) : header.getFloat(place1 + 4 * index);
    }
}
