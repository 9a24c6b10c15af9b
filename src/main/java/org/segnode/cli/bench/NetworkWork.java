package org.segnode.cli.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.segnode.network.ComputeDevice;
import org.segnode.network.Network;
import org.segnode.network.NetworkScript;
import org.segnode.network.NetworkScript.Kind;
import org.segnode.network.NetworkScript.Parameter;
import org.segnode.network.Tensor;
import org.segnode.network.Variant;
import org.segnode.plan.Configuration;
import org.segnode.plan.Plans;

/** One network with random weights in several variants. */
final class NetworkWork implements AutoCloseable {
    private static final int HEADS = 3;

    private final int[] axes;
    private final Map<Variant, Network> networks = new EnumMap<>(Variant.class);
    private final Random random = new Random(1);

    private NetworkWork(int[] axes) {
        this.axes = axes;
    }

    /** The network of {@code 3d_fullres} for one channel. */
    static NetworkWork load(Path plans, List<Variant> variants) throws IOException {
        Configuration configuration = Plans.read(plans).configuration("3d_fullres");
        NetworkWork work = new NetworkWork(configuration.patchSizeArray());
        try {
            for (Variant variant : variants) {
                NetworkScript script = NetworkScript.of(configuration.architecture(), 1, HEADS, variant);
                work.networks.put(variant, Network.load(script, work.weights(script), ComputeDevice.CPU));
            }
            return work;
        } catch (IOException | RuntimeException e) {
            work.close();
            throw e;
        }
    }

    /** Numbers of usual size: with others processors are slower. */
    private Map<String, Tensor> weights(NetworkScript script) {
        Map<String, Tensor> weights = new HashMap<>();
        for (Parameter parameter : script.parameters()) {
            long count = Arrays.stream(parameter.shape()).reduce(1, Math::multiplyExact);
            long inputs = parameter.shape().length > 1 ? count / parameter.shape()[0] : 1;
            float[] values = new float[Math.toIntExact(count)];
            for (int i = 0; i < values.length; i++) {
                values[i] =
                        parameter.kind() == Kind.NORM ? 1 : (float) (random.nextGaussian() * Math.sqrt(2.0 / inputs));
            }
            weights.put(parameter.name(), Tensor.of(parameter.shape(), values));
        }
        return weights;
    }

    /** For one tile of a batch. */
    double seconds(Variant variant, int batch) {
        float[] tiles = new float[batch * Arrays.stream(axes).reduce(1, Math::multiplyExact)];
        for (int i = 0; i < tiles.length; i++) {
            tiles[i] = (float) random.nextGaussian();
        }
        long start = System.nanoTime();
        Objects.requireNonNull(networks.get(variant)).forward(tiles, batch, axes);
        return (System.nanoTime() - start) / 1e9 / batch;
    }

    @Override
    public void close() {
        networks.values().forEach(Network::close);
    }
}
