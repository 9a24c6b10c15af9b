package org.segnode.pacs;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.galaxy.data.ElementDictionary;
import org.aoju.bus.image.galaxy.data.VR;

/** Turns queries into identifiers (PS3.4 C.4.1.1.3) and identifiers into answers. */
final class QueryKeys {
    private static final int LONGEST_VALUE = 1024;

    private QueryKeys() {}

    /** @throws IllegalArgumentException if a keyword is not one of PS3.6, or cannot be a key */
    static Attributes identifier(Query query) {
        Attributes identifier = new Attributes();
        if (!query.keys().values().stream().allMatch(StandardCharsets.US_ASCII.newEncoder()::canEncode)) {
            identifier.setSpecificCharacterSet("ISO_IR 192");
        }
        identifier.setString(Tag.QueryRetrieveLevel, VR.CS, query.level().name());
        query.keys().forEach((keyword, value) -> {
            int tag = tag(keyword);
            VR vr = ElementDictionary.vrOf(tag, null);
            if (value.isEmpty()) {
                identifier.setNull(tag, vr);
            } else {
                identifier.setString(tag, vr, value.split("\\\\"));
            }
        });
        return identifier;
    }

    /** The tag of a keyword, such as 0x00100020 of {@code PatientID}. */
    static int tag(String keyword) {
        int tag = keyword.matches("[A-Za-z0-9]+") ? ElementDictionary.tagForKeyword(keyword, null) : -1;
        if (tag == -1 || ElementDictionary.vrOf(tag, null) == VR.SQ) {
            throw new IllegalArgumentException(
                    "\"" + keyword + "\" is not the DICOM keyword of a query key, such as PatientID or StudyDate");
        }
        return tag;
    }

    /** The values of the keys that were asked for; what else the archive says is left out. */
    static Match match(Query query, Attributes identifier) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String keyword : query.keys().keySet()) {
            String[] texts = identifier.getStrings(tag(keyword));
            if (texts != null) {
                values.put(keyword, clean(texts));
            }
        }
        return new Match(query.level(), values);
    }

    /** The same of an answer in DICOM JSON (PS3.18 F.2). */
    static Match match(Query query, JsonNode answer) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String keyword : query.keys().keySet()) {
            JsonNode said = answer.path(String.format("%08X", tag(keyword))).path("Value");
            if (!said.isEmpty()) {
                List<String> texts = new ArrayList<>();
                said.forEach(one -> texts.add(one.path("Alphabetic").asText(one.asText())));
                values.put(keyword, clean(texts.toArray(String[]::new)));
            }
        }
        return new Match(query.level(), values);
    }

    /** An archive may send anything; it comes to people and into logs. */
    private static String clean(String[] texts) {
        String text =
                Stream.of(texts).map(one -> one == null ? "" : one.strip()).collect(Collectors.joining("\\"));
        String printable = text.replaceAll("\\p{Cntrl}", "?");
        return printable.length() <= LONGEST_VALUE ? printable : printable.substring(0, LONGEST_VALUE);
    }
}
