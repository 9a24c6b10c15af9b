package org.segnode.peers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Ports of loopback. */
public final class FreePort {
    private static final Duration PAUSE = Duration.ofMillis(50);

    private FreePort() {}

    /** One that nobody listens on now. */
    public static int next() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException("no free port", e);
        }
    }

    /** Waits until somebody listens. */
    static void awaitOpen(int port, Duration atMost, BooleanSupplier alive) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        while (!isOpen(port)) {
            if (System.nanoTime() > end || !alive.getAsBoolean()) {
                throw new IllegalStateException(
                        "nobody listens on port " + port + " within " + atMost.toSeconds() + " s");
            }
            Thread.sleep(PAUSE.toMillis());
        }
    }

    private static boolean isOpen(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }
}
