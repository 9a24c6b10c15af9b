package org.segnode.node.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.segnode.pacs.Caller;
import org.segnode.pacs.Network;

/** Who may call, as the settings say it. */
class CallersSettingsTest {
    @TempDir
    Path folder;

    private List<Caller> read(String yaml) throws IOException {
        Path file = Files.writeString(folder.resolve("segnode.yaml"), yaml);
        return Settings.read(file, Map.of()).reception().callers();
    }

    private List<String> complaintsOf(String yaml) throws IOException {
        Path file = Files.writeString(folder.resolve("segnode.yaml"), yaml);
        return catchThrowableOfType(SettingsException.class, () -> Settings.read(file, Map.of()))
                .complaints();
    }

    @Test
    void titlesAloneMayDoEverythingFromAnywhere() throws IOException {
        assertThat(read("reception: {callers: [CT1, PACS]}"))
                .containsExactly(Caller.named("CT1"), Caller.named("PACS"));
    }

    @Test
    void sectionsSayFromWhereAndWhatFor() throws IOException {
        assertThat(read("""
                reception:
                  callers:
                    - {aet: CT1, from: [10.1.0.0/16, 127.0.0.1], may: store}
                    - {from: 10.2.0.0/16, may: [echo]}
                    - {aet: PACS}
                """))
                .containsExactly(
                        new Caller(
                                Optional.of("CT1"),
                                List.of(Network.parse("10.1.0.0/16"), Network.parse("127.0.0.1")),
                                Set.of(Caller.Permission.STORE)),
                        new Caller(
                                Optional.empty(),
                                List.of(Network.parse("10.2.0.0/16")),
                                Set.of(Caller.Permission.ECHO)),
                        Caller.named("PACS"));
    }

    @Test
    void whatCannotBeMeantIsRefused() throws IOException {
        assertThat(complaintsOf("reception: {callers: [{may: store}]}"))
                .containsExactly("line 1: reception.callers[1] needs aet or from");
        assertThat(complaintsOf("reception: {callers: [{aet: A, may: [print]}]}"))
                .containsExactly("line 1: reception.callers[1].may must be store or echo, is \"print\"");
        assertThat(complaintsOf("reception: {callers: [{aet: A, from: 10.0.0.0/33}]}"))
                .containsExactly("line 1: reception.callers[1].from a network has at most 32 bits, is \"10.0.0.0/33\"");
        assertThat(complaintsOf("reception: {callers: [{aet: A}, B]}"))
                .containsExactly("line 1: reception.callers[2] is a section with keys");
        assertThat(complaintsOf("reception: {non-images: maybe}"))
                .containsExactly("line 1: reception.non-images must be keep or refuse, is \"maybe\"");
    }
}
