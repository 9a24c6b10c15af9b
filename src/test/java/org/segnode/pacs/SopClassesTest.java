package org.segnode.pacs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SopClassesTest {
    @ParameterizedTest(name = "{1}: {2}")
    @CsvSource({
        "2,CT Image,true",
        "2.1,Enhanced CT,true",
        "4,MR Image,true",
        "4.2,MR Spectroscopy,false",
        "7,Secondary Capture,true",
        "9.1.1,12-lead ECG,false",
        "11.1,Grayscale Softcopy Presentation State,false",
        "30,Parametric Map,true",
        "66,Raw Data,false",
        "66.1,Spatial Registration,false",
        "66.4,Segmentation,true",
        "66.5,Surface Segmentation,false",
        "66.7,Label Map Segmentation,true",
        "77.1.6,Whole Slide,true",
        "78.1,Lensometry,false",
        "88.11,Basic Text SR,false",
        "88.59,Key Object Selection,false",
        "104.1,Encapsulated PDF,false",
        "128,PET,true",
        "481.1,RT Image,true",
        "481.2,RT Dose,true",
        "481.3,RT Structure Set,false",
        "481.5,RT Plan,false"
    })
    void tellsImagesFromOtherStorage(String end, String name, boolean image) {
        assertThat(SopClasses.isImage("1.2.840.10008.5.1.4.1.1." + end))
                .as(name)
                .isEqualTo(image);
    }
}
