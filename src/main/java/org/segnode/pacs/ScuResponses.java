package org.segnode.pacs;

import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import org.aoju.bus.image.Status;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.metric.Association;
import org.aoju.bus.image.metric.DimseRSPHandler;
import org.jspecify.annotations.Nullable;

/**
 * The responses to one request that has several (C-FIND, C-MOVE, C-GET, PS3.7 9.1). Each must come in time; when no more is
 * wanted the request is cancelled, and what still comes is dropped.
 */
final class ScuResponses extends DimseRSPHandler {
    private static final long LONGEST_RESPONSE_BYTES = 1 << 20;

    private final WatchedSocket socket;
    private final Predicate<Response> pending;
    private final ScuTimeouts timeouts;
    private final CompletableFuture<Attributes> last = new CompletableFuture<>();
    private volatile boolean cancelled;

    /** A pending response: its command set, and its identifier if it has one. */
    record Response(Attributes command, @Nullable Attributes identifier) {}

    /** @param pending told of each pending response; answers whether more is wanted */
    ScuResponses(int messageId, WatchedSocket socket, ScuTimeouts timeouts, Predicate<Response> pending) {
        super(messageId);
        this.socket = socket;
        this.timeouts = timeouts;
        this.pending = pending;
        allow(timeouts.response());
    }

    private void allow(Duration time) {
        socket.allow("response", time, LONGEST_RESPONSE_BYTES);
    }

    @Override
    public void onDimseRSP(Association association, Attributes command, @Nullable Attributes identifier) {
        super.onDimseRSP(association, command, identifier);
        int status = command.getInt(Tag.Status, RefusedByPeerException.NO_STATUS);
        if (!Status.isPending(status)) {
            last.complete(command);
        } else if (!cancelled) {
            allow(timeouts.response());
            if (!wanted(new Response(command, identifier))) {
                cancelled = true;
                cancelOn(association);
            }
        }
    }

    /** What the toolkit's thread does not survive is ours to report. */
    private boolean wanted(Response response) {
        try {
            return pending.test(response);
        } catch (RuntimeException e) {
            last.completeExceptionally(e);
            return false;
        }
    }

    private void cancelOn(Association association) {
        socket.allow("end of the responses after C-CANCEL", timeouts.association());
        try {
            cancel(association);
        } catch (IOException e) {
            last.completeExceptionally(e);
        }
    }

    @Override
    public void onClose(Association association) {
        super.onClose(association);
        last.completeExceptionally(new IOException("the association broke before the last response"));
    }

    /** Whether responses were dropped because no more was wanted. */
    boolean cancelled() {
        return cancelled;
    }

    /** Waits for the last response. A peer that does not end after a cancel is cut off; that is no failure. */
    void await() throws IOException, InterruptedException {
        try {
            last.get();
        } catch (ExecutionException e) {
            Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
            if (cause instanceof RuntimeException mistake) {
                throw mistake;
            }
            if (!cancelled) {
                throw new IOException(cause.getMessage(), e);
            }
        }
    }

    /** Command set of the last response. */
    Attributes last() {
        return last.join();
    }
}
