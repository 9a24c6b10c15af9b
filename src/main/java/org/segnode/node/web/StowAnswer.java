package org.segnode.node.web;

import io.javalin.http.Context;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.segnode.pacs.StoredFile;

/** What became of each object of a request, as PS3.18 Table I.1-1 and F.2 (DICOM JSON) want it. */
record StowAnswer(List<StoredFile> files) {
    private static final int ALL = 200;
    private static final int SOME = 202;
    private static final int NONE = 409;

    static StowAnswer of(List<StoredFile> files) {
        return new StowAnswer(List.copyOf(files));
    }

    void write(Context context) {
        long stored = files.stream().filter(StoredFile::isStored).count();
        int status = stored == files.size() ? ALL : stored > 0 ? SOME : NONE;
        context.status(status).json(dataSet()).contentType("application/dicom+json");
    }

    /** Referenced, Failed and Other Failures Sequence, as far as there is something in them. */
    private Map<String, Object> dataSet() {
        Map<String, Object> dataSet = new LinkedHashMap<>();
        sequence(
                dataSet, "00081199", files.stream().filter(StoredFile::isStored).toList());
        sequence(
                dataSet,
                "00081198",
                files.stream().filter(file -> !file.isStored() && isNamed(file)).toList());
        sequence(
                dataSet,
                "0008119A",
                files.stream().filter(file -> !isNamed(file)).toList());
        return dataSet;
    }

    private static boolean isNamed(StoredFile file) {
        return !file.sopInstanceUid().isEmpty();
    }

    private static void sequence(Map<String, Object> dataSet, String tag, List<StoredFile> files) {
        if (!files.isEmpty()) {
            dataSet.put(tag, element("SQ", files.stream().map(StowAnswer::item).toArray()));
        }
    }

    private static Map<String, Object> item(StoredFile file) {
        Map<String, Object> item = new LinkedHashMap<>();
        if (isNamed(file)) {
            item.put("00081150", element("UI", file.sopClassUid()));
            item.put("00081155", element("UI", file.sopInstanceUid()));
        }
        if (!file.isStored()) {
            item.put("00081197", element("US", file.status()));
        }
        return item;
    }

    private static Map<String, Object> element(String vr, Object... values) {
        return Map.of(
                "vr",
                vr,
                "Value",
                List.of(values).stream().map(Objects::requireNonNull).toList());
    }
}
