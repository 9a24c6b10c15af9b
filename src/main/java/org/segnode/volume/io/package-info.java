/** Research file formats to volumes and label maps, and back. */
@NullMarked
package org.segnode.volume.io;

import org.jspecify.annotations.NullMarked;
