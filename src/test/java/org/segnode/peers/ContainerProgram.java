package org.segnode.peers;

import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Volume;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * A program in a container. It shares the network of this machine, sees the folder at the same path, and runs as the
 * folder's owner, so that command lines are those of {@link ProcessProgram}.
 */
final class ContainerProgram implements Program {
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final GenericContainer<?> container;

    private ContainerProgram(GenericContainer<?> container) {
        this.container = container;
    }

    @SuppressWarnings("resource") // closed by close()
    static ContainerProgram start(String image, List<String> command, Path folder) {
        String path = folder.toAbsolutePath().toString();
        String owner = owner(folder);
        GenericContainer<?> container = new GenericContainer<>(DockerImageName.parse(image))
                .withNetworkMode("host")
                .withEnv(Mode.ENVIRONMENT)
                .withWorkingDirectory(path)
                .withCreateContainerCmdModifier(create -> {
                    create.withUser(owner).withEntrypoint(command.get(0)).withCmd(command.subList(1, command.size()));
                    create.getHostConfig().withBinds(new Bind(path, new Volume(path)));
                });
        container.setWaitStrategy(new NoWait());
        container.start();
        return new ContainerProgram(container);
    }

    private static String owner(Path folder) {
        try {
            return Files.getAttribute(folder, "unix:uid") + ":" + Files.getAttribute(folder, "unix:gid");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public boolean isRunning() {
        return container.isRunning();
    }

    @Override
    public int await(Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        while (container.isRunning()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("still running after " + atMost.toSeconds() + " s: " + output());
            }
            Thread.sleep(PAUSE.toMillis());
        }
        return Math.toIntExact(container.getCurrentContainerInfo().getState().getExitCodeLong());
    }

    @Override
    public String output() {
        return container.getLogs();
    }

    @Override
    public void close() {
        container.stop();
    }

    /** Programs may end before anybody could look; readiness is a matter of {@link FreePort#awaitOpen}. */
    private static final class NoWait extends org.testcontainers.containers.wait.strategy.AbstractWaitStrategy {
        @Override
        protected void waitUntilReady() {}
    }
}
