package org.segnode.cli.picture;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import org.segnode.volume.Volume;

/** One slice of the first channel in grey, enlarged smoothly and in its true proportions. */
public final class SliceImage {
    private final Volume volume;
    private final int slice;
    private final double scale;
    private final float black;
    private final float white;

    /**
     * @param slice counted from 0
     * @param scale pixels per mm
     */
    public SliceImage(Volume volume, int slice, double scale) {
        this.volume = volume;
        this.slice = slice;
        this.scale = scale;
        float[] sorted = volume.channels().get(0).clone();
        Arrays.sort(sorted);
        this.black = sorted[sorted.length / 100];
        this.white = Math.max(sorted[sorted.length - 1 - sorted.length / 500], Math.nextUp(black));
    }

    public int width() {
        return (int) Math.round(volume.shape().columns() * pixelsPerColumn());
    }

    public int height() {
        return (int) Math.round(volume.shape().rows() * pixelsPerRow());
    }

    public double pixelsPerColumn() {
        return scale * volume.grid().spacing().column();
    }

    public double pixelsPerRow() {
        return scale * volume.grid().spacing().row();
    }

    public BufferedImage draw() {
        BufferedImage image = new BufferedImage(width(), height(), BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                double value = value(row(y), column(x));
                int grey = (int) Math.round(255 * Math.min(1, Math.max(0, (value - black) / (white - black))));
                image.setRGB(x, y, new Color(grey, grey, grey).getRGB());
            }
        }
        return image;
    }

    /** Row of a picture line; the first voxel's centre is row 0. */
    public double row(int y) {
        return (y + 0.5) / pixelsPerRow() - 0.5;
    }

    public double column(int x) {
        return (x + 0.5) / pixelsPerColumn() - 0.5;
    }

    /** Cubic interpolation (Catmull-Rom) over 4 x 4 voxels; edge voxels continue outside. */
    private double value(double row, double column) {
        int top = (int) Math.floor(row);
        int left = (int) Math.floor(column);
        double[] down = weights(row - top);
        double[] right = weights(column - left);
        double sum = 0;
        for (int i = 0; i < 4; i++) {
            for (int j = 0; j < 4; j++) {
                sum += down[i] * right[j] * voxel(top - 1 + i, left - 1 + j);
            }
        }
        return sum;
    }

    private static double[] weights(double t) {
        return new double[] {
            0.5 * t * (-1 + t * (2 - t)),
            1 + 0.5 * t * t * (-5 + 3 * t),
            0.5 * t * (1 + t * (4 - 3 * t)),
            0.5 * t * t * (t - 1)
        };
    }

    private float voxel(int row, int column) {
        int r = Math.min(Math.max(row, 0), volume.shape().rows() - 1);
        int c = Math.min(Math.max(column, 0), volume.shape().columns() - 1);
        return volume.channels().get(0)[volume.shape().index(slice, r, c)];
    }
}
