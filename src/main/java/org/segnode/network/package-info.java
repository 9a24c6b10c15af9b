/** The U-Net as TorchScript, its weights, its device. */
@NullMarked
package org.segnode.network;

import org.jspecify.annotations.NullMarked;
