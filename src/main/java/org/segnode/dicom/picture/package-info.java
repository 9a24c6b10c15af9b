/** Pictures of a result for people who only see images. Knows nothing of DICOM. */
@NullMarked
package org.segnode.dicom.picture;

import org.jspecify.annotations.NullMarked;
