package org.segnode.node.settings;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.segnode.pacs.RemoteAe;

/**
 * An archive that the node asks how many objects a series has, and fetches from.
 *
 * @param name that logs call it by
 * @param ae to ask by C-FIND; empty if it is asked by DICOMweb only
 * @param tls whether the association goes over TLS, with the node's own key store
 * @param retrieve how it gives objects
 * @param url root of its DICOMweb services, if it is to be asked by these
 * @param tokenFile with a bearer token, read for each request
 * @param user for basic authentication; empty for none
 * @param passwordFile of that user
 * @param senders calling AE titles whose series it holds
 */
public record ArchiveSettings(
        String name,
        Optional<RemoteAe> ae,
        boolean tls,
        Retrieve retrieve,
        Optional<URI> url,
        Optional<Path> tokenFile,
        String user,
        Optional<Path> passwordFile,
        List<String> senders) {
    /** How an archive gives objects. */
    public enum Retrieve {
        /** C-GET: on the association that asks. */
        GET,
        /** C-MOVE: on an association of its own, to the node's AE title, which it must know. */
        MOVE
    }

    public ArchiveSettings {
        senders = List.copyOf(senders);
    }

    static ArchiveSettings read(Section in) {
        String name = in.required("name");
        Optional<URI> url = in.value("url", Optional.empty(), text -> Optional.of(url(text)));
        if (url.isEmpty()) {
            in.required("aet");
        }
        String aet = in.aeTitle("aet", "");
        String host = in.text("host", "127.0.0.1");
        int port = in.number("port", 104, 1, 65535);
        ArchiveSettings read = new ArchiveSettings(
                name,
                aet.isEmpty() ? Optional.empty() : Optional.of(new RemoteAe(aet, host, port)),
                in.flag("tls", false),
                in.value("retrieve", Retrieve.GET, ArchiveSettings::retrieve),
                url,
                in.value("token-file", Optional.empty(), text -> Optional.of(in.resolve(text))),
                in.text("user", ""),
                in.value("password-file", Optional.empty(), text -> Optional.of(in.resolve(text))),
                in.values("senders", aet.isEmpty() ? List.of() : List.of(aet), Section::aeTitle));
        if (read.senders.isEmpty()) {
            in.complain("names no senders: without an aet it must say whose series it holds");
        }
        if (read.user.isEmpty() == read.passwordFile.isPresent()) {
            in.complain("needs a user and a password-file, or neither");
        }
        in.finish();
        return read;
    }

    private static Retrieve retrieve(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "get" -> Retrieve.GET;
            case "move" -> Retrieve.MOVE;
            default -> throw new IllegalArgumentException("must be get or move, is \"" + text + "\"");
        };
    }

    private static URI url(String text) {
        try {
            URI url = URI.create(text);
            if (("http".equals(url.getScheme()) || "https".equals(url.getScheme())) && url.getHost() != null) {
                return url;
            }
        } catch (IllegalArgumentException e) {
            // said below
        }
        throw new IllegalArgumentException("must be an http or https address, is \"" + text + "\"");
    }
}
