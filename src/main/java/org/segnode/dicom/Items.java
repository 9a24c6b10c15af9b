package org.segnode.dicom;

import java.util.Map;
import java.util.TreeMap;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.galaxy.data.Sequence;
import org.aoju.bus.image.galaxy.data.VR;
import org.segnode.plan.Code;

/** Sequence items that occur again and again. */
final class Items {
    private Items() {}

    static void put(Attributes parent, int sequence, Attributes... items) {
        Sequence all = parent.newSequence(sequence, items.length);
        for (Attributes item : items) {
            all.add(item);
        }
    }

    /** A coded concept (PS3.3 8.8). */
    static Attributes code(Code code) {
        Attributes item = new Attributes();
        item.setString(Tag.CodeValue, VR.SH, code.value());
        item.setString(Tag.CodingSchemeDesignator, VR.SH, code.scheme());
        item.setString(Tag.CodeMeaning, VR.LO, code.meaning());
        return item;
    }

    static Attributes code(String value, String scheme, String meaning) {
        return code(new Code(value, scheme, meaning));
    }

    /** References to the objects of all slices, each once, in the order of their UIDs. */
    static Attributes[] instances(SourceSeries source) {
        Map<String, Attributes> instances = new TreeMap<>();
        source.slices().forEach(slice -> instances.putIfAbsent(slice.sopInstanceUid(), instance(slice)));
        return instances.values().toArray(Attributes[]::new);
    }

    /** A reference to the object of a slice. */
    static Attributes instance(Slice slice) {
        Attributes item = new Attributes();
        item.setString(Tag.ReferencedSOPClassUID, VR.UI, slice.sopClassUid());
        item.setString(Tag.ReferencedSOPInstanceUID, VR.UI, slice.sopInstanceUid());
        return item;
    }
}
