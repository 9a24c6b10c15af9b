package org.segnode.network;

import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.segnode.plan.Architecture;
import org.segnode.plan.Architecture.NormKind;

/**
 * A network and its loss as one TorchScript module: what DJL differentiates must not hold numbers that live in Java's
 * memory, and constants of the script do not.
 */
public final class LossScript {
    private static final String WITHOUT_MASK = "None";

    private LossScript() {}

    /**
     * The network with deep supervision and a second method {@code loss(x, target0, target1, …)}.
     *
     * @throws IllegalArgumentException if the weights are not one per output, or the network has batch normalisation,
     *     whose statistics this script would not follow
     */
    public static NetworkScript of(Architecture architecture, int channels, int heads, Loss loss) {
        int outputs = architecture.stages() - 1;
        if (loss.weights().size() != outputs) {
            throw new IllegalArgumentException("the network has " + outputs + " outputs, the loss has "
                    + loss.weights().size() + " weights");
        }
        if (architecture.norm().kind() == NormKind.BATCH) {
            throw new IllegalArgumentException("networks with batch normalisation cannot be trained, only used");
        }
        NetworkScript script = NetworkScript.withDeepSupervision(architecture, channels, heads);
        String source = script.source() + sum(loss) + ofOutput(loss, architecture.dimensions(), heads);
        return new NetworkScript(source, script.parameters(), script.variant(), script.dimensions(), channels, heads);
    }

    private static String sum(Loss loss) {
        String targets = IntStream.range(0, loss.weights().size())
                .mapToObj(i -> ",\n    target" + i + ": Tensor")
                .collect(Collectors.joining());
        StringBuilder text = new StringBuilder("  def loss(self: __torch__.Network,\n    x: Tensor")
                .append(targets)
                .append(") -> Tensor:\n    outputs = (self).forward(x, )\n");
        String total = "";
        for (int i = 0; i < loss.weights().size(); i++) {
            double weight = loss.weights().get(i);
            if (weight > 0) {
                text.append("    part").append(i).append(" = ");
                text.append("torch.mul((self).output_loss(outputs[" + i + "], target" + i + ", ), ");
                text.append(ScriptText.number(weight)).append(")\n");
                total = total.isEmpty() ? "part" + i : "torch.add(" + total + ", part" + i + ")";
            }
        }
        return text.append("    return ").append(total).append('\n').toString();
    }

    private static String ofOutput(Loss loss, int dimensions, int heads) {
        StringJoiner lines = new StringJoiner("\n    ", "    ", "\n");
        (loss.regions() ? regions(loss, heads) : labels(loss)).forEach(lines::add);
        boolean masked = loss.ignore().isPresent();
        dice(loss, dimensions, masked ? "mask" : WITHOUT_MASK).forEach(lines::add);
        lines.add("return torch.sub(entropy, torch.mean(dice))");
        return """
                  def output_loss(self: __torch__.Network,
                    logits: Tensor,
                    target: Tensor) -> Tensor:
                """ + lines;
    }

    /** Defines entropy, p and g of the foreground [batch, class, axes…], and mask. */
    private static List<String> labels(Loss loss) {
        String common = """
                index = torch.to(target, 4)
                all = torch.softmax(logits, 1)
                p = torch.slice(all, 1, 1)
                """;
        String entropy = loss.ignore().isEmpty()
                ? """
                entropy = torch.cross_entropy_loss(logits, torch.select(index, 1, 0), None, 1, -100, 0.)
                found = index
                """
                : String.format(Locale.ROOT, """
                mask = torch.to(torch.ne(index, %1$d), 6)
                found = torch.mul(index, torch.ne(index, %1$d))
                valid = torch.clamp_min(torch.sum(mask), 1)
                sum = torch.cross_entropy_loss(logits, torch.select(index, 1, 0), None, 2, %1$d, 0.)
                entropy = torch.div(sum, valid)
                """, loss.ignore().getAsInt());
        String oneHot = "g = torch.slice(torch.scatter(torch.zeros_like(all), 1, found, 1.), 1, 1)";
        return (common + entropy + oneHot).lines().toList();
    }

    /** The same for regions; the mean of the binary entropy is over voxels, not over channels, where some are ignored. */
    private static List<String> regions(Loss loss, int heads) {
        String text = loss.ignore().isEmpty() ? """
                p = torch.sigmoid(logits)
                g = torch.to(target, 6)
                entropy = torch.binary_cross_entropy_with_logits(logits, g, None, None, 1)
                """ : String.format(Locale.ROOT, """
                p = torch.sigmoid(logits)
                g = torch.to(torch.slice(target, 1, 0, %1$d), 6)
                mask = torch.rsub(torch.to(torch.slice(target, 1, %1$d), 6), 1)
                voxelwise = torch.binary_cross_entropy_with_logits(logits, g, None, None, 0)
                valid = torch.clamp_min(torch.sum(mask), 1e-8)
                entropy = torch.div(torch.sum(torch.mul(voxelwise, mask)), valid)
                """, heads);
        return text.lines().toList();
    }

    /** Soft Dice of each class, and of each sample unless over the batch; smoothed by 1e-5. */
    private static List<String> dice(Loss loss, int dimensions, String mask) {
        List<Integer> axes = IntStream.range(2, dimensions + 2).boxed().toList();
        boolean masked = !mask.equals(WITHOUT_MASK);
        String over = loss.batchDice() ? "torch.sum(torch.sum(%s, " + axes + "), [0])" : "torch.sum(%s, " + axes + ")";
        return List.of(
                "q = " + (masked ? "torch.mul(p, mask)" : "p"),
                "h = " + (masked ? "torch.mul(g, mask)" : "g"),
                "both = " + String.format(Locale.ROOT, over, "torch.mul(q, g)"),
                "size = torch.add(" + String.format(Locale.ROOT, over, "q") + ", "
                        + String.format(Locale.ROOT, over, "h") + ")",
                "lower = torch.clamp_min(torch.add(size, 1.0000000000000001e-05), 1e-08)",
                "dice = torch.div(torch.add(torch.mul(both, 2), 1.0000000000000001e-05), lower)");
    }
}
