package org.segnode.dicom;

import java.util.Optional;

/** How this program names itself in the objects it makes (PS3.3 C.7.5.1). */
final class Equipment {
    static final String MANUFACTURER = "segnode";

    /** Manufacturer's Model Name (0008,1090); series that carry it are never input (loop guard). */
    static final String MODEL_NAME = "segnode";

    private Equipment() {}

    /** Of the jar's manifest; from a folder of classes the version that is being worked on. */
    static String softwareVersion() {
        return Optional.ofNullable(Equipment.class.getPackage().getImplementationVersion())
                .orElse("0.1.0");
    }
}
