package org.segnode.dicom.picture;

import java.awt.Font;
import java.awt.image.BufferedImage;
import java.util.List;
import org.segnode.plan.LabelMeaning;

/**
 * A table: one line per segment.
 *
 * @param heads of the columns of numbers
 */
public record NumberPage(List<String> heads, List<Line> lines) {
    /** Lines that a page has room for. */
    public static final int MOST_LINES = (Page.bottom() - Page.TOP) / Page.LINE - 2;

    private static final int COLUMN = 150;

    public NumberPage {
        heads = List.copyOf(heads);
        lines = List.copyOf(lines);
        if (lines.size() > MOST_LINES) {
            throw new IllegalArgumentException(
                    "a page has room for " + MOST_LINES + " lines, is given " + lines.size());
        }
    }

    /** @param numbers as they are shown, one per head */
    public record Line(LabelMeaning meaning, List<String> numbers) {
        public Line {
            numbers = List.copyOf(numbers);
        }
    }

    public BufferedImage draw(String title, String subtitle, String note) {
        Page page = new Page(title, subtitle, note);
        int y = Page.TOP + Page.LINE;
        for (int i = 0; i < heads.size(); i++) {
            page.number(heads.get(i), right(i), y, 15);
        }
        for (Line line : lines) {
            y += Page.LINE;
            page.swatch(SlicePage.colour(line.meaning()), Page.MARGIN, y);
            drawName(page, line.meaning().name(), y);
            for (int i = 0; i < line.numbers().size(); i++) {
                page.number(line.numbers().get(i), right(i), y, 17);
            }
        }
        return page.finished();
    }

    private void drawName(Page page, String name, int y) {
        int room = (right(0) - COLUMN - Page.MARGIN - 26) / 9;
        page.text(
                name.length() > room ? name.substring(0, room - 1) + "…" : name,
                Page.MARGIN + 26,
                y,
                17,
                Font.PLAIN,
                Page.INK);
    }

    private int right(int column) {
        return Page.WIDTH - Page.MARGIN - (heads.size() - 1 - column) * COLUMN;
    }
}
