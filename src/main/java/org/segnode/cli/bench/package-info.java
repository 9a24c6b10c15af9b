/** {@code segnode bench}: repeats the figures of performance.md. */
@NullMarked
package org.segnode.cli.bench;

import org.jspecify.annotations.NullMarked;
