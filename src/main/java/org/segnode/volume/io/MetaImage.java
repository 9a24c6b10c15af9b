package org.segnode.volume.io;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.segnode.volume.Grid;
import org.segnode.volume.LabelMap;
import org.segnode.volume.Position;
import org.segnode.volume.Spacing;
import org.segnode.volume.Volume;

/** MetaImage files ({@code .mha}) with the voxels in the same file, raw or compressed, as ITK reads and writes them. */
final class MetaImage {
    private static final int BUFFER = 1 << 16;

    private MetaImage() {}

    static Volume read(Path file) throws IOException {
        TextHeader header = new TextHeader(file);
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            while (header.find("elementdatafile").isEmpty()) {
                String line = header.line(in);
                int equals = line.indexOf('=');
                if (equals < 0) {
                    throw new UnusableImageException(file, "is not a MetaImage file");
                }
                header.put(line.substring(0, equals), line.substring(equals + 1));
            }
        }
        if (!header.get("elementdatafile").equals("LOCAL")) {
            throw new UnusableImageException(file, "keeps its voxels in another file; save it as one .mha");
        }
        RawImage image = image(file, header);
        return image.read(file, () -> open(file, header.length(), image.zipped()));
    }

    private static RawImage image(Path file, TextHeader header) throws UnusableImageException {
        int dimensions = header.integers(1, "ndims")[0];
        int axes = Math.min(dimensions, 3);
        if (dimensions < 2 || dimensions > 4) {
            throw new UnusableImageException(file, "has " + dimensions + " dimensions; 2 to 4 are read");
        }
        int[] sizes = header.integers(dimensions, "dimsize");
        int components = header.find("elementnumberofchannels").isPresent()
                ? header.integers(1, "elementnumberofchannels")[0]
                : 1;
        int[] lengths = {sizes[0], sizes[1], axes == 3 ? sizes[2] : 1};
        double[] spacing = header.find("elementspacing", "elementsize").isPresent()
                ? header.numbers(dimensions, "elementspacing", "elementsize")
                : new double[] {1, 1, 1, 1};
        double[] origin = header.find("offset", "origin", "position").isPresent()
                ? header.numbers(dimensions, "offset", "origin", "position")
                : new double[4];
        boolean channelsLast = dimensions == 4 && sizes[3] > 1;
        for (int i = 0; i < dimensions; i++) {
            if (sizes[i] < 1 || !(Math.abs(spacing[i]) > 0)) {
                throw header.wrong("dimsize", header.get("dimsize"));
            }
        }
        if (components < 1 || (channelsLast && components > 1)) {
            throw new UnusableImageException(
                    file,
                    "has " + components + " channels in each of " + (dimensions == 4 ? sizes[3] : 1) + " volumes");
        }
        return new RawImage(
                lengths,
                axes,
                channelsLast ? sizes[3] : components,
                !channelsLast,
                type(header),
                order(header),
                header.truth("compresseddata"),
                new Position(origin[0], origin[1], axes == 3 ? origin[2] : 0),
                directions(header, dimensions),
                absolute(spacing));
    }

    private static double[] absolute(double[] spacing) {
        return new double[] {Math.abs(spacing[0]), Math.abs(spacing[1]), spacing.length > 2 ? Math.abs(spacing[2]) : 1};
    }

    /** Row by row: the direction of i, of j, of k. */
    private static Position[] directions(TextHeader header, int dimensions) throws UnusableImageException {
        String[] keys = {"transformmatrix", "rotation", "orientation"};
        if (header.find(keys).isEmpty() || dimensions == 2) {
            return new Position[] {new Position(1, 0, 0), new Position(0, 1, 0), new Position(0, 0, 1)};
        }
        double[] matrix = header.numbers(dimensions * dimensions, keys);
        Position[] directions = new Position[3];
        for (int axis = 0; axis < 3; axis++) {
            int row = axis * dimensions;
            directions[axis] = new Position(matrix[row], matrix[row + 1], matrix[row + 2]);
        }
        return directions;
    }

    private static NumberType type(TextHeader header) throws UnusableImageException {
        return switch (header.get("elementtype")) {
            case "MET_CHAR" -> NumberType.I8;
            case "MET_UCHAR" -> NumberType.U8;
            case "MET_SHORT" -> NumberType.I16;
            case "MET_USHORT" -> NumberType.U16;
            case "MET_INT", "MET_LONG" -> NumberType.I32;
            case "MET_UINT", "MET_ULONG" -> NumberType.U32;
            case "MET_LONG_LONG" -> NumberType.I64;
            case "MET_ULONG_LONG" -> NumberType.U64;
            case "MET_FLOAT" -> NumberType.F32;
            case "MET_DOUBLE" -> NumberType.F64;
            default -> throw header.wrong("ElementType", header.get("elementtype"));
        };
    }

    private static ByteOrder order(TextHeader header) {
        boolean big = header.truth("binarydatabyteordermsb", "elementbyteordermsb");
        return big ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    }

    private static InputStream open(Path file, int offset, boolean zipped) throws IOException {
        InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER);
        in.skipNBytes(offset);
        return zipped ? new BufferedInputStream(new InflaterInputStream(in), BUFFER) : in;
    }

    static void write(LabelMap labelMap, Path file) throws IOException {
        boolean small = LabelNumbers.fitBytes(labelMap.labels());
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (DeflaterOutputStream zip = new DeflaterOutputStream(zipped)) {
            LabelNumbers.write(labelMap.labels(), small, zip);
        }
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), BUFFER)) {
            out.write(header(labelMap.grid(), small, zipped.size()).getBytes(StandardCharsets.US_ASCII));
            zipped.writeTo(out);
        }
    }

    private static String header(Grid grid, boolean small, int bytes) {
        String geometry = ImageFile.isFlat(grid) ? flat(grid) : solid(grid);
        return "ObjectType = Image\n" + geometry + "BinaryData = True\nBinaryDataByteOrderMSB = False\n"
                + "CompressedData = True\nCompressedDataSize = " + bytes + "\nElementType = "
                + (small ? "MET_UCHAR" : "MET_USHORT") + "\nElementDataFile = LOCAL\n";
    }

    private static String flat(Grid grid) {
        Spacing spacing = grid.spacing();
        return "NDims = 2\nOffset = 0 0\nTransformMatrix = 1 0 0 1\nElementSpacing = " + spacing.column() + " "
                + spacing.row() + "\nDimSize = " + grid.shape().columns() + " "
                + grid.shape().rows() + "\n";
    }

    private static String solid(Grid grid) {
        Spacing spacing = grid.spacing();
        return "NDims = 3\nOffset = " + vector(grid.origin()) + "\nTransformMatrix = " + unit(grid.columnStep()) + " "
                + unit(grid.rowStep()) + " " + unit(grid.sliceStep()) + "\nElementSpacing = " + spacing.column() + " "
                + spacing.row() + " " + spacing.slice() + "\nDimSize = "
                + grid.shape().columns() + " "
                + grid.shape().rows() + " " + grid.shape().slices() + "\n";
    }

    private static String unit(Position step) {
        return vector(step.times(1 / step.length()));
    }

    private static String vector(Position position) {
        return position.x() + " " + position.y() + " " + position.z();
    }
}
