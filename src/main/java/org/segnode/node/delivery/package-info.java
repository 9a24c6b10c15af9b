/**
 * Brings objects to their destinations: sends them, asks for storage commitment, checks the patient before, rejects what was
 * replaced, and tells of refusals. What has become of each lies in the ledger.
 */
@NullMarked
package org.segnode.node.delivery;

import org.jspecify.annotations.NullMarked;
