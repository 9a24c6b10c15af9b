package org.segnode.volume.io;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import javax.imageio.IIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.ImageOutputStream;
import org.jspecify.annotations.Nullable;
import org.segnode.volume.Grid;
import org.segnode.volume.LabelMap;
import org.segnode.volume.Shape;
import org.segnode.volume.Spacing;
import org.segnode.volume.Volume;

/** Pictures ({@code .png .bmp .tif}) as single slices, and TIFF files of several pages as volumes. */
final class Picture {
    private static final int MOST_COMPRESSION = 1 << 12;
    private static final int MOST_BANDS = 4;
    private static final ObjectMapper JSON = new ObjectMapper();

    private Picture() {}

    /** Colours become channels; the distance of pixels is 1. */
    static Volume read(Path file) throws IOException {
        List<Raster> pages = pages(file);
        if (pages.size() != 1) {
            throw new UnusableImageException(file, "has " + pages.size() + " pages; Tiff3DIO reads them as a volume");
        }
        Raster page = pages.get(0);
        List<float[]> channels = new ArrayList<>();
        for (int band = 0; band < page.getNumBands(); band++) {
            channels.add(band(page, band));
        }
        if (channels.size() == 2) {
            throw new UnusableImageException(file, "has 2 channels; a picture has 1, 3 or 4");
        }
        return new Volume(ImageFile.flatGrid(page.getHeight(), page.getWidth(), 1, 1), channels);
    }

    /**
     * Pages become slices.
     *
     * @param spacingFile tells the spacing as {@code {"spacing": [slice, row, column]}}; 1 mm if it does not exist
     */
    static Volume readPages(Path file, Path spacingFile) throws IOException {
        List<Raster> pages = pages(file);
        Raster first = pages.get(0);
        if (pages.size() < 2 || first.getNumBands() != 1) {
            throw new UnusableImageException(
                    file,
                    "has " + pages.size() + " pages of " + first.getNumBands()
                            + " channels; a volume has several pages of one channel");
        }
        Shape shape = new Shape(pages.size(), first.getHeight(), first.getWidth());
        float[] voxels = new float[shape.voxels()];
        for (int slice = 0; slice < pages.size(); slice++) {
            Raster page = pages.get(slice);
            if (page.getWidth() != first.getWidth() || page.getHeight() != first.getHeight()) {
                throw new UnusableImageException(file, "has pages of different sizes");
            }
            System.arraycopy(band(page, 0), 0, voxels, shape.index(slice, 0, 0), shape.rows() * shape.columns());
        }
        return new Volume(Grid.axial(shape, spacing(spacingFile)), voxels);
    }

    private static Spacing spacing(Path file) throws IOException {
        if (!Files.exists(file)) {
            return new Spacing(1, 1, 1);
        }
        try {
            JsonNode spacing = JSON.readTree(file.toFile()).path("spacing");
            return Spacing.of(
                    spacing.valueStream().mapToDouble(JsonNode::asDouble).toArray());
        } catch (com.fasterxml.jackson.core.JacksonException | IllegalArgumentException wrong) {
            throw new UnusableImageException(file, "does not give the spacing as three distances");
        }
    }

    private static List<Raster> pages(Path file) throws IOException {
        try (ImageInputStream in = ImageIO.createImageInputStream(file.toFile())) {
            if (in == null) {
                throw new IOException(file.getFileName() + " cannot be opened");
            }
            ImageReader reader = ofJdk(ImageIO.getImageReaders(in))
                    .orElseThrow(() -> new UnusableImageException(file, "is not a picture that can be read"));
            try {
                reader.setInput(in);
                return pages(file, reader);
            } catch (IIOException | EOFException | RuntimeException broken) {
                throw new UnusableImageException(file, "is damaged: " + broken.getMessage());
            } catch (OutOfMemoryError bomb) { // a TIFF may claim strips, bands and tiles of any size
                throw new UnusableImageException(file, "needs more memory than there is");
            } finally {
                reader.dispose();
            }
        }
    }

