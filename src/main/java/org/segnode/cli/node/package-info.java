/** Commands of the administrator: the node and whether it is in order. */
@NullMarked
package org.segnode.cli.node;

import org.jspecify.annotations.NullMarked;
