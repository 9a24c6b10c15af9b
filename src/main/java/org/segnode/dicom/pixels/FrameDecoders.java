package org.segnode.dicom.pixels;

import java.util.Map;
import java.util.Optional;
import org.aoju.bus.image.UID;

/** Which decoder undoes which transfer syntax. */
public final class FrameDecoders {
    /** Younger than the toolkit (PS3.5 A.4.13). */
    private static final String DEFLATED_IMAGE_FRAME = "1.2.840.10008.1.2.8.1";

    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry(UID.JPEG2000Part2MultiComponentLosslessOnly, "JPEG 2000 Part 2 Lossless"),
            Map.entry(UID.JPEG2000Part2MultiComponent, "JPEG 2000 Part 2"),
            Map.entry(UID.MPEG2, "MPEG2 video"),
            Map.entry("1.2.840.10008.1.2.4.201", "High-Throughput JPEG 2000 Lossless"),
            Map.entry("1.2.840.10008.1.2.4.202", "High-Throughput JPEG 2000 RPCL Lossless"),
            Map.entry("1.2.840.10008.1.2.4.203", "High-Throughput JPEG 2000"),
            Map.entry("1.2.840.113619.5.2", "GE private big endian"));

    private FrameDecoders() {}

    /** Empty if frames of this transfer syntax cannot be decoded. */
    public static Optional<FrameDecoder> of(String transferSyntax) {
        return Optional.ofNullable(
                switch (transferSyntax) {
                    case UID.RLELossless -> new RleDecoder();
                    case UID.JPEGBaseline1, UID.JPEGLosslessNonHierarchical14, UID.JPEGLossless -> new JpegDecoder();
                    case UID.JPEGExtended24 -> new JpegExtendedDecoder();
                    case UID.JPEGLSLossless, UID.JPEGLSLossyNearLossless -> new JpegLsDecoder();
                    case DEFLATED_IMAGE_FRAME -> new DeflatedFrameDecoder();
                    case UID.JPEG2000LosslessOnly, UID.JPEG2000 -> new Jpeg2000Decoder();
                    default -> null;
                });
    }

    /** Whether bytes are compressed whatever they mean, so that pixels of one bit are packed first. */
    public static boolean packsBytes(String transferSyntax) {
        return transferSyntax.equals(UID.RLELossless) || transferSyntax.equals(DEFLATED_IMAGE_FRAME);
    }

    /** For people: the UID, and the name of those that are met but not decoded. */
    public static String name(String transferSyntax) {
        String name = NAMES.get(transferSyntax);
        return name == null ? transferSyntax : name + " (" + transferSyntax + ")";
    }
}
