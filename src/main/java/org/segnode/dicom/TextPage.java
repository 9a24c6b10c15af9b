package org.segnode.dicom;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/** Lines of text as a grey picture, light on dark as in a reading room. Letters are those of {@link PixelFont}, doubled. */
final class TextPage implements ObjectFile.Pixels {
    private static final int SCALE = 2;
    private static final int CELL_WIDTH = SCALE * (PixelFont.WIDTH + 1);
    private static final int CELL_HEIGHT = SCALE * (PixelFont.HEIGHT + 3);
    private static final int MARGIN = 24;
    private static final byte LIGHT = (byte) 0xe0;

    /** Letters in a line; longer lines are continued. */
    static final int LETTERS = 72;

    private final byte[] pixels;
    private final int rows;

    private TextPage(List<String> lines) {
        rows = even(2 * MARGIN + Math.max(1, lines.size()) * CELL_HEIGHT);
        pixels = new byte[rows * columns()];
        for (int line = 0; line < lines.size(); line++) {
            draw(lines.get(line), MARGIN + line * CELL_HEIGHT);
        }
    }

    /** @param paragraphs broken between words where they are longer than a line; an empty one is an empty line */
    static TextPage of(List<String> paragraphs) {
        return new TextPage(
                paragraphs.stream().flatMap(text -> broken(text).stream()).toList());
    }

    /** Lines of at most {@value #LETTERS} letters. */
    static List<String> broken(String paragraph) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : paragraph.split(" ")) {
            String rest = word;
            if (line.length() + 1 + rest.length() > LETTERS && line.length() > 0) {
                lines.add(line.toString());
                line.setLength(0);
            }
            while (rest.length() > LETTERS) {
                lines.add(rest.substring(0, LETTERS));
                rest = rest.substring(LETTERS);
            }
            line.append(line.length() > 0 ? " " : "").append(rest);
        }
        lines.add(line.toString());
        return lines;
    }

    int rows() {
        return rows;
    }

    int columns() {
        return 2 * MARGIN + LETTERS * CELL_WIDTH;
    }

    @Override
    public long length() {
        return pixels.length;
    }

    @Override
    public void write(OutputStream out) throws IOException {
        out.write(pixels);
    }

    private void draw(String text, int top) {
        for (int letter = 0; letter < text.length(); letter++) {
            for (int row = 0; row < SCALE * PixelFont.HEIGHT; row++) {
                for (int column = 0; column < SCALE * PixelFont.WIDTH; column++) {
                    if (PixelFont.isSet(text.charAt(letter), row / SCALE, column / SCALE)) {
                        pixels[(top + row) * columns() + MARGIN + letter * CELL_WIDTH + column] = LIGHT;
                    }
                }
            }
        }
    }

    private static int even(int number) {
        return number + number % 2;
    }
}
