package org.segnode.peers;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLSocketFactory;
import org.segnode.pacs.Tls;

/** Lets peers that know no TLS talk to a port that demands it: what comes in here goes on encrypted, and back. */
public final class TlsRelay implements AutoCloseable {
    private static final int BLOCK = 1 << 16;

    private final SSLSocketFactory sockets;
    private final int target;
    private final ServerSocket listener = new ServerSocket(0, 1000, InetAddress.getLoopbackAddress());
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    /** @param target port of loopback that speaks TLS */
    public TlsRelay(Tls tls, int target) throws IOException {
        this.sockets = tls.context().getSocketFactory();
        this.target = target;
        run(this::accept);
    }

    /** The port that speaks plainly. */
    public int port() {
        return listener.getLocalPort();
    }

    private interface Task {
        void run() throws IOException;
    }

    private static void run(Task task) {
        Thread thread = new Thread(() -> {
            try {
                task.run();
            } catch (IOException e) {
                // one side has gone, which the other side is told by closing it
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() throws IOException {
        while (true) {
            Socket plain = listener.accept();
            open.add(plain);
            run(() -> relay(plain));
        }
    }

    private void relay(Socket plain) throws IOException {
        Socket encrypted = sockets.createSocket(InetAddress.getLoopbackAddress(), target);
        open.add(encrypted);
        run(() -> pump(encrypted, plain));
        pump(plain, encrypted);
    }

    private void pump(Socket from, Socket to) throws IOException {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] block = new byte[BLOCK];
            for (int count = in.read(block); count >= 0; count = in.read(block)) {
                out.write(block, 0, count);
                out.flush();
            }
        } finally {
            close(to);
            close(from);
        }
    }

    private void close(Socket socket) throws IOException {
        open.remove(socket);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : open) {
            close(socket);
        }
    }
}
