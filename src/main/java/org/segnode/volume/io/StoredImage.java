package org.segnode.volume.io;

import org.segnode.volume.Grid;
import org.segnode.volume.Volume;

/**
 * A volume as a reader gives it, and the grid of its file, on which results are written.
 *
 * @param volume perhaps with its axes brought into another order than in the file
 * @param stored the grid of the file
 */
public record StoredImage(Volume volume, Grid stored) {}
