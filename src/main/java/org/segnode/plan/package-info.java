/** What is learned and how, in nnU-Net's words: data set, labels, fingerprint, plans, configurations. */
@NullMarked
package org.segnode.plan;

import org.jspecify.annotations.NullMarked;
