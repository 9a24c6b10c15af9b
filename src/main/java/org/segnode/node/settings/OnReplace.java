package org.segnode.node.settings;

/** What becomes of a result at a destination when a newer one has arrived there. */
public enum OnReplace {
    /** Both stay. */
    KEEP,
    /** A note rejects the older one for quality reasons (113001 DCM). */
    REJECT_QUALITY,
    /** A note rejects the older one for patient safety reasons (113037 DCM). */
    REJECT_SAFETY
}
