/** What commands have in common: a reason in one line, and how far they are. */
@NullMarked
package org.segnode.cli.terminal;

import org.jspecify.annotations.NullMarked;
