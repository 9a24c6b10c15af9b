/** The running program: it joins reception, queue, worker and delivery. */
@NullMarked
package org.segnode.node;

import org.jspecify.annotations.NullMarked;
