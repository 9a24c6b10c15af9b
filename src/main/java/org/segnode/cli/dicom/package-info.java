/** Small DICOM clients, and a segmentation without a server. */
@NullMarked
package org.segnode.cli.dicom;

import org.jspecify.annotations.NullMarked;
