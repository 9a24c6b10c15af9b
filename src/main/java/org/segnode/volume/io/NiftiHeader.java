package org.segnode.volume.io;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Map;
import org.segnode.volume.Position;

/**
 * The header of a NIfTI-1 or NIfTI-2 file. Directions and places are turned from NIfTI's (right, front, head) to ours
 * (left, back, head).
 *
 * @param order byte order of the file
 * @param dim lengths of i, j, k and of the fourth axis, each at least 1
 * @param dimensions 2, 3 or 4; trailing lengths of 1 beyond the third do not count
 * @param type of the numbers
 * @param offset of the first voxel in the file, in bytes
 * @param slope of the values; 1 where the file gives none
 * @param intercept of the values
 * @param spacing of i, j, k in mm, single precision widened
 * @param quaternion first affine, columns i, j, k, then the origin; what its code says
 * @param matrix second affine
 * @see <a href="https://nifti.nimh.nih.gov/pub/dist/src/niftilib/nifti1.h">nifti1.h</a>
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record NiftiHeader(
        ByteOrder order,
        int[] dim,
        int dimensions,
        NumberType type,
        long offset,
        double slope,
        double intercept,
        double[] spacing,
        Affine quaternion,
        Affine matrix) {
    static final int SIZE_1 = 348;
    static final int SIZE_2 = 540;
    private static final Map<Integer, NumberType> TYPES = Map.of(
            2,
            NumberType.U8,
            4,
            NumberType.I16,
            8,
            NumberType.I32,
            16,
            NumberType.F32,
            64,
            NumberType.F64,
            256,
            NumberType.I8,
            512,
            NumberType.U16,
            768,
            NumberType.U32,
            1024,
            NumberType.I64,
            1280,
            NumberType.U64);

    /**
     * An affine of the header.
     *
     * @param code 0 if the file does not use it
     * @param directions of i, j, k
     * @param origin centre of the first voxel in mm
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Affine(int code, Position[] directions, Position origin) {}

    /** Voxels of one channel. */
    long voxels() {
        return (long) dim[0] * dim[1] * dim[2];
    }

    /** @param bytes the first 540 bytes of the file, or fewer if it is shorter */
    static NiftiHeader of(Path file, byte[] bytes) throws UnusableImageException {
        if (bytes.length < SIZE_1) {
            throw new UnusableImageException(
                    file, "is cut short: a NIfTI header has 348 bytes, here are " + bytes.length);
        }
        ByteBuffer header = ByteBuffer.wrap(bytes);
        for (ByteOrder order : new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
            int size = header.order(order).getInt(0);
            if (size == SIZE_1) {
                return new NiftiParser(file, header, false).header();
            }
            if (size == SIZE_2 && bytes.length >= SIZE_2) {
                return new NiftiParser(file, header, true).header();
            }
        }
        throw new UnusableImageException(file, "is not a NIfTI file: the header does not begin with 348 or 540");
    }

    static NumberType type(Path file, int code) throws UnusableImageException {
        NumberType type = TYPES.get(code);
        if (type == null) {
            throw new UnusableImageException(
                    file,
                    "holds numbers of NIfTI type " + code
                            + "; whole and floating-point numbers up to 64 bits are read");
        }
        return type;
    }
}
