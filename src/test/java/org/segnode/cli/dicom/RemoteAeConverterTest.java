package org.segnode.cli.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.segnode.pacs.RemoteAe;
import picocli.CommandLine.TypeConversionException;

class RemoteAeConverterTest {
    private final RemoteAeConverter converter = new RemoteAeConverter();

    @Test
    void readsTitleHostAndPort() {
        assertThat(converter.convert("PACS@10.0.0.5:104")).isEqualTo(new RemoteAe("PACS", "10.0.0.5", 104));
        assertThat(converter.convert("MY PACS@[::1]:104")).isEqualTo(new RemoteAe("MY PACS", "::1", 104));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"PACS", "PACS@host", "PACS@host:0", "@host:104", "PACS@host:99999", "SEVENTEEN_LETTERS@host:104"
            })
    void refusesWhatIsNoPeer(String text) {
        assertThatThrownBy(() -> converter.convert(text)).isInstanceOf(TypeConversionException.class);
    }
}
