package org.segnode.pacs;

import java.util.Optional;

/**
 * What became of an object that was received whole.
 *
 * @param instance what lies in the spool under its UID
 * @param contradiction if that is another one
 */
record Kept(ReceivedInstance instance, Optional<Contradiction> contradiction) {}
