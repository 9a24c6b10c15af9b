package org.segnode.pacs;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.aoju.bus.image.UID;
import org.aoju.bus.image.metric.internal.pdu.AAssociateRQ;
import org.aoju.bus.image.metric.internal.pdu.Presentation;
import org.segnode.dicom.Implementation;
import org.segnode.dicom.ResultForm;
import org.segnode.node.settings.Settings;

/** The tables of the conformance statement that the program itself knows, in Markdown. */
final class ConformanceTables {
    private static final String BASIC_TEXT_SR = UID.BasicTextSRStorage;
    private static final String KEY_OBJECTS = UID.KeyObjectSelectionDocumentStorage;
    private static final Settings DEFAULTS = Settings.defaults(Path.of("/"));

    /** What is said of each C-STORE status of ours; a new one without words fails the test. */
    private static final Map<Integer, String> STORE_STATUSES = Map.of(
            0x0110, "the object could not be noted (database) | try again later",
            0x0122, "the SOP class of the command is not that of the presentation context | –",
            0xA700, "less free disk space than the settings demand, or the disk cannot be written | try again later",
            0xA900, "SOP Class UID or SOP Instance UID of the data set is another than that of the command | –",
            0xC000, "the data set cannot be read, a UID is missing or is no UID | –",
            0xC122, "(STOW-RS) the transfer syntax is none of those above | send another one");

    private static final Map<String, String> NEWER_NAMES = Map.of(
            ResultForm.LABELMAP.sopClassUid(),
            "Label Map Segmentation Storage",
            "1.2.840.10008.1.2.4.201",
            "High-Throughput JPEG 2000 (Lossless Only)",
            "1.2.840.10008.1.2.4.202",
            "High-Throughput JPEG 2000 with RPCL Options (Lossless Only)",
            "1.2.840.10008.1.2.4.203",
            "High-Throughput JPEG 2000");

    private ConformanceTables() {}

    /** By the name of their place in the page. */
    static Map<String, String> all() {
        Map<String, String> tables = new LinkedHashMap<>();
        tables.put("sop-classes", sopClasses());
        tables.put("identification", identification());
        tables.put("limits", limits());
        tables.put("timeouts", timeouts());
        tables.put("transfer-syntaxes", transferSyntaxes());
        tables.put("store-statuses", storeStatuses());
        tables.put("commitment-failures", commitmentFailures());
        return tables;
    }

    private static String sopClasses() {
        Map<String, String> used = new LinkedHashMap<>();
        used.put(SopClasses.VERIFICATION, "`segnode echo`, `segnode check`");
        Stream.of(ResultForm.values())
                .forEach(form -> used.merge(
                        form.sopClassUid(),
                        "results (" + form.word() + ")",
                        (one, other) -> one.replace(")", "") + ", " + form.word() + ")"));
        used.merge(UID.SecondaryCaptureImageStorage, "", (one, none) -> one + ", refusals");
        used.put(BASIC_TEXT_SR, "refusals");
        used.put(KEY_OBJECTS, "rejection notes");
        used.put(SopClasses.STORAGE_COMMITMENT, "requests; the reports come on the same or on a new association");
        used.put(SopClasses.STUDY_ROOT_FIND, "counting instances, patients before sending, `segnode find`");
        used.put(SopClasses.STUDY_ROOT_MOVE, "fetching");
        used.put(SopClasses.STUDY_ROOT_GET, "fetching");
        return table(
                "SOP class | UID | SCU | SCP",
                used.entrySet().stream()
                        .map(one -> name(one.getKey()) + " | " + one.getKey() + " | " + one.getValue() + " | "
                                + (offered(one.getKey()) ? "yes" : "–")));
    }

    /** Of the toolkit's dictionary, which is older than some. */
    private static String name(String uid) {
        String known = UID.nameOf(uid);
        return known == null || known.equals("?") ? NEWER_NAMES.getOrDefault(uid, "(without name)") : known;
    }

