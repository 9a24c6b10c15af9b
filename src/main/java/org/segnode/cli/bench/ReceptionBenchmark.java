package org.segnode.cli.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.segnode.TemporaryException;
import org.segnode.cli.terminal.Reason;
import org.segnode.pacs.ReceivedInstance;
import org.segnode.pacs.ReceptionListener;
import org.segnode.pacs.RemoteAe;
import org.segnode.pacs.ScpConfiguration;
import org.segnode.pacs.Spool;
import org.segnode.pacs.StorageScp;
import org.segnode.pacs.StorageScu;

/** The runs behind {@link BenchReceptionCommand}. A first round warms up and is not counted. */
final class ReceptionBenchmark implements AutoCloseable {
    private static final int[] ASSOCIATIONS = {1, 4};

    private final Path folder;
    private final List<Path> files;
    private final Map<Path, byte[]> contents = new HashMap<>();
    private final boolean storescu;
    private final boolean storescp;
    private int runs;

    /** Sends or writes a part of the files. */
    private interface Part {
        void run(List<Path> some) throws Exception;
    }

    ReceptionBenchmark(Path folder, int objects, int rows, boolean ownSender) throws IOException {
        Path disk = Files.createDirectories(folder).toAbsolutePath();
        this.folder = Files.createTempDirectory(disk, "reception-");
        this.files = NoiseObjects.write(this.folder.resolve("sent"), objects, rows);
        for (Path file : files) {
            contents.put(file, Files.readAllBytes(file));
        }
        this.storescu = !ownSender && isInstalled("storescu");
        this.storescp = isInstalled("storescp");
    }

    double objectBytes() {
        return Objects.requireNonNull(contents.get(files.get(0))).length;
    }

    String describe() {
        return files.size() + " objects of " + (long) objectBytes() + " bytes in " + folder + ", sent by "
                + (storescu ? "storescu" : "our own SCU") + ", "
                + Runtime.getRuntime().availableProcessors()
                + " processors, Java " + Runtime.version().feature();
    }

    /** @return objects per second, in the order of the runs */
    List<BenchRounds.Result> run(int rounds) throws IOException, InterruptedException {
        Map<String, List<Double>> rates = new LinkedHashMap<>();
        for (int round = 0; round <= rounds; round++) {
            for (int associations : ASSOCIATIONS) {
                boolean counts = round > 0;
                keep(rates, counts, "write and sync, " + associations + " threads", writeAndSync(associations));
                keep(rates, counts, "segnode, " + associations + " associations", segnode(associations));
                if (storescp) {
                    keep(rates, counts, "storescp (no sync), " + associations, storescp(associations));
                }
            }
        }
        List<BenchRounds.Result> results = new ArrayList<>();
        rates.forEach((what, all) -> results.add(new BenchRounds.Result(what, Spread.of(all))));
        return results;
    }

    private static void keep(Map<String, List<Double>> rates, boolean counts, String what, double rate) {
        if (counts) {
            rates.computeIfAbsent(what, key -> new ArrayList<>()).add(rate);
        }
    }

    private double writeAndSync(int threads) throws IOException, InterruptedException {
        Path target = nextFolder();
        double rate = rate(threads, some -> {
            for (Path file : some) {
                ByteBuffer bytes = ByteBuffer.wrap(Objects.requireNonNull(contents.get(file)));
                try (FileChannel out = FileChannel.open(
                        target.resolve(file.getFileName()), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                    out.write(bytes);
                    out.force(true);
                }
            }
        });
        delete(target);
        return rate;
    }

    private double segnode(int associations) throws IOException, InterruptedException {
        Path target = nextFolder();
        try (StorageScp scp =
                new StorageScp(ScpConfiguration.of("BENCH", "127.0.0.1", 0), new Spool(target), new Nobody())) {
            scp.start();
            return rate(associations, some -> send(new RemoteAe("BENCH", "127.0.0.1", scp.port()), some));
        } finally {
            delete(target);
        }
    }

    private double storescp(int associations) throws IOException, InterruptedException {
        Path target = nextFolder();
        int port = freePort();
        Process process =
                dcmtk("storescp", "--fork", "-aet", "BENCH", "-od", target.toString(), Integer.toString(port));
        try {
            awaitOpen(port);
            return rate(associations, some -> send(new RemoteAe("BENCH", "127.0.0.1", port), some));
        } finally {
            process.destroy();
            process.waitFor();
            delete(target);
        }
    }

    private void send(RemoteAe peer, List<Path> some) throws Exception {
        if (!storescu) {
            new StorageScu("BENCHSCU").send(peer, some);
            return;
        }
        List<String> command = new ArrayList<>(List.of("storescu", "-aec", peer.aet(), peer.host()));
        command.add(Integer.toString(peer.port()));
        some.forEach(file -> command.add(file.toString()));
        int code = dcmtk(command.toArray(String[]::new)).waitFor();
        if (code != 0) {
            throw new TemporaryException("storescu ended with exit code " + code);
        }
    }

    /** Gives each thread every n-th file, and times all of them together. */
    private double rate(int threads, Part part) throws InterruptedException {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Callable<Integer>> tasks = new ArrayList<>();
            for (int n = 0; n < threads; n++) {
                List<Path> some = everyNth(n, threads);
                tasks.add(() -> {
                    part.run(some);
                    return some.size();
                });
            }
            long start = System.nanoTime();
            for (Future<Integer> task : pool.invokeAll(tasks)) {
                task.get();
            }
            return files.size() / ((System.nanoTime() - start) / 1e9);
        } catch (ExecutionException e) {
            throw new TemporaryException("a run failed: " + Reason.of(e), e);
        } finally {
            pool.shutdown();
        }
    }

    private List<Path> everyNth(int first, int step) {
        List<Path> some = new ArrayList<>();
        for (int n = first; n < files.size(); n += step) {
            some.add(files.get(n));
        }
        return Collections.unmodifiableList(some);
    }

    private Path nextFolder() throws IOException {
        return Files.createDirectories(folder.resolve("run-" + runs++));
    }

    private static Process dcmtk(String... command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("TCP_NODELAY", "1"); // without it DCMTK waits about 40 ms per object
        return builder.start();
    }

    private static boolean isInstalled(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .anyMatch(place -> Files.isExecutable(Path.of(place, program)));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void awaitOpen(int port) throws IOException, InterruptedException {
        for (int tries = 0; tries < 100; tries++) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return;
            } catch (IOException e) {
                Thread.sleep(50);
            }
        }
        throw new IOException("storescp does not listen on port " + port);
    }

    private static void delete(Path target) throws IOException {
        try (Stream<Path> below = Files.walk(target)) {
            for (Path path : below.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    @Override
    public void close() throws IOException {
        delete(folder);
    }

    /** Nobody wants to know. */
    private static final class Nobody implements ReceptionListener {
        @Override
        public void received(ReceivedInstance instance) {}

        @Override
        public void associationEnded(long association, boolean released) {}
    }
}
