package org.segnode.pacs;

import java.util.List;

/** Transfer syntaxes (PS3.6 A) that objects may be received in. Data sets are kept as they come, byte by byte. */
public final class TransferSyntaxes {
    static final String IMPLICIT_VR_LITTLE_ENDIAN = "1.2.840.10008.1.2";
    static final String EXPLICIT_VR_LITTLE_ENDIAN = "1.2.840.10008.1.2.1";
    static final String DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN = "1.2.840.10008.1.2.1.99";

    /**
     * Those that can be decoded too; where a peer offers several for one presentation context, the first of this list is
     * taken. HTJ2K and video are left out: a sender that is refused these can still offer an uncompressed one.
     */
    public static final List<String> ACCEPTED = List.of(
            EXPLICIT_VR_LITTLE_ENDIAN,
            IMPLICIT_VR_LITTLE_ENDIAN,
            DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN,
            "1.2.840.10008.1.2.2", // explicit VR big endian, retired
            "1.2.840.10008.1.2.5", // RLE lossless
            "1.2.840.10008.1.2.4.70", // JPEG lossless, selection value 1
            "1.2.840.10008.1.2.4.57", // JPEG lossless, process 14
            "1.2.840.10008.1.2.4.80", // JPEG-LS lossless
            "1.2.840.10008.1.2.4.90", // JPEG 2000 lossless
            "1.2.840.10008.1.2.4.81", // JPEG-LS near-lossless
            "1.2.840.10008.1.2.4.91", // JPEG 2000
            "1.2.840.10008.1.2.4.50", // JPEG baseline, 8 bit
            "1.2.840.10008.1.2.4.51"); // JPEG extended, 8 or 12 bit

    private TransferSyntaxes() {}
}
