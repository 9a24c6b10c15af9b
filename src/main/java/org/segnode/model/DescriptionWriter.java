package org.segnode.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.segnode.plan.Code;
import org.segnode.plan.LabelMeaning;

/** A {@link ModelDescription} as JSON, keys in the order of the record. */
final class DescriptionWriter {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private DescriptionWriter() {}

    static String json(ModelDescription description) {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("id", description.id());
        root.put("version", description.version());
        root.put("title", description.title());
        root.put("modality", description.modality());
        description.orientation().ifPresent(known -> root.put("orientation", known.letters()));
        description.licence().ifPresent(licence -> root.put("licence", licence));
        description.intendedUse().ifPresent(use -> root.put("intendedUse", use));
        description.labels().forEach(label -> root.withArray("labels").add(label(label)));
        try {
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the description of " + description.id() + " is no JSON", e);
        }
    }

    private static ObjectNode label(LabelMeaning label) {
        ObjectNode node = MAPPER.createObjectNode();
        node.put("label", label.label());
        node.put("name", label.name());
        node.set("category", code(label.category()));
        node.set("type", code(label.type()));
        label.side().ifPresent(modifier -> node.set("modifier", code(modifier)));
        node.put("colour", label.colour());
        return node;
    }

    private static ObjectNode code(Code code) {
        return MAPPER.createObjectNode()
                .put("value", code.value())
                .put("scheme", code.scheme())
                .put("meaning", code.meaning());
    }
}
