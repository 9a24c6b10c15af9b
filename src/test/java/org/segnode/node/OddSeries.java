package org.segnode.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.galaxy.data.VR;
import org.aoju.bus.image.galaxy.io.ImageInputStream;
import org.aoju.bus.image.galaxy.io.ImageOutputStream;
import org.segnode.peers.SyntheticSeries;

/** Series that are not what a model needs, each made from a good one. */
final class OddSeries {
    static final String FUTURE_CLASS = "1.2.840.10008.5.1.4.1.1.999.1";
    static final String PRIVATE_CLASS = "1.2.826.0.1.3680043.10.9.77.1";
    private static final String BASIC_TEXT_SR = "1.2.840.10008.5.1.4.1.1.88.11";
    private static final int SLICES = 12;

    private OddSeries() {}

    static SyntheticSeries good(String uid) {
        return new SyntheticSeries(uid, SLICES, 32);
    }

    /** Two slices in the middle are missing. */
    static SyntheticSeries withGap(String uid, Path folder) throws IOException {
        List<Path> files = good(uid).write(folder);
        Files.delete(files.get(5));
        Files.delete(files.get(6));
        return good(uid);
    }

    /** The pixels of slice 7 end in the middle. */
    static SyntheticSeries cutShort(String uid, Path folder) throws IOException {
        change(good(uid).write(folder).get(6), image -> image.setBytes(Tag.PixelData, VR.OW, new byte[700]));
        return good(uid);
    }

    /** Reports, no images. */
    static SyntheticSeries reports(String uid, Path folder) throws IOException {
        return ofClass(uid, folder, BASIC_TEXT_SR, "SR");
    }

    static SyntheticSeries ofClass(String uid, Path folder, String sopClassUid, String modality) throws IOException {
        SyntheticSeries series = new SyntheticSeries(uid, 2, 32);
        for (Path file : series.write(folder)) {
            change(file, object -> {
                object.setString(Tag.SOPClassUID, VR.UI, sopClassUid);
                object.setString(Tag.Modality, VR.CS, modality);
                object.remove(Tag.PixelData);
            });
        }
        return series;
    }

    static SyntheticSeries ofModality(String uid, Path folder, String modality) throws IOException {
        for (Path file : good(uid).write(folder)) {
            change(file, image -> image.setString(Tag.Modality, VR.CS, modality));
        }
        return good(uid);
    }

    private static void change(Path file, Consumer<Attributes> change) throws IOException {
        Attributes object;
        String syntax;
        try (ImageInputStream in = new ImageInputStream(file.toFile())) {
            syntax = in.readFileMetaInformation().getString(Tag.TransferSyntaxUID);
            object = in.readDataset(-1, -1);
        }
        change.accept(object);
        try (ImageOutputStream out = new ImageOutputStream(file.toFile())) {
            out.writeDataset(object.createFileMetaInformation(syntax), object);
        }
    }
}
