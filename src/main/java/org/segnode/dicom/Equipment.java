package org.segnode.dicom;

import java.util.Optional;

/** How this program names itself in objects and associations. */
public final class Equipment {
    public static final String MANUFACTURER = "segnode";

    /** Manufacturer's Model Name (0008,1090); series that carry it are never input (loop guard). */
    public static final String MODEL_NAME = "segnode";

    /** From a UUID of our own (PS3.5 B.2). */
    public static final String IMPLEMENTATION_CLASS_UID = "2.25.332115644788305480747068930946528886337";

    private Equipment() {}

    /** Of the jar's manifest; from a folder of classes the version that is being worked on. */
    public static String softwareVersion() {
        return Optional.ofNullable(Equipment.class.getPackage().getImplementationVersion())
                .orElse("0.1.0");
    }

    /** Implementation Version Name (0002,0013), at most 16 characters. */
    public static String implementationVersionName() {
        String name = "SEGNODE_" + softwareVersion().replaceAll("[^0-9A-Za-z]", "_");
        return name.substring(0, Math.min(16, name.length()));
    }
}
