package org.segnode.cli.demo;

import java.awt.AlphaComposite;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import org.segnode.cli.picture.SliceImage;
import org.segnode.plan.LabelMeaning;
import org.segnode.volume.LabelMap;
import org.segnode.volume.Orientation;
import org.segnode.volume.Shape;
import org.segnode.volume.Volume;

/**
 * A picture for people: the contours of a label map over three of its slices, with a legend.
 *
 * @param title one line above
 * @param volume the source series
 * @param labelMap on the grid of the volume
 * @param segments what to draw, in this order, each with its line in the legend
 * @param note one line below the legend
 */
record ContourPicture(String title, Volume volume, LabelMap labelMap, List<Segment> segments, String note) {
    private static final int PANELS = 3;
    private static final int PANEL_HEIGHT = 440;
    private static final int MARGIN = 28;
    private static final int LINE = 30;
    private static final Color PAPER = new Color(0x14171c);
    private static final Color INK = new Color(0xe8eaed);
    private static final Color QUIET = new Color(0x9aa0a8);

    /** @param text what the legend says beside the colour */
    record Segment(LabelMeaning meaning, String text) {
        Color colour() {
            int[] rgb = meaning.rgb();
            return new Color(rgb[0], rgb[1], rgb[2]);
        }
    }

    ContourPicture {
        segments = List.copyOf(segments);
        if (!volume.shape().equals(labelMap.shape())) {
            throw new IllegalArgumentException(
                    "the label map has shape " + labelMap.shape() + ", the volume " + volume.shape());
        }
    }

    BufferedImage draw() {
        double millimetres = volume.shape().rows() * volume.grid().spacing().row();
        List<SliceImage> panels = slices().stream()
                .map(slice -> new SliceImage(volume, slice, PANEL_HEIGHT / millimetres))
                .toList();
        int panelWidth = panels.get(0).width();
        int width = Math.max(900, PANELS * panelWidth + (PANELS + 1) * MARGIN);
        int height = MARGIN + LINE + PANEL_HEIGHT + 2 * LINE + segments.size() * LINE + LINE;
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = graphics(picture);
        int gap = (width - PANELS * panelWidth) / (PANELS + 1);
        for (int i = 0; i < PANELS; i++) {
            drawPanel(graphics, panels.get(i), slices().get(i), gap + i * (panelWidth + gap), MARGIN + LINE + 8);
        }
        drawText(graphics, gap, MARGIN + LINE + PANEL_HEIGHT + 8);
        graphics.dispose();
        return picture;
    }

    private static Graphics2D graphics(BufferedImage picture) {
        Graphics2D graphics = picture.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        graphics.setColor(PAPER);
        graphics.fillRect(0, 0, picture.getWidth(), picture.getHeight());
        return graphics;
    }

    /** A quarter, half and three quarters of the drawn voxels lie below these slices. */
    List<Integer> slices() {
        Shape shape = labelMap.shape();
        long[] upTo = new long[shape.slices()];
        long sum = 0;
        for (int slice = 0; slice < shape.slices(); slice++) {
            for (int i = shape.index(slice, 0, 0), end = i + shape.rows() * shape.columns(); i < end; i++) {
                sum += labelMap.labels()[i] > 0 ? 1 : 0;
            }
            upTo[slice] = sum;
        }
        List<Integer> slices = new ArrayList<>();
        for (int part = 1; part <= PANELS; part++) {
            int slice = sum == 0 ? part * shape.slices() / (PANELS + 1) : 0;
            while (upTo[slice] * (PANELS + 1) < sum * part) {
                slice++;
            }
            slices.add(slice);
        }
        return slices;
    }

    private void drawPanel(Graphics2D graphics, SliceImage panel, int slice, int x, int y) {
        Graphics2D inner = (Graphics2D) graphics.create(x, y, panel.width(), panel.height());
        inner.setClip(new RoundRectangle2D.Double(0, 0, panel.width(), panel.height(), 12, 12));
        inner.drawImage(panel.draw(), 0, 0, null);
        for (Segment segment : segments) {
            drawSegment(
                    inner,
                    panel,
                    segment,
                    new Contour(labelMap, slice, segment.meaning().label()));
        }
        drawDirections(inner, panel);
        inner.dispose();
        graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 14));
        graphics.setColor(QUIET);
        graphics.drawString("slice " + (slice + 1) + " of " + volume.shape().slices(), x, y + panel.height() + 20);
    }

    private static void drawSegment(Graphics2D graphics, SliceImage panel, Segment segment, Contour contour) {
        BufferedImage veil = new BufferedImage(panel.width(), panel.height(), BufferedImage.TYPE_INT_ARGB);
        for (int y = 0; y < panel.height(); y++) {
            for (int x = 0; x < panel.width(); x++) {
                if (contour.coverage(panel.row(y), panel.column(x)) > 0.5) {
                    veil.setRGB(x, y, segment.colour().getRGB());
                }
            }
        }
        graphics.setComposite(AlphaComposite.getInstance(AlphaComposite.SRC_OVER, 0.18f));
        graphics.drawImage(veil, 0, 0, null);
        graphics.setComposite(AlphaComposite.SrcOver);
        Path2D path = contour.path();
        AffineTransform toPixels = AffineTransform.getScaleInstance(panel.pixelsPerColumn(), panel.pixelsPerRow());
        toPixels.translate(0.5, 0.5);
        path.transform(toPixels);
        graphics.setColor(segment.colour());
        graphics.setStroke(new BasicStroke(2.5f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        graphics.draw(path);
    }

    /** Letters of the patient directions at the edges, as on a reading station. */
    private void drawDirections(Graphics2D graphics, SliceImage panel) {
        String grows = Orientation.of(volume.grid()).letters();
        graphics.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 14));
        graphics.setColor(INK);
        int middle = panel.height() / 2;
        graphics.drawString(opposite(grows.charAt(0)), 8, middle);
        graphics.drawString(grows.substring(0, 1), panel.width() - 18, middle);
        graphics.drawString(opposite(grows.charAt(1)), panel.width() / 2 - 5, 20);
        graphics.drawString(grows.substring(1, 2), panel.width() / 2 - 5, panel.height() - 10);
    }

    private static String opposite(char letter) {
        String letters = "LRPASI";
        return String.valueOf(letters.charAt(letters.indexOf(letter) ^ 1));
    }

    private void drawText(Graphics2D graphics, int x, int belowPanels) {
        graphics.setColor(INK);
        graphics.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 18));
        graphics.drawString(title, x, MARGIN + 12);
        graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 16));
        int y = belowPanels + 2 * LINE;
        for (Segment segment : segments) {
            graphics.setColor(segment.colour());
            graphics.fill(new RoundRectangle2D.Double(x, y - 13, 16, 16, 5, 5));
            graphics.setColor(INK);
            graphics.drawString(segment.text(), x + 28, y);
            y += LINE;
        }
        graphics.setColor(QUIET);
        graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
        graphics.drawString(note, x, y + 6);
    }
}
