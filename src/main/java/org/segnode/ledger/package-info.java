/** The node's memory in the database: series, jobs (the queue), deliveries. */
@NullMarked
package org.segnode.ledger;

import org.jspecify.annotations.NullMarked;
