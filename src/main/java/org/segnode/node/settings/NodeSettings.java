package org.segnode.node.settings;

import java.util.List;

/**
 * Who the node is in the network.
 *
 * @param aet AE title it calls and answers with
 * @param alsoAets further AE titles it answers to, so that rules can tell senders' intentions apart
 * @param bind address to listen on
 * @param port TCP port of DICOM; 0 takes a free one
 */
public record NodeSettings(String aet, List<String> alsoAets, String bind, int port) {
    public NodeSettings {
        Section.aeTitle(aet);
        alsoAets = List.copyOf(alsoAets);
    }

    static NodeSettings read(Section in) {
        NodeSettings read = new NodeSettings(
                in.aeTitle("aet", "SEGNODE"),
                in.values("also-aets", List.of(), Section::aeTitle),
                in.text("bind", "0.0.0.0"),
                in.number("port", 11112, 0, 65535));
        in.finish();
        return read;
    }
}
