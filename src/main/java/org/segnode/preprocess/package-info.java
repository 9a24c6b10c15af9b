/** Prepares a volume for the network (crop, normalise, resample) and restores a result to the original grid; forward and inverse stand next to each other. */
@NullMarked
package org.segnode.preprocess;

import org.jspecify.annotations.NullMarked;