    /** Asks the part of the program that decides. */
    private static boolean offered(String sopClassUid) {
        Presentation proposed = new Presentation(
                1, sopClassUid, TransferSyntaxes.EXPLICIT_VR_LITTLE_ENDIAN, TransferSyntaxes.IMPLICIT_VR_LITTLE_ENDIAN);
        boolean commitment = sopClassUid.equals(SopClasses.STORAGE_COMMITMENT);
        return !commitment // the peer that reports is its SCP
                && new Offer(TransferSyntaxes.ACCEPTED, true)
                        .decide(new AAssociateRQ(), proposed, Caller.EVERYTHING)
                        .isAccepted();
    }

    private static String identification() {
        return table(
                "item | value",
                Stream.of(
                        "Application context name | 1.2.840.10008.3.1.1.1",
                        "Implementation class UID | " + Implementation.CLASS_UID,
                        "Implementation version name | " + Implementation.VERSION_NAME,
                        "AE title, port | " + DEFAULTS.node().aet() + ", "
                                + DEFAULTS.node().port() + " (settings)"));
    }

    private static String limits() {
        ConnectionLimits limits = DEFAULTS.reception().limits();
        return table(
                "limit | value",
                Stream.of(
                        "Maximum PDU length announced | " + limits.maxPduBytes() + " bytes",
                        "Longest PDU read at all | " + ConnectionLimits.LONGEST_PDU_BYTES
                                + " bytes; a peer that announces more is aborted (provider, reason 6)",
                        "Connections at once | " + limits.total() + ", " + limits.perHost()
                                + " from one address; more are closed",
                        "Associations accepted at once | " + limits.associations() + ", "
                                + limits.associationsPerHost()
                                + " from one address; more are rejected (transient, provider presentation, reason 2)",
                        "Operations at once within an association | 1"));
    }

    private static String timeouts() {
        ScpTimeouts scp = DEFAULTS.reception().timeouts();
        ScuTimeouts scu = ScuTimeouts.DEFAULT;
        return table(
                "waiting for | as acceptor | as requestor",
                Stream.of(
                        "connection | – | " + words(scu.connect()),
                        "the complete A-ASSOCIATE-RQ, or the answer to it | " + words(scp.association()) + " | "
                                + words(scu.association()),
                        "the next message | " + words(scp.idle()) + " | –",
                        "4 KiB more of an object, or its end | " + words(scp.stall()) + " | " + words(scu.stall()),
                        "the response to a request | – | " + words(scu.response()),
                        "the answer to A-RELEASE-RQ | – | " + words(scu.association()),
                        "running stores when the node stops | " + words(scp.stop()) + " | –"));
    }

    private static String words(Duration duration) {
        return duration.toSeconds() + " s";
    }

    private static String transferSyntaxes() {
        return table("transfer syntax | UID", TransferSyntaxes.ACCEPTED.stream().map(uid -> name(uid) + " | " + uid));
    }

    private static String storeStatuses() {
        Map<Integer, String> rows = new TreeMap<>();
        Arrays.stream(StoreRefusal.class.getDeclaredFields())
                .filter(field -> Modifier.isStatic(field.getModifiers())
                        && !Modifier.isPrivate(field.getModifiers())
                        && field.getType() == int.class)
                .forEach(field -> {
                    int status = number(field);
                    rows.put(status, STORE_STATUSES.getOrDefault(status, "(nobody has said when)"));
                });
        return table(
                "status | when | what a sender may do",
                Stream.concat(
                        Stream.of("0000 | the object is on disk, synced, and noted | forget it"),
                        rows.entrySet().stream().map(row -> String.format("%04X | %s", row.getKey(), row.getValue()))));
    }

    private static int number(Field field) {
        try {
            field.setAccessible(true);
            return field.getInt(null);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String commitmentFailures() {
        return table(
                "failure reason",
                IntStream.rangeClosed(0, 0xffff)
                        .mapToObj(CommitmentReport::words)
                        .filter(words -> !words.endsWith("a reason of its own")));
    }

    /** @param head and rows: cells with bars between */
    private static String table(String head, Stream<String> rows) {
        String line = head.replaceAll("[^|]+", " --- ").strip();
        return Stream.concat(Stream.of(head, line), rows)
                .map(row -> "| " + row + " |")
                .collect(Collectors.joining("\n"));
    }
}
