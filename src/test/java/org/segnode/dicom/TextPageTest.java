package org.segnode.dicom;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextPageTest {
    @Test
    void breaksLinesBetweenWordsAndLongWordsWhereTheyMust() {
        assertThat(TextPage.broken("a b")).containsExactly("a b");
        assertThat(TextPage.broken("x".repeat(70) + " yyy")).containsExactly("x".repeat(70), "yyy");
        assertThat(TextPage.broken("z".repeat(100))).containsExactly("z".repeat(72), "z".repeat(28));
        assertThat(TextPage.broken("")).containsExactly("");
    }

    @Test
    void showsALetterAsItsPixels() throws IOException {
        TextPage page = TextPage.of(List.of("I"));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        page.write(bytes);

        assertThat(bytes.size()).isEqualTo(page.rows() * page.columns()).isEqualTo((int) page.length());
        StringBuilder seen = new StringBuilder();
        for (int row = 0; row < 7; row++) {
            for (int column = 0; column < 5; column++) {
                int at = (24 + 2 * row) * page.columns() + 24 + 2 * column;
                seen.append(bytes.toByteArray()[at] == 0 ? '.' : '#');
            }
            seen.append('\n');
        }
        assertThat(seen).hasToString(".###.\n..#..\n..#..\n..#..\n..#..\n..#..\n.###.\n");
    }

    @Test
    void hasAPictureForEveryPrintableLetterAndAQuestionMarkForOthers() {
        for (char letter = '!'; letter <= '~'; letter++) {
            assertThat(pixels(letter)).as(String.valueOf(letter)).contains("#");
        }
        assertThat(pixels(' ')).doesNotContain("#");
        assertThat(pixels('…')).isEqualTo(pixels('?'));
    }

    private static String pixels(char letter) {
        StringBuilder seen = new StringBuilder();
        for (int row = 0; row < PixelFont.HEIGHT; row++) {
            for (int column = 0; column < PixelFont.WIDTH; column++) {
                seen.append(PixelFont.isSet(letter, row, column) ? '#' : '.');
            }
        }
        return seen.toString();
    }
}
