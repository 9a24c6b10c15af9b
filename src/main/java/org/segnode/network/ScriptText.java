package org.segnode.network;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The lines of a TorchScript method and the parameters they use. */
final class ScriptText {
    private final StringBuilder lines = new StringBuilder();
    private final Map<String, NetworkScript.Parameter> parameters = new LinkedHashMap<>();
    private int variables;

    /** @return the variable that holds the value of the expression */
    String assign(String expression, Object... arguments) {
        String variable = "v" + variables++;
        lines.append("    ").append(variable).append(" = ");
        lines.append(String.format(Locale.ROOT, expression, arguments)).append('\n');
        return variable;
    }

    /**
     * @param name as in nnU-Net's state_dict
     * @param kind what it is to the network
     * @return how the script refers to it
     */
    String parameter(String name, NetworkScript.Kind kind, long... shape) {
        String attribute = name.replace('.', '_');
        if (parameters.put(attribute, new NetworkScript.Parameter(attribute, name, kind, shape)) != null) {
            throw new IllegalStateException("two parameters are called " + attribute);
        }
        return "self." + attribute;
    }

    List<NetworkScript.Parameter> parameters() {
        return List.copyOf(parameters.values());
    }

    /** The class with its one method {@code forward}. */
    String module(String type, String result) {
        StringBuilder text = new StringBuilder("class Network(Module):\n  __parameters__ = [");
        parameters
                .keySet()
                .forEach(attribute -> text.append('"').append(attribute).append("\", "));
        text.append("]\n  __buffers__ = []\n  training : bool\n");
        parameters
                .keySet()
                .forEach(attribute -> text.append("  ").append(attribute).append(" : Tensor\n"));
        text.append("  def forward(self: __torch__.Network,\n    x: Tensor) -> ")
                .append(type)
                .append(":\n");
        return text.append(lines)
                .append("    return ")
                .append(result)
                .append('\n')
                .toString();
    }

    /** A list of numbers, one per axis. */
    static String list(List<Integer> numbers) {
        return numbers.toString();
    }

    static String list(int dimensions, int number) {
        return Collections.nCopies(dimensions, number).toString();
    }

    /** Digits enough that the same number comes back. */
    static String number(double value) {
        return String.format(Locale.ROOT, "%.17e", value);
    }
}
