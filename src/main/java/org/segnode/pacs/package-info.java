/** DICOM associations: storage SCP and SCU, verification, and the spool that received objects lie in. */
@NullMarked
package org.segnode.pacs;

import org.jspecify.annotations.NullMarked;
