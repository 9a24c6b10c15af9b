/** nnU-Net's commands with nnU-Net's options and folders. */
@NullMarked
package org.segnode.cli.nnunet;

import org.jspecify.annotations.NullMarked;
