/** Decoders of compressed frames: one class per way to compress, each from the bytes of a frame to its samples. */
@NullMarked
package org.segnode.dicom.pixels;

import org.jspecify.annotations.NullMarked;
