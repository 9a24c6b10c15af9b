/** DICOM programs of others that integration tests talk to: as processes where installed, as containers where Docker is. */
@NullMarked
package org.segnode.peers;

import org.jspecify.annotations.NullMarked;
