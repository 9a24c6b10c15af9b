package org.segnode.network;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A device has not enough memory for a computation; a smaller one, or another device, may do. */
public final class DeviceMemoryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public DeviceMemoryException(String reason, @Nullable Throwable cause) {
        super(reason, cause);
    }

    /** This exception if the engine ran out of memory, else the engine's own. */
    static RuntimeException unlessOther(RuntimeException failure) {
        String message = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        boolean memory = message.contains("out of memory")
                || message.contains("can't allocate memory")
                || message.contains("not enough memory");
        return memory ? new DeviceMemoryException("the device has not enough memory", failure) : failure;
    }
}
