package org.segnode.pacs;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.aoju.bus.image.metric.internal.pdu.Presentation;
import org.aoju.bus.image.metric.internal.pdu.RoleSelection;

/** Presentation contexts of queries and retrievals. */
final class StorageContexts {
    private static final String STORAGE = "1.2.840.10008.5.1.4.1.1.";

    /** What an archive may hold compressed: CT, MR, PET, ultrasound, X-ray, secondary capture, enhanced and converted ones. */
    private static final List<String> IMAGES = Stream.of("2", "2.1", "4", "4.1", "128", "130", "7")
            .map(STORAGE::concat)
            .toList();

    /** Further images, and what is no image: segmentations, structure sets, reports, presentation states, registrations. */
    private static final List<String> OTHERS = Stream.of(
                    "1",
                    "1.1",
                    "1.2",
                    "2.2",
                    "3.1",
                    "4.4",
                    "6.1",
                    "6.2",
                    "7.1",
                    "7.2",
                    "7.3",
                    "7.4",
                    "11.1",
                    "11.2",
                    "12.1",
                    "12.2",
                    "20",
                    "30",
                    "66",
                    "66.1",
                    "66.2",
                    "66.4",
                    "66.5",
                    "66.7",
                    "67",
                    "88.11",
                    "88.22",
                    "88.33",
                    "88.34",
                    "88.59",
                    "88.67",
                    "104.1",
                    "128.1",
                    "481.1",
                    "481.2",
                    "481.3",
                    "481.5",
                    "4.2",
                    "77.1.4",
                    "77.1.5.1",
                    "77.1.6")
            .map(STORAGE::concat)
            .toList();

    private static final String[] NATIVE = {
        TransferSyntaxes.EXPLICIT_VR_LITTLE_ENDIAN, TransferSyntaxes.IMPLICIT_VR_LITTLE_ENDIAN
    };

    private StorageContexts() {}

    /** One context for a model of query and retrieve. */
    static Presentation query(String sopClassUid) {
        return new Presentation(1, sopClassUid, NATIVE);
    }

    /**
     * C-GET, and storage of what may come back. An archive sends an object in the one syntax that it chose for a context:
     * what may be held compressed has a context for each syntax, so that nothing need be converted.
     */
    static List<Presentation> forGet() {
        List<Presentation> contexts = new ArrayList<>();
        contexts.add(query(SopClasses.STUDY_ROOT_GET));
        storageClasses().forEach(sopClass -> add(contexts, sopClass, NATIVE));
        for (String sopClass : IMAGES) {
            TransferSyntaxes.ACCEPTED.stream()
                    .filter(syntax -> !List.of(NATIVE).contains(syntax))
                    .forEach(syntax -> add(contexts, sopClass, syntax));
        }
        return contexts;
    }

    /** Where a C-GET is among the contexts, we are the SCP of storage on our own association (PS3.7 D.3.3.4). */
    static List<RoleSelection> roles(List<Presentation> contexts) {
        return contexts.stream().anyMatch(context -> SopClasses.STUDY_ROOT_GET.equals(context.getAbstractSyntax()))
                ? storageClasses().stream()
                        .map(storage -> new RoleSelection(storage, false, true))
                        .toList()
                : List.of();
    }

    private static List<String> storageClasses() {
        return Stream.concat(IMAGES.stream(), OTHERS.stream()).toList();
    }

    private static void add(List<Presentation> contexts, String sopClass, String... syntaxes) {
        contexts.add(new Presentation(2 * contexts.size() + 1, sopClass, syntaxes));
    }
}
