package org.segnode.dicom;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * UIDs of a result, from what it was made of: source SOP Instance UIDs, model and settings. The same input gives the same
 * UIDs, whenever and however often it is computed. They lie under 2.25 (PS3.5 B.2): the first 128 bits of a SHA-256 as a
 * UUID of version 8 (RFC 9562).
 */
final class DerivedUids {
    private final byte[] content;

    private DerivedUids(byte[] content) {
        this.content = content;
    }

    static DerivedUids of(SourceSeries source, SegmentationOrigin origin) {
        List<String> instances = Stream.concat(Stream.of(source), source.further().stream())
                .flatMap(series -> series.slices().stream())
                .map(Slice::sopInstanceUid)
                .distinct()
                .sorted()
                .toList();
        String words = String.join("\n", instances)
                + "\n\n"
                + String.join("\n", origin.modelId(), origin.modelVersion(), origin.modelDigest(), origin.settings());
        return new DerivedUids(words.getBytes(StandardCharsets.UTF_8));
    }

    /** Of something that is made of these words, such as other UIDs. */
    static DerivedUids of(List<String> words) {
        return new DerivedUids(String.join("\n", words).getBytes(StandardCharsets.UTF_8));
    }

    /** Of the model as a device: the same whatever it looks at. */
    static String device(SegmentationOrigin origin) {
        return new DerivedUids(origin.modelDigest().getBytes(StandardCharsets.UTF_8)).uid("device");
    }

    /**
     * One UID never has two contents.
     *
     * @param form of the object
     * @param number of the object within its form, from 1
     * @param content digest of what distinguishes it: the mask, the numbers or the picture
     */
    String instance(ResultForm form, int number, String content) {
        return uid("instance " + form.word() + " " + number + " " + content);
    }

    /** All objects of a form are one series. */
    String series(ResultForm form) {
        return uid("series " + form.word());
    }

    /** @param purpose what the UID names: different words give different UIDs */
    String uid(String purpose) {
        MessageDigest sha = sha256();
        sha.update(purpose.getBytes(StandardCharsets.UTF_8));
        sha.update((byte) 0);
        byte[] uuid = Arrays.copyOf(sha.digest(content), 16);
        uuid[6] = (byte) ((uuid[6] & 0x0f) | 0x80);
        uuid[8] = (byte) ((uuid[8] & 0x3f) | 0x80);
        return "2.25." + new BigInteger(1, uuid);
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
