/** Model packages: the nnU-Net result folder with our {@code model.json} beside it. */
@NullMarked
package org.segnode.model;

import org.jspecify.annotations.NullMarked;
