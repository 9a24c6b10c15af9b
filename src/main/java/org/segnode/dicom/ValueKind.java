package org.segnode.dicom;

import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.segnode.plan.Code;

/**
 * What the values of a series' pixels are (PS3.16 CID 7180), and their unit.
 *
 * @param unit of UCUM
 */
record ValueKind(Code name, Code unit) {
    private static final Code NO_UNITS = new Code("1", "UCUM", "no units");

    static ValueKind of(Attributes source) {
        return switch (source.getString(Tag.Modality, "")) {
            case "CT" ->
                new ValueKind(
                        new Code("112031", "DCM", "Attenuation Coefficient"),
                        new Code("[hnsf'U]", "UCUM", "Hounsfield unit"));
            case "MR" -> new ValueKind(new Code("110852", "DCM", "MR signal intensity"), NO_UNITS);
            case "PT" -> pet(source.getString(Tag.Units, ""));
            default -> new ValueKind(new Code("Q4LE", "IBSI", "Mean"), NO_UNITS);
        };
    }

    private static ValueKind pet(String units) {
        Code name = new Code("110821", "DCM", "Nuclear Medicine Tomographic Activity");
        return new ValueKind(
                name, "BQML".equals(units) ? new Code("Bq/ml", "UCUM", "Becquerels/milliliter") : NO_UNITS);
    }
}
