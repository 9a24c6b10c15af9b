/** Compares label maps. */
@NullMarked
package org.segnode.evaluation;

import org.jspecify.annotations.NullMarked;
