package org.segnode.cli.picture;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.segnode.volume.Orientation;
import org.segnode.volume.Reorientation;
import org.segnode.volume.Volume;

/** The middle axial, coronal and sagittal slices of a volume side by side: head or front up, the patient's right at the left. */
public final class ThreePlanes {
    /** Column, row and slice directions of the three panels. */
    private static final List<Orientation> PANELS =
            Stream.of("LPS", "LIP", "PIL").map(Orientation::new).toList();

    private static final int LONGEST_SIDE = 400;
    private static final int MARGIN = 8;

    private ThreePlanes() {}

    /** @throws IOException if the file cannot be written */
    public static void write(Volume volume, Path file) throws IOException {
        if (!ImageIO.write(draw(volume), "png", file.toFile())) {
            throw new IOException("this Java cannot write PNG");
        }
    }

    static BufferedImage draw(Volume volume) {
        double scale = LONGEST_SIDE / longest(volume);
        List<BufferedImage> panels =
                PANELS.stream().map(panel -> panel(volume, panel, scale)).toList();
        int width = panels.stream().mapToInt(panel -> panel.getWidth() + MARGIN).sum() - MARGIN;
        int height = panels.stream().mapToInt(BufferedImage::getHeight).max().orElse(1);
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = picture.createGraphics();
        graphics.setColor(new Color(0x14171c));
        graphics.fillRect(0, 0, width, height);
        int x = 0;
        for (BufferedImage panel : panels) {
            graphics.drawImage(panel, x, (height - panel.getHeight()) / 2, null);
            x += panel.getWidth() + MARGIN;
        }
        graphics.dispose();
        return picture;
    }

    private static BufferedImage panel(Volume volume, Orientation panel, double scale) {
        Volume turned =
                Reorientation.between(Orientation.of(volume.grid()), panel).apply(volume);
        return new SliceImage(turned, turned.shape().slices() / 2, scale).draw();
    }

    private static double longest(Volume volume) {
        double longest = 0;
        for (int axis = 0; axis < 3; axis++) {
            longest = Math.max(
                    longest,
                    volume.shape().length(axis) * volume.grid().spacing().along(axis));
        }
        return longest;
    }
}
