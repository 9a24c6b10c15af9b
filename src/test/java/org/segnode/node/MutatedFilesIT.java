package org.segnode.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.segnode.node.settings.DataSettings;
import org.segnode.pacs.RemoteAe;
import org.segnode.pacs.StorageScu;
import org.segnode.peers.FreePort;
import org.segnode.peers.RawAssociation;

/**
 * 5,000 mutated files through the door of a running node, which reads and judges those it took. The files come from the test
 * resources, or from the folder that {@code -Dsegnode.data} names.
 */
class MutatedFilesIT {
    private static final int FILES = 5000;
    private static final long LARGEST_SAMPLE = 300_000;
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    @TempDir
    Path folder;

    private final Random random = new Random(20261121);
    private final Map<String, Integer> answers = new TreeMap<>();

    /** A file as it is sent: what the command says, and the data set. */
    private record Sample(String sopClass, String instance, String syntax, byte[] dataSet) {
        static @Nullable Sample of(Path file) throws IOException {
            byte[] bytes = Files.readAllBytes(file);
            String text = new String(bytes, StandardCharsets.ISO_8859_1);
            if (bytes.length < 200 || !text.startsWith("DICM", 128) || text.indexOf("UL\4\0", 132) != 136) {
                return null;
            }
            int group = 144 + (bytes[140] & 0xff) + 256 * (bytes[141] & 0xff);
            return new Sample(
                    uid(text, "\2\0\2\0UI"),
                    uid(text, "\2\0\3\0UI"),
                    uid(text, "\2\0\20\0UI"),
                    Arrays.copyOfRange(bytes, Math.min(group, bytes.length), bytes.length));
        }

        private static String uid(String text, String element) {
            int at = text.indexOf(element);
            return at < 0
                    ? "1.2"
                    : text.substring(at + 8, at + 8 + text.charAt(at + 6)).replace("\0", "");
        }
    }

    private static List<Sample> samples() throws IOException {
        String named = System.getProperty("segnode.data");
        List<Sample> samples = new ArrayList<>();
        try (Stream<Path> files = Files.walk(Path.of(named == null ? "src/test/resources/dicom" : named))) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                Sample sample = Files.size(file) <= LARGEST_SAMPLE ? Sample.of(file) : null;
                if (sample != null) {
                    samples.add(sample);
                }
            }
        }
        return samples;
    }

    @Test
    void whatIsSpoiledIsTakenOrRefusedAndTheNodeServesOn() throws Exception {
        NodeFolder files = NodeFolder.make(
                folder.resolve("node"), FreePort.next(), FreePort.next(), "- {name: all, models: [box]}", List.of());
        Files.writeString(
                files.settingsFile(),
                Files.readString(files.settingsFile())
                        .replace("{quiet-time: 1s}", "{quiet-time: 1s, association-timeout: 3s, stall-timeout: 3s}")
                        .replace(
                                "completeness: {gap-wait: 0s, input-wait: 1s}",
                                "completeness: {longest-wait: 2s, gap-wait: 0s, input-wait: 0s}"));
        List<Sample> samples = samples();
        try (NodeProcess process = NodeProcess.runWithBoxes(files)) {
            int port = files.settings().node().port();
            Set<Path> before = outside(files);
            for (int n = 0; n < FILES; n++) {
                send(samples.get(n % samples.size()), port, n);
            }
            System.out.println("MEASURE " + FILES + " mutated of " + samples.size() + " files: " + answers);
            new StorageScu("OTHER").echo(new RemoteAe("SEGNODE", "127.0.0.1", port));
            await().atMost(PATIENCE).pollInterval(Duration.ofSeconds(1)).until(() -> openSeries(files) == 0);
            assertThat(outside(files)).isEqualTo(before);
            assertThat(files.settings().data().spool().resolve("incoming")).isEmptyDirectory();
            assertThat(process.log()).doesNotContain("\tat ", "OutOfMemoryError");
        }
        assertThat(answers.keySet())
                .as("some are taken, some refused")
                .hasSizeGreaterThan(2)
                .contains("0000");
    }

    private static double openSeries(NodeFolder files) throws IOException, InterruptedException {
        URI metrics = URI.create("http://127.0.0.1:" + files.settings().web().port() + "/metrics");
        String text = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(metrics).build(), HttpResponse.BodyHandlers.ofString())
                .body();
        return text.lines()
                .filter(line -> line.startsWith("segnode_series_open "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(' '))))
                .findFirst()
                .orElseThrow();
    }

    /** All files but those of the spool and the results. */
    private static Set<Path> outside(NodeFolder files) throws IOException {
        DataSettings data = files.settings().data();
        List<Path> changing = List.of(data.spool(), data.results(), data.work());
        try (Stream<Path> all = Files.walk(files.folder().getParent())) {
            return all.filter(path -> changing.stream().noneMatch(path::startsWith))
                    .collect(Collectors.toSet());
        }
    }

    /** Four of five have a spoiled data set; of the others the bytes of the request itself are spoiled. */
    private void send(Sample sample, int port, int number) throws IOException {
        boolean request = number % 5 == 0;
        byte[] dataSet = request ? sample.dataSet() : spoil(sample.dataSet());
        byte[] whole = RawAssociation.storeRequest(sample.sopClass(), sample.instance(), dataSet);
        byte[] sent = request ? spoil(whole) : whole;
        try (RawAssociation association =
                new RawAssociation(port, "FUZZ" + number % 50, "SEGNODE", sample.sopClass(), sample.syntax())) {
            if (!association.answer().equals(List.of(RawAssociation.A_ASSOCIATE_AC, 0))) {
                count("context refused");
                return;
            }
            association.send(sent);
            association.sendNoMore();
            count(String.format("%04X", association.status()));
        } catch (IOException e) {
            count("association ended");
        }
    }

    private void count(String answer) {
        answers.merge(answer, 1, Integer::sum);
    }

    /** Exchanges, takes out, repeats or cuts off bytes; mostly near the beginning, where the structure is. */
    private byte[] spoil(byte[] whole) {
        byte[] spoiled =
                random.nextInt(4) == 0 ? Arrays.copyOf(whole, random.nextInt(whole.length + 1)) : whole.clone();
        for (int n = 1 + random.nextInt(8); n > 0 && spoiled.length > 0; n--) {
            int at = random.nextInt(random.nextBoolean() ? spoiled.length : Math.min(1500, spoiled.length));
            switch (random.nextInt(4)) {
                case 0 -> spoiled[at] = (byte) 0xff;
                case 1 -> spoiled[at] = 0;
                case 2 -> System.arraycopy(spoiled, at, spoiled, at / 2, Math.min(8, spoiled.length - at));
                default -> spoiled[at] = (byte) random.nextInt(256);
            }
        }
        return spoiled;
    }
}
