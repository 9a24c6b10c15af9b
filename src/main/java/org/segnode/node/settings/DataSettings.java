package org.segnode.node.settings;

import java.nio.file.Path;

/**
 * Where the node keeps what it must not lose.
 *
 * @param folder holds {@code spool}, {@code work}, {@code results} and the database: the one folder to back up
 * @param models folder of model folders
 * @param reserve bytes of the disk that stay free; below it objects are refused at the door
 */
public record DataSettings(Path folder, Path models, long reserve) {
    public Path spool() {
        return folder.resolve("spool");
    }

    public Path work() {
        return folder.resolve("work");
    }

    public Path results() {
        return folder.resolve("results");
    }

    static DataSettings read(Section in, Path base) {
        Path folder = in.path("folder", base.resolve("data"));
        DataSettings read = new DataSettings(
                folder, in.path("models", folder.resolve("models")), in.bytes("reserve", 2_000_000_000L));
        in.finish();
        return read;
    }
}
