package org.segnode.node.settings;

/**
 * Health and metrics over HTTP, without passwords: keep it on loopback.
 *
 * @param bind address to listen on
 * @param port TCP port; 0 takes a free one
 */
public record WebSettings(String bind, int port) {
    static WebSettings read(Section in) {
        WebSettings read = new WebSettings(in.text("bind", "127.0.0.1"), in.number("port", 8042, 0, 65535));
        in.finish();
        return read;
    }
}
