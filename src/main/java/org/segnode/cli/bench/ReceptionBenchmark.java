package org.segnode.cli.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
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
    private final Path folder;
    private final List<Path> files;
    private final Map<Path, byte[]> contents = new HashMap<>();
    private final boolean storescu;
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
        this.storescu = !ownSender && StorageProgram.isInstalled("storescu");
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

    /**
     * @param associations at the same time
     * @return objects per second, ours first
     */
    List<BenchRounds.Result> run(int rounds, int associations) throws IOException, InterruptedException {
        BenchRounds contest = new BenchRounds();
        contest.enter("segnode", () -> new double[] {segnode(associations)});
        contest.enter("write and sync", () -> new double[] {writeAndSync(associations)});
        if (StorageProgram.isInstalled("storescp")) {
            contest.enter("storescp (no sync)", () -> new double[] {program(StorageProgram::storescp, associations)});
        }
        if (StorageProgram.isInstalled("Orthanc")) {
            contest.enter("Orthanc", () -> new double[] {program(StorageProgram::orthanc, associations)});
        }
        return contest.run(rounds, 1).get(0);
    }

    /**
     * Whole nodes, on one association.
     *
     * @param rows series, and as many jobs, that the database of one holds
     * @return objects per second, that of the full database first
     */
    List<BenchRounds.Result> runNodes(int rounds, int rows) throws IOException, InterruptedException {
        try (BenchNode full = new BenchNode(folder.resolve("full"), rows);
                BenchNode empty = new BenchNode(folder.resolve("empty"), 0)) {
            BenchRounds contest = new BenchRounds();
            contest.enter("node, " + rows + " series and jobs", () -> new double[] {node(full)});
            contest.enter("node, empty database", () -> new double[] {node(empty)});
            return contest.run(rounds, 2).get(0);
        }
    }

    private double node(BenchNode node) throws IOException, InterruptedException {
        node.forgetObjects();
        return rate(1, some -> send(new RemoteAe(StorageProgram.AET, "127.0.0.1", node.port()), some));
    }

    /** Starts a program in a folder. */
    private interface Start {
        StorageProgram in(Path folder) throws IOException, InterruptedException;
    }

    private double program(Start start, int associations) throws IOException, InterruptedException {
        Path target = nextFolder();
        try (StorageProgram program = start.in(target)) {
            return rate(
                    associations, some -> send(new RemoteAe(StorageProgram.AET, "127.0.0.1", program.port()), some));
        } finally {
            delete(target);
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
        try (StorageScp scp = new StorageScp(
                ScpConfiguration.of(StorageProgram.AET, "127.0.0.1", 0), new Spool(target), new Nobody())) {
            scp.start();
            return rate(associations, some -> send(new RemoteAe(StorageProgram.AET, "127.0.0.1", scp.port()), some));
        } finally {
            delete(target);
        }
    }

    private void send(RemoteAe peer, List<Path> some) throws Exception {
        if (!storescu) {
            new StorageScu("BENCHSCU").send(peer, some);
            return;
        }
        List<String> arguments =
                new ArrayList<>(List.of("-aec", peer.aet(), peer.host(), Integer.toString(peer.port())));
        some.forEach(file -> arguments.add(file.toString()));
        int code = StorageProgram.start("storescu", arguments.toArray(String[]::new))
                .waitFor();
        if (code != 0) {
            throw new TemporaryException("storescu ended with exit code " + code);
        }
    }

    /** Gives each thread every n-th file, and times all of them together. */
    private double rate(int threads, Part part) throws IOException, InterruptedException {
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
            writeOut();
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

    /** So that nobody pays for what the one before has left to be written. */
    private static void writeOut() throws IOException, InterruptedException {
        if (StorageProgram.isInstalled("sync")) {
            StorageProgram.start("sync").waitFor();
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

    private static void delete(Path target) throws IOException {
        deleteBelow(target, path -> true);
    }

    /** Removes what is wanted in a folder, from the innermost to the folder itself. */
    static void deleteBelow(Path target, Predicate<Path> wanted) throws IOException {
        try (Stream<Path> below = Files.walk(target)) {
            for (Path path :
                    below.filter(wanted).sorted(Comparator.reverseOrder()).toList()) {
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
