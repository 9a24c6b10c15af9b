package org.segnode.cli.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** DICOM files for measurements: slices of one series, 1 mm apart, with pixel data of noise, explicit VR little endian, no patient. */
final class NoiseObjects {
    private static final String CT_IMAGE_STORAGE = "1.2.840.10008.5.1.4.1.1.2";
    private static final String EXPLICIT_VR_LITTLE_ENDIAN = "1.2.840.10008.1.2.1";
    private static final String STUDY = "2.25.320";

    private NoiseObjects() {}

    /** @param rows rows and columns; an object has two bytes per pixel */
    static List<Path> write(Path folder, int count, int rows) throws IOException {
        Files.createDirectories(folder);
        List<Path> files = new ArrayList<>();
        byte[] pixels = new byte[2 * rows * rows];
        for (int n = 1; n <= count; n++) {
            new Random(n).nextBytes(pixels);
            files.add(Files.write(folder.resolve(String.format("%05d.dcm", n)), object(n, rows, pixels)));
        }
        return files;
    }

    private static byte[] object(int number, int rows, byte[] pixels) throws IOException {
        String instance = STUDY + ".1." + number;
        ByteArrayOutputStream meta = new ByteArrayOutputStream();
        element(meta, 0x00020001, "OB", new byte[] {0, 1});
        element(meta, 0x00020002, "UI", text(CT_IMAGE_STORAGE));
        element(meta, 0x00020003, "UI", text(instance));
        element(meta, 0x00020010, "UI", text(EXPLICIT_VR_LITTLE_ENDIAN));
        element(meta, 0x00020012, "UI", text(STUDY));
        ByteArrayOutputStream file = new ByteArrayOutputStream(pixels.length + 1024);
        file.write(new byte[128]);
        file.write(text("DICM"));
        element(file, 0x00020000, "UL", little(4).putInt(meta.size()).array());
        meta.writeTo(file);
        element(file, 0x00080016, "UI", text(CT_IMAGE_STORAGE));
        element(file, 0x00080018, "UI", text(instance));
        element(file, 0x00080060, "CS", text("CT"));
        element(file, 0x00180050, "DS", text("1"));
        element(file, 0x0020000d, "UI", text(STUDY));
        element(file, 0x0020000e, "UI", text(STUDY + ".1"));
        element(file, 0x00200013, "IS", text(Integer.toString(number)));
        element(file, 0x00200032, "DS", text("0\\0\\" + number));
        element(file, 0x00200037, "DS", text("1\\0\\0\\0\\1\\0"));
        element(file, 0x00200052, "UI", text(STUDY + ".2"));
        element(file, 0x00280002, "US", little(2).putShort((short) 1).array());
        element(file, 0x00280004, "CS", text("MONOCHROME2"));
        element(file, 0x00280010, "US", little(2).putShort((short) rows).array());
        element(file, 0x00280011, "US", little(2).putShort((short) rows).array());
        element(file, 0x00280030, "DS", text("0.7\\0.7"));
        element(file, 0x00280100, "US", little(2).putShort((short) 16).array());
        element(file, 0x00280101, "US", little(2).putShort((short) 16).array());
        element(file, 0x00280102, "US", little(2).putShort((short) 15).array());
        element(file, 0x00280103, "US", little(2).putShort((short) 0).array());
        element(file, 0x7fe00010, "OW", pixels);
        return file.toByteArray();
    }

    /** PS3.5 7.1.2. */
    private static void element(ByteArrayOutputStream out, int tag, String vr, byte[] value) throws IOException {
        int padded = value.length + value.length % 2;
        out.write(little(4).putShort((short) (tag >>> 16)).putShort((short) tag).array());
        out.write(text(vr));
        out.write(
                vr.startsWith("O")
                        ? little(6).putShort((short) 0).putInt(padded).array()
                        : little(2).putShort((short) padded).array());
        out.write(value);
        out.write(new byte[padded - value.length]);
    }

    private static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
