package org.segnode.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PythonJsonTest {
    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({
        "1, 1.0",
        "-0.0, -0.0",
        "0.1, 0.1",
        "1e-5, 1e-05",
        "1e-4, 0.0001",
        "0.00012345, 0.00012345",
        "1e15, 1000000000000000.0",
        "1e16, 1e+16",
        "123456789012345680, 1.2345678901234568e+17",
        "2e-3, 0.002",
        "1.7976931348623157e308, 1.7976931348623157e+308",
        "4.9e-324, 5e-324",
        "2.0000000000000002e-44, 2.0000000000000002e-44",
        "440456.71875, 440456.71875",
        "0.30000000000000004, 0.30000000000000004",
        "NaN, NaN",
        "-Infinity, -Infinity"
    })
    void writesNumbersAsPythonDoes(double value, String text) {
        assertThat(PythonJson.number(value)).isEqualTo(text);
    }

    @Test
    void writesNumbersThatReadBackTheSame() {
        Random random = new Random(1);
        for (int i = 0; i < 20000; i++) {
            double value = Double.longBitsToDouble(random.nextLong());
            if (Double.isFinite(value)) {
                assertThat(Double.parseDouble(PythonJson.number(value))).isEqualTo(value);
            }
        }
    }

    @Test
    void indentsAndEscapes() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("z", "Größe\n\"x\"").putNull("a");
        json.putArray("empty");
        json.putArray("list").add(1).add(true);
        json.putObject("none");
        assertThat(PythonJson.text(json, false)).isEqualTo("""
                        {
                            "z": "Gr\\u00f6\\u00dfe\\n\\"x\\"",
                            "a": null,
                            "empty": [],
                            "list": [
                                1,
                                true
                            ],
                            "none": {}
                        }""");
        assertThat(PythonJson.text(json, true)).startsWith("{\n    \"a\": null");
    }
}
