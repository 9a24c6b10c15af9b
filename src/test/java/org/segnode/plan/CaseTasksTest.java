package org.segnode.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CaseTasksTest {
    private static final long MEGABYTE = 1 << 20;

    @Test
    void runsOnlyAsManyAtATimeAsFitIntoMemory() throws Exception {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        List<CaseTasks.Task<Integer>> tasks = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            int index = i;
            tasks.add(new CaseTasks.Task<>(40 * MEGABYTE, () -> {
                most.accumulateAndGet(running.incrementAndGet(), Math::max);
                Thread.sleep(5);
                running.decrementAndGet();
                return index;
            }));
        }
        List<Integer> done = new ArrayList<>();
        List<Integer> results = new CaseTasks(8, 100, done::add).run(tasks);
        assertThat(results).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
        assertThat(done).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
        assertThat(most.get()).isLessThanOrEqualTo(2);
    }

    @Test
    void runsATaskThatIsTooLargeAlone() throws Exception {
        List<CaseTasks.Task<String>> tasks = List.of(new CaseTasks.Task<>(1000 * MEGABYTE, () -> "done"));
        assertThat(new CaseTasks(8, 100, count -> {}).run(tasks)).containsExactly("done");
    }

    @Test
    void throwsWhatTheFirstTaskThrewAndRefusesNoThreads() {
        List<CaseTasks.Task<String>> tasks = List.of(new CaseTasks.Task<>(1, () -> {
            throw new IOException("spoiled");
        }));
        assertThatThrownBy(() -> CaseTasks.of(2).run(tasks))
                .isInstanceOf(IOException.class)
                .hasMessage("spoiled");
        assertThatThrownBy(() -> CaseTasks.of(0)).hasMessage("cases at a time (-np) must be from 1 to 256, is 0");
    }
}
