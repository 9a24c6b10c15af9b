/** Health, readiness and metrics over HTTP on loopback. */
@NullMarked
package org.segnode.node.web;

import org.jspecify.annotations.NullMarked;
