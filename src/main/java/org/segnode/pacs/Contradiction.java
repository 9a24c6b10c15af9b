package org.segnode.pacs;

import java.nio.file.Path;

/**
 * Two objects with one SOP Instance UID and different content (against PS3.5 9: a UID has one content).
 *
 * @param first the one that stays in use
 * @param other where the other one is kept, for a person to look at
 * @param difference which elements differ, without values
 */
public record Contradiction(ReceivedInstance first, Path other, String callingAet, String difference) {}