    /** The JDK's own: other libraries bring a TIFF reader that takes memory for whatever a damaged file claims. */
    private static <T> Optional<T> ofJdk(Iterator<T> plugins) {
        while (plugins.hasNext()) {
            T plugin = plugins.next();
            if (plugin.getClass().getName().startsWith("com.sun.imageio.")) {
                return Optional.of(plugin);
            }
        }
        return Optional.empty();
    }

    private static List<Raster> pages(Path file, ImageReader reader) throws IOException {
        List<Raster> pages = new ArrayList<>();
        int count = reader.getNumImages(true);
        long pixels = 0;
        for (int page = 0; page < count; page++) {
            pixels += (long) reader.getWidth(page) * reader.getHeight(page);
            if (pixels > Files.size(file) * MOST_COMPRESSION || pixels > Integer.MAX_VALUE) {
                throw new UnusableImageException(
                        file, "claims " + pixels + " pixels, more than its " + Files.size(file) + " bytes can hold");
            }
            Content.requireMemory(file, pixels, MOST_BANDS);
            pages.add(raster(reader.read(page)));
        }
        if (pages.isEmpty()) {
            throw new UnusableImageException(file, "holds no picture");
        }
        return pages;
    }

    /** Colours of a palette are looked up; grey values are taken as they are. */
    private static Raster raster(BufferedImage image) {
        if (!(image.getColorModel() instanceof IndexColorModel palette)) {
            return image.getRaster();
        }
        return palette.convertToIntDiscrete(image.getRaster(), false).getRaster();
    }

    private static float[] band(Raster page, int band) {
        return page.getSamples(0, 0, page.getWidth(), page.getHeight(), band, (float[]) null);
    }

    /** @param spacingFile is written beside a volume; null for a picture */
    static void write(LabelMap labelMap, Path file, String format, @Nullable Path spacingFile) throws IOException {
        Shape shape = labelMap.shape();
        if (spacingFile == null && shape.slices() != 1) {
            throw new UnusableImageException(file, "is to hold " + shape.slices() + " slices; a picture has one");
        }
        boolean small = LabelNumbers.fitBytes(labelMap.labels());
        Files.deleteIfExists(file);
        ImageWriter writer = ofJdk(ImageIO.getImageWritersByFormatName(format)).orElseThrow();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(file.toFile())) {
            writer.setOutput(out);
            if (shape.slices() == 1) {
                writer.write(new IIOImage(page(labelMap, 0, small), null, null));
            } else {
                writePages(labelMap, writer, small);
            }
        } finally {
            writer.dispose();
        }
        if (spacingFile != null) {
            double[] spacing = labelMap.grid().spacing().toArray();
            Files.writeString(spacingFile, "{\n    \"spacing\": " + Arrays.toString(spacing) + "\n}\n");
        }
    }

    private static void writePages(LabelMap labelMap, ImageWriter writer, boolean small) throws IOException {
        ImageWriteParam compressed = writer.getDefaultWriteParam();
        compressed.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        compressed.setCompressionType("ZLib");
        writer.prepareWriteSequence(null);
        for (int slice = 0; slice < labelMap.shape().slices(); slice++) {
            writer.writeToSequence(new IIOImage(page(labelMap, slice, small), null, null), compressed);
        }
        writer.endWriteSequence();
    }

    private static BufferedImage page(LabelMap labelMap, int slice, boolean small) {
        Shape shape = labelMap.shape();
        int type = small ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_USHORT_GRAY;
        BufferedImage page =
                ImageTypeSpecifier.createFromBufferedImageType(type).createBufferedImage(shape.columns(), shape.rows());
        int[] samples = new int[shape.rows() * shape.columns()];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = labelMap.labels()[shape.index(slice, 0, 0) + i];
        }
        page.getRaster().setSamples(0, 0, shape.columns(), shape.rows(), 0, samples);
        return page;
    }
}
