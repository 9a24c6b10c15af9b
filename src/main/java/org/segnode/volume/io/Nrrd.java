package org.segnode.volume.io;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.segnode.volume.Grid;
import org.segnode.volume.LabelMap;
import org.segnode.volume.Position;
import org.segnode.volume.Spacing;
import org.segnode.volume.Volume;

/**
 * NRRD files with the voxels in the same file, raw or gzip. An axis without a direction holds channels.
 *
 * @see <a href="https://teem.sourceforge.net/nrrd/format.html">Definition of NRRD</a>
 */
final class Nrrd {
    private static final int BUFFER = 1 << 16;

    private Nrrd() {}

    static Volume read(Path file) throws IOException {
        TextHeader header = new TextHeader(file);
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            if (!header.line(in).startsWith("NRRD")) {
                throw new UnusableImageException(file, "is not an NRRD file");
            }
            for (String line = header.line(in); !line.isEmpty(); line = header.line(in)) {
                int colon = line.indexOf(':');
                if (!line.startsWith("#") && colon > 0 && !line.startsWith(":=", colon)) {
                    header.put(line.substring(0, colon), line.substring(colon + 1));
                }
            }
        }
        if (header.find("data file", "datafile").isPresent()) {
            throw new UnusableImageException(file, "keeps its voxels in another file; save it as one .nrrd");
        }
        RawImage image = image(file, header);
        return image.read(file, () -> open(file, header.length(), image.zipped()));
    }

    private static RawImage image(Path file, TextHeader header) throws UnusableImageException {
        int dimension = header.integers(1, "dimension")[0];
        int[] sizes = header.integers(dimension, "sizes");
        List<double @Nullable []> vectors = vectors(header, dimension);
        int channelAxis = vectors.indexOf(null);
        if (channelAxis < 0 && dimension == 4) {
            channelAxis = 3;
        }
        int axes = channelAxis < 0 ? dimension : dimension - 1;
        if (axes < 2 || axes > 3 || (channelAxis > 0 && channelAxis < axes)) {
            throw new UnusableImageException(
                    file,
                    "has " + dimension + " axes of which " + axes
                            + " lie in space; 2 or 3 are read, channels first or last");
        }
        int first = channelAxis == 0 ? 1 : 0;
        int[] lengths = {sizes[first], sizes[first + 1], axes == 3 ? sizes[first + 2] : 1};
        int channels = channelAxis < 0 ? 1 : sizes[channelAxis];
        for (int size : sizes) {
            if (size < 1) {
                throw header.wrong("sizes", header.get("sizes"));
            }
        }
        Position[] directions = new Position[3];
        double[] spacing = new double[3];
        double sign = sign(header);
        for (int axis = 0; axis < 3; axis++) {
            double[] vector = axis < axes ? vectors.get(first + axis) : null;
            directions[axis] = direction(vector, axis, sign);
            spacing[axis] = directions[axis].length();
        }
        return new RawImage(
                lengths,
                axes,
                channels,
                channelAxis == 0,
                type(header),
                order(header),
                zipped(file, header),
                origin(header, sign),
                directions,
                spacing);
    }

    /** A vector per axis, null for an axis that lies not in space. */
    private static List<double @Nullable []> vectors(TextHeader header, int dimension) throws UnusableImageException {
        List<double @Nullable []> vectors = new ArrayList<>();
        if (header.find("space directions").isEmpty()) {
            double[] spacings = header.find("spacings").isPresent()
                    ? header.numbers(header.get("spacings").replace("nan", "1").replace("NaN", "1"), "spacings")
                    : new double[] {1, 1, 1, 1};
            for (int axis = 0; axis < dimension; axis++) {
                double[] vector = new double[3];
                vector[Math.min(axis, 2)] = axis < spacings.length ? spacings[axis] : 1;
                vectors.add(vector);
            }
            return vectors;
        }
        String text = header.get("space directions").replaceAll("\\s*,\\s*", ",");
        for (String part : text.strip().split("\\s+", -1)) {
            vectors.add(part.equals("none") ? null : header.numbers(inner(part), "space directions"));
        }
        if (vectors.size() != dimension) {
            throw header.wrong("space directions", text);
        }
        return vectors;
    }

    private static Position direction(double @Nullable [] vector, int axis, double sign) {
        if (vector == null) {
            return new Position(axis == 0 ? 1 : 0, axis == 1 ? 1 : 0, axis == 2 ? 1 : 0);
        }
        double z = vector.length > 2 ? vector[2] : 0;
        return new Position(sign * vector[0], sign * (vector.length > 1 ? vector[1] : 0), z);
    }

    private static Position origin(TextHeader header, double sign) throws UnusableImageException {
        if (header.find("space origin").isEmpty()) {
            return new Position(0, 0, 0);
        }
        return direction(header.numbers(inner(header.get("space origin")), "space origin"), 0, sign);
    }

    private static String inner(String vector) {
        return vector.replace("(", "").replace(")", "");
    }

    /** −1 if x and y have to be turned. */
    private static double sign(TextHeader header) throws UnusableImageException {
        String space = header.find("space").orElse("left-posterior-superior").toLowerCase(Locale.ROOT);
        return switch (space) {
            case "left-posterior-superior", "lps", "scanner-xyz", "3d-right-handed" -> 1;
            case "right-anterior-superior", "ras" -> -1;
            default -> throw header.wrong("space", space);
        };
    }

    private static NumberType type(TextHeader header) throws UnusableImageException {
        String type =
                header.get("type").toLowerCase(Locale.ROOT).replace("_t", "").replaceAll(" int$", "");
        return switch (type) {
            case "signed char", "int8" -> NumberType.I8;
            case "uchar", "unsigned char", "uint8" -> NumberType.U8;
            case "short", "signed short", "int16" -> NumberType.I16;
            case "ushort", "unsigned short", "uint16" -> NumberType.U16;
            case "int", "signed", "int32" -> NumberType.I32;
            case "uint", "unsigned", "uint32" -> NumberType.U32;
            case "longlong", "long long", "signed long long", "int64" -> NumberType.I64;
            case "ulonglong", "unsigned long long", "uint64" -> NumberType.U64;
            case "float" -> NumberType.F32;
            case "double" -> NumberType.F64;
            default -> throw header.wrong("type", header.get("type"));
        };
    }

    private static ByteOrder order(TextHeader header) {
        return header.find("endian").orElse("little").equalsIgnoreCase("big")
                ? ByteOrder.BIG_ENDIAN
                : ByteOrder.LITTLE_ENDIAN;
    }

    private static boolean zipped(Path file, TextHeader header) throws UnusableImageException {
        return switch (header.get("encoding").toLowerCase(Locale.ROOT)) {
            case "raw" -> false;
            case "gzip", "gz" -> true;
            default ->
                throw new UnusableImageException(
                        file, "has its voxels encoded as " + header.get("encoding") + "; raw and gzip are read");
        };
    }

    private static InputStream open(Path file, int offset, boolean zipped) throws IOException {
        InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER);
        try {
            in.skipNBytes(offset);
            return zipped ? new BufferedInputStream(new GZIPInputStream(in, BUFFER), BUFFER) : in;
        } catch (IOException broken) {
            in.close();
            throw new UnusableImageException(file, "is damaged: " + broken.getMessage());
        }
    }

    static void write(LabelMap labelMap, Path file) throws IOException {
        boolean small = LabelNumbers.fitBytes(labelMap.labels());
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), BUFFER)) {
            out.write(header(labelMap.grid(), small).getBytes(StandardCharsets.US_ASCII));
            try (GZIPOutputStream zip = new GZIPOutputStream(out, BUFFER)) {
                LabelNumbers.write(labelMap.labels(), small, zip);
            }
        }
    }

    private static String header(Grid grid, boolean small) {
        String start = "NRRD0004\ntype: " + (small ? "unsigned char" : "unsigned short") + "\n";
        String end = "endian: little\nencoding: gzip\n\n";
        if (ImageFile.isFlat(grid)) {
            Spacing spacing = grid.spacing();
            return start + "dimension: 2\nsizes: " + grid.shape().columns() + " "
                    + grid.shape().rows() + "\nspacings: " + spacing.column() + " " + spacing.row() + "\n" + end;
        }
        return start + "dimension: 3\nspace: left-posterior-superior\nsizes: "
                + grid.shape().columns() + " "
                + grid.shape().rows() + " " + grid.shape().slices() + "\nspace directions: "
                + vector(grid.columnStep()) + " " + vector(grid.rowStep()) + " " + vector(grid.sliceStep())
                + "\nkinds: domain domain domain\nspace origin: " + vector(grid.origin()) + "\n" + end;
    }

    private static String vector(Position position) {
        return "(" + position.x() + "," + position.y() + "," + position.z() + ")";
    }
}
