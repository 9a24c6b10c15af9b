package org.segnode.volume.io;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.segnode.volume.Grid;
import org.segnode.volume.Position;
import org.segnode.volume.Shape;
import org.segnode.volume.Volume;

/** Reads {@code .nii} and {@code .nii.gz}: one volume per file, the fourth axis as channels, a flat image as one slice. */
final class Nifti {
    private static final int BUFFER = 1 << 16;

    /** Which affine of the header counts, and whether axes may be oblique to each other. */
    enum Affines {
        /** ITK: the matrix if it is the only one or says scanner coordinates, else the quaternion; perpendicular only. */
        ITK,
        /** nibabel: the matrix, else the quaternion; any directions. */
        NIBABEL
    }

    private Nifti() {}

    static Volume read(Path file, Affines affines) throws IOException {
        try (InputStream in = open(file)) {
            byte[] start = in.readNBytes(NiftiHeader.SIZE_2);
            NiftiHeader header = NiftiHeader.of(file, start);
            long end = header.offset()
                    + header.voxels() * header.dim()[3] * header.type().bytes();
            Content.require(file, end, isZipped(file), () -> open(file));
            Content.requireMemory(file, header.voxels(), header.dim()[3]);
            Grid grid = grid(file, header, affines);
            return new Volume(grid, channels(file, header));
        } catch (ZipException | EOFException broken) {
            throw new UnusableImageException(file, "is damaged: " + broken.getMessage());
        }
    }

    private static List<float[]> channels(Path file, NiftiHeader header) throws IOException {
        try (InputStream in = open(file)) {
            in.skipNBytes(header.offset());
            VoxelReader reader = new VoxelReader(file, in, header.type(), header.order());
            reader.rescale(header.slope(), header.intercept());
            List<float[]> channels = new ArrayList<>();
            for (int channel = 0; channel < header.dim()[3]; channel++) {
                channels.add(reader.read((int) header.voxels()));
            }
            return channels;
        }
    }

    private static Grid grid(Path file, NiftiHeader header, Affines affines) throws UnusableImageException {
        int[] dim = header.dim();
        double[] spacing = header.spacing();
        try {
            if (header.dimensions() == 2) {
                return ImageFile.flatGrid(dim[1], dim[0], spacing[1], spacing[0]);
            }
            NiftiHeader.Affine affine = affines == Affines.ITK ? itk(file, header) : nibabel(header);
            Shape shape = new Shape(dim[2], dim[1], dim[0]);
            return ImageFile.grid(shape, affine.origin(), affine.directions(), spacing);
        } catch (IllegalArgumentException flat) {
            throw new UnusableImageException(file, "has an affine that does not span a volume");
        }
    }

    private static NiftiHeader.Affine itk(Path file, NiftiHeader header) throws UnusableImageException {
        NiftiHeader.Affine matrix = header.matrix();
        NiftiHeader.Affine quaternion = header.quaternion();
        boolean usable = matrix.code() > 0 && ImageFile.areOrthogonal(matrix.directions());
        if (usable && (quaternion.code() == 0 || matrix.code() == 1)) {
            return matrix;
        }
        if (quaternion.code() == 0 && matrix.code() > 0) {
            throw new UnusableImageException(
                    file,
                    "has axes that are not perpendicular, which SimpleITKIO refuses; NibabelIO reads it"
                            + " (overwrite_image_reader_writer in dataset.json)");
        }
        return quaternion;
    }

    private static NiftiHeader.Affine nibabel(NiftiHeader header) {
        if (header.matrix().code() > 0) {
            return header.matrix();
        }
        return header.quaternion().code() > 0 ? header.quaternion() : nibabelDefault(header);
    }

    /** Without any affine nibabel puts the centre of the array at 0 and lets i grow to the left. */
    private static NiftiHeader.Affine nibabelDefault(NiftiHeader header) {
        double[] spacing = header.spacing();
        int[] dim = header.dim();
        Position[] axes = {new Position(1, 0, 0), new Position(0, -1, 0), new Position(0, 0, 1)};
        Position origin = new Position(
                -(dim[0] - 1) * spacing[0] / 2, (dim[1] - 1) * spacing[1] / 2, -(dim[2] - 1) * spacing[2] / 2);
        return new NiftiHeader.Affine(0, axes, origin);
    }

    private static InputStream open(Path file) throws IOException {
        InputStream in = Files.newInputStream(file);
        if (!isZipped(file)) {
            return new BufferedInputStream(in, BUFFER);
        }
        try {
            return new BufferedInputStream(new GZIPInputStream(in, BUFFER), BUFFER);
        } catch (IOException notZipped) {
            in.close();
            throw new UnusableImageException(file, "is not gzip: " + notZipped.getMessage());
        }
    }

    private static boolean isZipped(Path file) {
        return file.toString().toLowerCase(Locale.ROOT).endsWith(".gz");
    }
}
