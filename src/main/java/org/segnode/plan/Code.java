package org.segnode.plan;

/**
 * A coded concept (PS3.3 section 8.8).
 *
 * @param value code value, for example {@code 123037004}
 * @param scheme coding scheme designator, for example {@code SCT} or {@code DCM}
 * @param meaning the concept in words
 */
public record Code(String value, String scheme, String meaning) {
    public Code {
        if (value.isBlank() || value.length() > 16) {
            throw new IllegalArgumentException("a code value has 1 to 16 characters, is \"" + value + "\"");
        }
        if (scheme.isBlank() || scheme.length() > 16) {
            throw new IllegalArgumentException("a coding scheme has 1 to 16 characters, is \"" + scheme + "\"");
        }
        if (meaning.isBlank() || meaning.length() > 64) {
            throw new IllegalArgumentException("a code meaning has 1 to 64 characters, is \"" + meaning + "\"");
        }
    }
}
