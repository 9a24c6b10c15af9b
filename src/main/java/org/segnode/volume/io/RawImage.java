package org.segnode.volume.io;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipException;
import org.segnode.volume.Grid;
import org.segnode.volume.Position;
import org.segnode.volume.Shape;
import org.segnode.volume.Volume;

/**
 * What a header of NRRD, MetaImage or GIPL says about the voxels that follow it.
 *
 * @param lengths voxels along i, j and k
 * @param dimensions 2 or 3
 * @param channels values of each voxel
 * @param interleaved whether the values of a voxel follow each other; else each channel is whole
 * @param type of the numbers
 * @param order byte order
 * @param zipped whether the voxels are compressed by deflate
 * @param origin centre of the first voxel in mm, to the left, back and head
 * @param directions of i, j and k, any length but 0
 * @param spacing of i, j and k in mm
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record RawImage(
        int[] lengths,
        int dimensions,
        int channels,
        boolean interleaved,
        NumberType type,
        ByteOrder order,
        boolean zipped,
        Position origin,
        Position[] directions,
        double[] spacing) {
    private static final int MOST_CHANNELS = 1 << 14;

    /** @param voxels opens the file at its first voxel, decompressing */
    Volume read(Path file, Content.Opener voxels) throws IOException {
        try {
            Grid grid = grid();
            long bytes = (long) grid.shape().voxels() * channels * type.bytes();
            if (channels > MOST_CHANNELS) {
                throw new UnusableImageException(file, "has " + channels + " channels");
            }
            Content.require(file, bytes, zipped, voxels);
            Content.requireMemory(file, grid.shape().voxels(), channels);
            try (InputStream in = voxels.open()) {
                VoxelReader reader = new VoxelReader(file, in, type, order);
                return new Volume(grid, interleaved && channels > 1 ? mixed(reader, grid) : whole(reader, grid));
            }
        } catch (IllegalArgumentException absurd) {
            throw new UnusableImageException(file, "has a header that makes no sense: " + absurd.getMessage());
        } catch (ZipException | EOFException broken) {
            throw new UnusableImageException(file, "is damaged: " + broken.getMessage());
        }
    }

    private Grid grid() {
        if (dimensions == 2) {
            return ImageFile.flatGrid(lengths[1], lengths[0], spacing[1], spacing[0]);
        }
        return ImageFile.grid(new Shape(lengths[2], lengths[1], lengths[0]), origin, directions, spacing);
    }

    private List<float[]> whole(VoxelReader reader, Grid grid) throws IOException {
        List<float[]> result = new ArrayList<>();
        for (int channel = 0; channel < channels; channel++) {
            result.add(reader.read(grid.shape().voxels()));
        }
        return result;
    }

    private List<float[]> mixed(VoxelReader reader, Grid grid) throws IOException {
        List<float[]> result = new ArrayList<>();
        for (int channel = 0; channel < channels; channel++) {
            result.add(new float[grid.shape().voxels()]);
        }
        int line = grid.shape().columns();
        for (int at = 0; at < grid.shape().voxels(); at += line) {
            float[] values = reader.read(Math.multiplyExact(line, channels));
            for (int i = 0; i < values.length; i++) {
                result.get(i % channels)[at + i / channels] = values[i];
            }
        }
        return result;
    }
}
