/** Takes jobs from the queue and computes them in a child process per model. */
@NullMarked
package org.segnode.node.worker;

import org.jspecify.annotations.NullMarked;
