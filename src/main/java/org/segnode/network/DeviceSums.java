package org.segnode.network;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.segnode.volume.io.PickleWriter;

/**
 * Weighted sums of tiles in half precision that stay on the network's device. Holds native memory until closed.
 */
public final class DeviceSums implements AutoCloseable {
    private static final String SOURCE = """
            class Sums(Module):
              __parameters__ = []
              __buffers__ = []
              training : bool
              def add_back(self: __torch__.Sums,
                sum: Tensor,
                output: Tensor,
                index: int,
                axes: List[int]) -> Tensor:
                return torch.add_(sum, torch.flip(torch.select(output, 0, index), axes))
              def place(self: __torch__.Sums,
                total: Tensor,
                value: Tensor,
                start: List[int],
                end: List[int]) -> Tensor:
                a = torch.slice(total, 1, start[0], end[0])
                b = torch.slice(a, 2, start[1], end[1])
                c = torch.slice(b, 3, start[2], end[2])
                return torch.add_(c, value)
              def weighted(self: __torch__.Sums,
                sum: Tensor,
                weights: Tensor,
                passes: int,
                shape: List[int]) -> Tensor:
                return torch.mul(torch.reshape(torch.div(sum, passes), shape), weights)
              def mean(self: __torch__.Sums,
                total: Tensor,
                counts: Tensor) -> Tensor:
                return torch.div_(total, counts)
            """;

    private final PtNDManager manager;
    private final PtSymbolBlock block;
    private final int[] patch;
    private final int heads;
    private final PtNDArray weights;
    private final PtNDArray total;
    private final PtNDArray counts;
    private PtNDArray sum;

    private DeviceSums(PtNDManager manager, PtSymbolBlock block, int heads, int[] shape, int[] patch, float[] weights) {
        this.manager = manager;
        this.block = block;
        this.heads = heads;
        this.patch = patch;
        this.weights = (PtNDArray) manager.create(weights, new Shape(1, patch[0], patch[1], patch[2]))
                .toType(DataType.FLOAT16, false);
        this.total = (PtNDArray) manager.zeros(new Shape(heads, shape[0], shape[1], shape[2]), DataType.FLOAT16);
        this.counts = (PtNDArray) manager.zeros(new Shape(1, shape[0], shape[1], shape[2]), DataType.FLOAT16);
        this.sum = emptySum();
    }

    /**
     * @param shape slices, rows, columns of the volume
     * @param patch the same of a tile
     * @param weights one per voxel of a tile, half-precision numbers
     * @throws DeviceMemoryException if the device has not enough memory
     */
    static DeviceSums create(ComputeDevice device, int heads, int[] shape, int[] patch, float[] weights)
            throws IOException {
        Path file = Files.createTempFile("segnode-sums", ".pt");
        PtNDManager manager = (PtNDManager) TorchEngine.engine().newBaseManager(TorchEngine.device(device));
        try {
            write(file);
            PtSymbolBlock block = JniUtils.loadModule(manager, file, false, new String[0], new String[0], false);
            return new DeviceSums(manager, block, heads, shape, patch, weights);
        } catch (EngineException e) {
            manager.close();
            throw DeviceMemoryException.unlessOther(e);
        } catch (IOException e) {
            manager.close();
            throw e;
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private static void write(Path file) throws IOException {
        PickleWriter module = new PickleWriter((out, value) -> false).global("__torch__", "Sums");
        module.raw(')', 0x81, '}', '(').value("training").value(false).raw('u', 'b');
        try (ArchiveWriter archive = new ArchiveWriter(file, "archive")) {
            archive.put("data.pkl", module.finish());
            archive.put("byteorder", "little");
            archive.put("code/__torch__.py", SOURCE);
            archive.put(
                    "constants.pkl",
                    new PickleWriter((out, value) -> false).raw(')').finish());
            archive.put("version", "3\n");
        }
    }

    private PtNDArray emptySum() {
        long[] shape = {heads, patch[0], patch[1], patch[2]};
        return (PtNDArray) manager.zeros(new Shape(shape), DataType.FLOAT32);
    }

    /**
     * Adds one tile of a batch, turned back, to the sum of the tile's passes.
     *
     * @param output [batch, head, axes…] of the network
     * @param flipped whether slice, row, column run backwards in it
     */
    void addPass(NDManager step, PtNDArray output, int index, boolean[] flipped) {
        int missing = 5 - output.getShape().dimension(); // a network of two dimensions has no slice axis
        PtNDArray whole = missing == 0
                ? output
                : (PtNDArray) output.reshape(output.getShape().get(0), heads, patch[0], patch[1], patch[2]);
        long[] axes = new long[(flipped[0] ? 1 : 0) + (flipped[1] ? 1 : 0) + (flipped[2] ? 1 : 0)];
        int count = 0;
        for (int axis = 0; axis < 3; axis++) {
            if (flipped[axis]) {
                axes[count++] = axis + 1L;
            }
        }
        try (IValue target = IValue.from(sum);
                IValue source = IValue.from(whole);
                IValue which = IValue.from(index);
                IValue turned = IValue.listFrom(axes);
                IValue result = IValueUtils.runMethod(block, "add_back", target, source, which, turned)) {
            result.toTensor((PtNDManager) step);
        }
    }

    /** Adds the mean of the tile's passes, weighted, to the volume, and begins a new tile. */
    void finishTile(NDManager step, int[] start, int passes) {
        long[] from = new long[3];
        long[] to = new long[3];
        for (int axis = 0; axis < 3; axis++) {
            from[axis] = start[axis];
            to[axis] = from[axis] + (long) patch[axis];
        }
        try (IValue tile = IValue.from(sum);
                IValue weight = IValue.from(weights);
                IValue number = IValue.from(passes);
                IValue shape = IValue.listFrom(heads, patch[0], patch[1], patch[2]);
                IValue weighted = IValueUtils.runMethod(block, "weighted", tile, weight, number, shape)) {
            add((PtNDManager) step, total, weighted, from, to);
            add((PtNDManager) step, counts, weight, from, to);
        }
        sum.close();
        sum = emptySum();
    }

    private void add(PtNDManager step, PtNDArray target, IValue value, long[] from, long[] to) {
        try (IValue sums = IValue.from(target);
                IValue first = IValue.listFrom(from);
                IValue last = IValue.listFrom(to);
                IValue result = IValueUtils.runMethod(block, "place", sums, value, first, last)) {
            result.toTensor(step);
        }
    }

    /** The weighted means, one array of half-precision bits per head; the sums are used up. */
    public short[][] means() {
        try (NDManager step = manager.newSubManager();
                IValue sums = IValue.from(total);
                IValue divisor = IValue.from(counts);
                IValue result = IValueUtils.runMethod(block, "mean", sums, divisor)) {
            PtNDArray means = result.toTensor((PtNDManager) step);
            short[][] heads = new short[this.heads][];
            for (int head = 0; head < heads.length; head++) {
                ByteBuffer bytes = means.get(head).toByteBuffer().order(ByteOrder.nativeOrder());
                heads[head] = new short[bytes.remaining() / 2];
                bytes.asShortBuffer().get(heads[head]);
            }
            return heads;
        }
    }

    @Override
    public void close() {
        block.close();
        manager.close();
    }
}
