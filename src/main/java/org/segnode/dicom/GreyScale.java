package org.segnode.dicom;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.segnode.volume.Shape;

/** Values as brightness: the source's first window (PS3.3 C.11.2), or from the darkest to the brightest percent. */
final class GreyScale {
    private static final int SAMPLES = 100_000;

    private final SegmentedSeries result;
    private final double black;
    private final double white;

    private GreyScale(SegmentedSeries result, double black, double white) {
        this.result = result;
        this.black = black;
        this.white = white;
    }

    static GreyScale of(SegmentedSeries result) {
        Attributes source = result.source().common();
        double centre = source.getDouble(Tag.WindowCenter, Double.NaN);
        double width = source.getDouble(Tag.WindowWidth, Double.NaN);
        if (width > 1 && Double.isFinite(centre) && Double.isFinite(width)) {
            return new GreyScale(result, centre - width / 2, centre + width / 2);
        }
        float[] values = result.values();
        int step = Math.max(1, values.length / SAMPLES);
        float[] some = new float[(values.length + step - 1) / step];
        for (int i = 0; i < some.length; i++) {
            some[i] = values[i * step];
        }
        Arrays.sort(some);
        double least = some[some.length / 100];
        return new GreyScale(result, least, Math.max(some[some.length - 1 - some.length / 200], least + 1e-6));
    }

    BufferedImage picture(int slice) {
        Shape shape = result.source().shape();
        BufferedImage picture = new BufferedImage(shape.columns(), shape.rows(), BufferedImage.TYPE_INT_RGB);
        for (int row = 0; row < shape.rows(); row++) {
            for (int column = 0; column < shape.columns(); column++) {
                double value = result.values()[shape.index(slice, row, column)];
                int grey = (int) Math.round(255 * Math.min(1, Math.max(0, (value - black) / (white - black))));
                picture.setRGB(column, row, grey * 0x010101);
            }
        }
        return picture;
    }
}
