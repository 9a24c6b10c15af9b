package org.segnode.node.settings;

/**
 * One input series of a model with several.
 *
 * @param channel its name
 * @param when what the series must be
 */
public record ChannelInput(String channel, Conditions when) {
    static ChannelInput read(Section in) {
        ChannelInput read = new ChannelInput(in.required("channel"), Conditions.read(in.section("when", false)));
        in.finish();
        return read;
    }
}
