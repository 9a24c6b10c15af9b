package org.segnode.volume.io;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The names that a pickle may contain and what they stand for. Names are compared whole, module and name: a harmless
 * module with a dotted name ({@code torch.serialization}, {@code os.system}) is another name and is refused.
 */
public interface PickleVocabulary {
    /** Whether the name may occur at all; asked before anything is done with it. */
    boolean allows(PickleGlobal global);

    /**
     * The value of a call of an allowed name.
     *
     * @throws PickleException if the name cannot be called or not with these arguments
     */
    @Nullable
    Object call(PickleGlobal global, List<@Nullable Object> arguments) throws PickleException;

    /**
     * The value behind a persistent id, which is how torch refers to its storages.
     *
     * @throws PickleException always, unless the vocabulary has persistent values
     */
    default Object persistent(PickleTuple id) throws PickleException {
        throw new PickleException("the pickle refers to something outside itself");
    }

    /** A value that takes its content after it was made. */
    interface Built {
        void build(@Nullable Object state) throws PickleException;
    }
}
