package org.segnode.cli.node;

import java.io.IOException;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.segnode.model.ModelPackage;
import org.segnode.model.ModelPackages;
import org.segnode.network.TorchEngine;
import org.segnode.node.settings.Rule;
import org.segnode.node.settings.Settings;

/** Looks at the models that the rules name, and at the device they are to compute on. */
final class ModelCheck {
    private final Settings settings;
    private final Consumer<Finding> findings;

    ModelCheck(Settings settings, Consumer<Finding> findings) {
        this.settings = settings;
        this.findings = findings;
    }

    void run() {
        TreeSet<String> named = new TreeSet<>();
        for (Rule rule : settings.rules()) {
            named.addAll(rule.models());
            rule.crop().ifPresent(crop -> named.add(crop.model()));
        }
        if (named.isEmpty()) {
            findings.accept(Finding.wrong("rules", "none names a model: no series would be segmented"));
            return;
        }
        named.forEach(this::model);
        device();
    }

    private void model(String id) {
        String subject = "model " + id;
        try {
            ModelPackage model = new ModelPackages(settings.data().models()).open(id);
            findings.accept(
                    model.description().orientation().isPresent()
                            ? Finding.ok(subject, model.description().version() + " in " + model.folder())
                            : Finding.wrong(
                                    subject, "its model.json does not say the orientation of its training files"));
        } catch (IOException | RuntimeException e) {
            findings.accept(Finding.wrong(subject, e));
        }
    }

    private void device() {
        String device = settings.worker().device().toString();
        try {
            int cards = TorchEngine.graphicsCards();
            String found = "PyTorch " + TorchEngine.version() + ", graphics cards: " + cards;
            boolean usable = !device.startsWith("cuda") || cards > 0;
            findings.accept(new Finding("device " + device, usable, found));
        } catch (RuntimeException e) {
            findings.accept(Finding.wrong("device " + device, e));
        }
    }
}
