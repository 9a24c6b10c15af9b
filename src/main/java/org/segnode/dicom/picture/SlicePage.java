package org.segnode.dicom.picture;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.util.List;
import org.segnode.dicom.outline.LabelPlane;
import org.segnode.dicom.outline.Outlines;
import org.segnode.dicom.outline.Polygon;
import org.segnode.plan.LabelMeaning;

/**
 * One slice in grey with the outlines of its labels, and their names.
 *
 * @param picture pixels of the slice, ready for display
 * @param rowsPerColumn height of a pixel divided by its width
 * @param labels of the volume; the slice's begin at {@code start}
 * @param shown what is drawn, in this order
 * @param directions of the patient at the left, right, upper and lower edge
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
public record SlicePage(
        BufferedImage picture,
        double rowsPerColumn,
        short[] labels,
        int start,
        List<LabelMeaning> shown,
        List<String> directions) {
    private static final int MOST_NAMES = 12;
    private static final int NAMES_PER_ROW = 3;

    public SlicePage {
        shown = List.copyOf(shown);
        directions = List.copyOf(directions);
    }

    public BufferedImage draw(String title, String subtitle, String note) {
        Page page = new Page(title, subtitle, note);
        int legend = (Math.min(MOST_NAMES, shown.size()) + NAMES_PER_ROW - 1) / NAMES_PER_ROW * Page.LINE;
        double width = Page.WIDTH - 2.0 * Page.MARGIN;
        double height = Page.bottom() - Page.TOP - legend - 12.0;
        double scale = Math.min(width / picture.getWidth(), height / (picture.getHeight() * rowsPerColumn));
        AffineTransform place =
                AffineTransform.getTranslateInstance((Page.WIDTH - scale * picture.getWidth()) / 2, Page.TOP);
        place.scale(scale, scale * rowsPerColumn);
        page.graphics().drawImage(picture, place, null);
        drawOutlines(page.graphics(), place);
        drawDirections(page, place);
        drawNames(page, Page.bottom() - legend + Page.LINE / 2);
        return page.finished();
    }

    private void drawOutlines(Graphics2D graphics, AffineTransform place) {
        graphics.setStroke(new BasicStroke(2.2f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        for (LabelMeaning meaning : shown) {
            graphics.setColor(colour(meaning));
            for (Polygon polygon : Outlines.separate(
                    new LabelPlane(labels, start, picture.getHeight(), picture.getWidth()), meaning.label())) {
                graphics.draw(place.createTransformedShape(path(polygon)));
            }
        }
    }

    /** In picture coordinates: the centre of the first pixel is (0.5, 0.5). */
    private static Path2D path(Polygon polygon) {
        Path2D path = new Path2D.Double();
        path.moveTo(polygon.columns()[0] + 0.5, polygon.rows()[0] + 0.5);
        for (int i = 1; i < polygon.points(); i++) {
            path.lineTo(polygon.columns()[i] + 0.5, polygon.rows()[i] + 0.5);
        }
        path.closePath();
        return path;
    }

    private void drawDirections(Page page, AffineTransform place) {
        double[] corners = {0, 0, picture.getWidth(), picture.getHeight()};
        place.transform(corners, 0, corners, 0, 2);
        int middleX = (int) (corners[0] + corners[2]) / 2;
        int middleY = (int) (corners[1] + corners[3]) / 2;
        page.text(directions.get(0), (int) corners[0] + 8, middleY, 18, Font.BOLD, Page.INK);
        page.text(directions.get(1), (int) corners[2] - 22, middleY, 18, Font.BOLD, Page.INK);
        page.text(directions.get(2), middleX, (int) corners[1] + 24, 18, Font.BOLD, Page.INK);
        page.text(directions.get(3), middleX, (int) corners[3] - 10, 18, Font.BOLD, Page.INK);
    }

    private void drawNames(Page page, int top) {
        int column = (Page.WIDTH - 2 * Page.MARGIN) / NAMES_PER_ROW;
        for (int i = 0; i < Math.min(MOST_NAMES, shown.size()); i++) {
            int x = Page.MARGIN + i % NAMES_PER_ROW * column;
            int y = top + i / NAMES_PER_ROW * Page.LINE;
            page.swatch(colour(shown.get(i)), x, y);
            boolean last = i == MOST_NAMES - 1 && shown.size() > MOST_NAMES;
            String name = last
                    ? "and " + (shown.size() - MOST_NAMES + 1) + " more"
                    : shown.get(i).name();
            page.text(name, x + 26, y, 16, Font.PLAIN, Page.INK);
        }
    }

    static Color colour(LabelMeaning meaning) {
        int[] rgb = meaning.rgb();
        return new Color(rgb[0], rgb[1], rgb[2]);
    }
}
