/** {@code segnode demo}: a node, a study, the result and its picture. */
@NullMarked
package org.segnode.cli.demo;

import org.jspecify.annotations.NullMarked;
