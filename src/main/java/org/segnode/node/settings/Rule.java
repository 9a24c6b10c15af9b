package org.segnode.node.settings;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.segnode.dicom.GeometryPolicy;
import org.segnode.ledger.Crop;

/**
 * Which models compute which series.
 *
 * @param when what a series must be
 * @param models ids of the models, each of which makes a result
 * @param every whether every matching series of a study is computed, not only the best
 * @param preferKernels convolution kernels, the most wanted first
 * @param crop where the models' surroundings come from another model
 * @param geometry what is repaired of a series that is no straight, even stack
 * @param expected objects that such a series has when it is complete; empty if it is not known
 * @param inputs series that the models compute together, one for each channel in its order; empty: one series, that of
 *     {@code when}
 * @param resample whether an input on another grid is interpolated onto that of the first
 * @param expectedSeries series descriptions that a study has when it is complete
 * @param destinations names; empty: all destinations
 */
public record Rule(
        String name,
        Conditions when,
        List<String> models,
        boolean every,
        List<Pattern> preferKernels,
        Optional<Crop> crop,
        GeometryPolicy geometry,
        OptionalInt expected,
        List<ChannelInput> inputs,
        boolean resample,
        List<Pattern> expectedSeries,
        List<String> destinations) {
    public Rule {
        models = List.copyOf(models);
        preferKernels = List.copyOf(preferKernels);
        inputs = List.copyOf(inputs);
        expectedSeries = List.copyOf(expectedSeries);
        destinations = List.copyOf(destinations);
    }

    static Rule read(Section in) {
        Rule read = new Rule(
                in.required("name"),
                Conditions.read(in.section("when", false)),
                in.texts("models"),
                in.flag("every", false),
                in.values("prefer-kernels", List.of(), Section::regex),
                in.has("crop") ? Optional.of(crop(in.section("crop", false))) : Optional.empty(),
                GeometrySettings.read(in.section("geometry", false)),
                in.value("expected", OptionalInt.empty(), Rule::expected),
                in.sections("inputs").stream().map(ChannelInput::read).toList(),
                in.flag("resample", false),
                in.values("expected-series", List.of(), Section::regex),
                in.texts("destinations"));
        if (read.models.isEmpty()) {
            in.complain("names no models");
        }
        complainOfInputs(in, read);
        in.finish();
        return read;
    }

    private static void complainOfInputs(Section in, Rule read) {
        if (read.inputs.size() == 1) {
            in.complain("has one input: one series is asked for by when");
        }
        if (!read.inputs.isEmpty() && (in.has("when") || read.every)) {
            in.complain("has inputs, so it can have neither when nor every");
        }
        long names = read.inputs.stream().map(ChannelInput::channel).distinct().count();
        if (names < read.inputs.size()) {
            in.complain("has two inputs of one channel");
        }
    }

    private static OptionalInt expected(String text) {
        if (!text.matches("[1-9]\\d{0,5}")) {
            throw new IllegalArgumentException("must be a number of objects from 1 to 999999, is \"" + text + "\"");
        }
        return OptionalInt.of(Integer.parseInt(text));
    }

    private static Crop crop(Section in) {
        Crop read = new Crop(in.required("from"), in.value("margin", 20.0, Units::millimetres));
        in.finish();
        return read;
    }
}
