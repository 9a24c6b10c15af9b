package org.segnode.ledger;

import java.util.List;

/**
 * An object of a job's result and those that get it.
 *
 * @param destinations by name; empty: it stays here
 */
public record AddressedResult(StoredResult result, List<String> destinations) {
    public AddressedResult {
        destinations = List.copyOf(destinations);
    }
}
