package org.segnode.dicom;

import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.galaxy.data.VR;
import org.segnode.plan.Code;

/** Content items of a structured report (PS3.3 C.17.3). */
final class ReportItems {
    static final String CONTAINS = "CONTAINS";
    static final String MODIFIER = "HAS CONCEPT MOD";
    static final String CONTEXT = "HAS OBS CONTEXT";

    private ReportItems() {}

    static Attributes container(String relationship, Code name, String template, Attributes... content) {
        Attributes item = item(relationship, "CONTAINER", name);
        item.setString(Tag.ContinuityOfContent, VR.CS, "SEPARATE");
        if (!template.isEmpty()) {
            Attributes named = new Attributes();
            named.setString(Tag.MappingResource, VR.CS, "DCMR");
            named.setString(Tag.TemplateIdentifier, VR.CS, template);
            Items.put(item, Tag.ContentTemplateSequence, named);
        }
        Items.put(item, Tag.ContentSequence, content);
        return item;
    }

    static Attributes text(String relationship, Code name, String text) {
        Attributes item = item(relationship, "TEXT", name);
        item.setString(Tag.TextValue, VR.UT, text);
        return item;
    }

    static Attributes uid(String relationship, Code name, String uid) {
        Attributes item = item(relationship, "UIDREF", name);
        item.setString(Tag.UID, VR.UI, uid);
        return item;
    }

    static Attributes code(String relationship, Code name, Code value, Attributes... content) {
        Attributes item = item(relationship, "CODE", name);
        Items.put(item, Tag.ConceptCodeSequence, Items.code(value));
        withContent(item, content);
        return item;
    }

    /** @param reference SOP class, instance and what else names the place in it */
    static Attributes image(String relationship, Code name, Attributes reference) {
        Attributes item = item(relationship, "IMAGE", name);
        Items.put(item, Tag.ReferencedSOPSequence, reference);
        return item;
    }

    static Attributes number(Code name, double value, Code unit, Attributes... content) {
        Attributes measured = new Attributes();
        measured.setString(Tag.NumericValue, VR.DS, DecimalString.of(value));
        Items.put(measured, Tag.MeasurementUnitsCodeSequence, Items.code(unit));
        Attributes item = item(CONTAINS, "NUM", name);
        Items.put(item, Tag.MeasuredValueSequence, measured);
        withContent(item, content);
        return item;
    }

    private static void withContent(Attributes item, Attributes... content) {
        if (content.length > 0) {
            Items.put(item, Tag.ContentSequence, content);
        }
    }

    private static Attributes item(String relationship, String type, Code name) {
        Attributes item = new Attributes();
        if (!relationship.isEmpty()) {
            item.setString(Tag.RelationshipType, VR.CS, relationship);
        }
        item.setString(Tag.ValueType, VR.CS, type);
        Items.put(item, Tag.ConceptNameCodeSequence, Items.code(name));
        return item;
    }
}
