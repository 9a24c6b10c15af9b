/** Tiles, mirroring, folds, ensembles, post-processing: from a volume to a label map, as nnU-Net v2 does it. */
@NullMarked
package org.segnode.inference;

import org.jspecify.annotations.NullMarked;
