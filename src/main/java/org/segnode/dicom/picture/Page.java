package org.segnode.dicom.picture;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;

/** A dark page of one size, with a title, a note at its foot, and room between them. */
final class Page {
    static final int WIDTH = 1024;
    static final int HEIGHT = 1024;
    static final int MARGIN = 36;
    static final int LINE = 28;

    /** Where the room for content begins. */
    static final int TOP = MARGIN + 2 * LINE;

    static final Color INK = new Color(0xe8eaed);
    static final Color QUIET = new Color(0xa4abb3);
    private static final Color PAPER = new Color(0x101317);
    private static final int NOTE_LINES = 3;

    private final BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    private final Graphics2D graphics = image.createGraphics();

    /** @param note wrapped to at most three lines */
    Page(String title, String subtitle, String note) {
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        graphics.setColor(PAPER);
        graphics.fillRect(0, 0, WIDTH, HEIGHT);
        text(title, MARGIN, MARGIN + 14, 24, Font.BOLD, INK);
        text(subtitle, MARGIN, MARGIN + 14 + LINE, 18, Font.PLAIN, QUIET);
        List<String> lines = wrapped(note, new Font(Font.SANS_SERIF, Font.PLAIN, 16));
        for (int i = 0; i < Math.min(NOTE_LINES, lines.size()); i++) {
            text(lines.get(i), MARGIN, bottom() + 30 + i * 22, 16, Font.PLAIN, QUIET);
        }
    }

    /** Where the room for content ends. */
    static int bottom() {
        return HEIGHT - MARGIN - NOTE_LINES * 22 - 12;
    }

    Graphics2D graphics() {
        return graphics;
    }

    /** @param y of the line that letters stand on */
    void text(String text, int x, int y, int size, int style, Color colour) {
        graphics.setFont(new Font(Font.SANS_SERIF, style, size));
        graphics.setColor(colour);
        graphics.drawString(shortened(text, WIDTH - MARGIN - x), x, y);
    }

    /** Ends at {@code right}. */
    void number(String text, int right, int y, int size) {
        graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, size));
        graphics.setColor(INK);
        graphics.drawString(text, right - graphics.getFontMetrics().stringWidth(text), y);
    }

    void swatch(Color colour, int x, int y) {
        graphics.setColor(colour);
        graphics.fillRoundRect(x, y - 13, 16, 16, 5, 5);
    }

    BufferedImage finished() {
        graphics.dispose();
        return image;
    }

    private String shortened(String text, int width) {
        String shown = text;
        while (shown.length() > 1 && graphics.getFontMetrics().stringWidth(shown) > width) {
            shown = shown.substring(0, shown.length() - 2).strip() + "…";
        }
        return shown;
    }

    private List<String> wrapped(String text, Font font) {
        graphics.setFont(font);
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split("\\s+")) {
            String longer = line.isEmpty() ? word : line + " " + word;
            if (!line.isEmpty() && graphics.getFontMetrics().stringWidth(longer) > WIDTH - 2 * MARGIN) {
                lines.add(line.toString());
                line.setLength(0);
                line.append(word);
            } else {
                line.setLength(0);
                line.append(longer);
            }
        }
        lines.add(line.toString());
        return lines;
    }
}
