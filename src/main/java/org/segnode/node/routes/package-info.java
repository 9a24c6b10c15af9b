/** Camel routes: they translate and hand over, nothing more. */
@NullMarked
package org.segnode.node.routes;

import org.jspecify.annotations.NullMarked;
