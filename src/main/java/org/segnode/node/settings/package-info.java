/** The settings file: one record per section, all complaints at once. */
@NullMarked
package org.segnode.node.settings;

import org.jspecify.annotations.NullMarked;
