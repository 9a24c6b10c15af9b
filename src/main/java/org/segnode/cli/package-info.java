/** The commands of {@code segnode}. */
@NullMarked
package org.segnode.cli;

import org.jspecify.annotations.NullMarked;
