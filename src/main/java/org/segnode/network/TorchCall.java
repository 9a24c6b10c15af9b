package org.segnode.network;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.segnode.volume.io.PickleGlobal;

/**
 * A harmless call in a checkpoint that is kept as it is, for example {@code torch.device("cuda", 0)}.
 *
 * @param arguments {@code null} for None
 */
public record TorchCall(PickleGlobal global, List<@Nullable Object> arguments) {}
