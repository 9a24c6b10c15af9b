package org.segnode.volume.io;

/**
 * The name of a Python function, class or constant in a pickle. It is only a name: nothing is ever imported.
 *
 * @param module for example {@code torch._utils}
 * @param name for example {@code _rebuild_tensor_v2}
 */
public record PickleGlobal(String module, String name) {
    @Override
    public String toString() {
        return module + "." + name;
    }
}
