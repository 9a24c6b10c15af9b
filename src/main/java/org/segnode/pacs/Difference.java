package org.segnode.pacs;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.galaxy.io.ImageInputStream;

/**
 * What two objects of the spool differ in. The same elements in another uncompressed transfer syntax, or with other lengths of
 * groups, are no difference.
 */
final class Difference {
    private static final long LARGEST_PARSED_BYTES = 256L << 20;
    private static final int MOST_NAMED = 8;
    private static final int ELEMENT = 0xFFFF;

    private Difference() {}

    /** @return the tags of elements that differ, without values; nothing if none does */
    static Optional<String> between(Path one, Path other) throws IOException {
        if (sameBytes(one, other)) {
            return Optional.empty();
        }
        if (Files.size(one) + Files.size(other) > LARGEST_PARSED_BYTES) {
            return Optional.of("too large to tell in which elements");
        }
        try {
            List<String> tags = tags(dataSet(one), dataSet(other));
            int named = Math.min(MOST_NAMED, tags.size());
            String more = tags.size() > named ? " and " + (tags.size() - named) + " more" : "";
            return tags.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", tags.subList(0, named)) + more);
        } catch (IOException | RuntimeException | StackOverflowError e) {
            return Optional.of("cannot be read to tell in which elements");
        }
    }

    private static boolean sameBytes(Path one, Path other) throws IOException {
        try (FileChannel left = FileChannel.open(one, StandardOpenOption.READ);
                FileChannel right = FileChannel.open(other, StandardOpenOption.READ)) {
            Optional<Integer> leftHead = FileHead.length(left);
            Optional<Integer> rightHead = FileHead.length(right);
            return leftHead.isPresent()
                    && rightHead.isPresent()
                    && DataSets.areEqual(left, leftHead.get(), right, rightHead.get());
        }
    }

    private static Attributes dataSet(Path file) throws IOException {
        try (ImageInputStream in = new ImageInputStream(file.toFile())) {
            return in.readDataset(-1, -1);
        }
    }

    private static List<String> tags(Attributes one, Attributes other) {
        Set<Integer> all = new TreeSet<>(Integer::compareUnsigned);
        for (int tag : one.tags()) {
            all.add(tag);
        }
        for (int tag : other.tags()) {
            all.add(tag);
        }
        List<String> differing = new ArrayList<>();
        for (int tag : all) {
            if ((tag & ELEMENT) != 0 && !one.equalValues(other, tag)) {
                differing.add(String.format("(%04X,%04X)", tag >>> 16, tag & ELEMENT));
            }
        }
        return differing;
    }
}
