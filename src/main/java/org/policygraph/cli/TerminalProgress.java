package org.policygraph.cli;

import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.policygraph.load.Progress;

/// A bar that moves where a person looks, a line for each step elsewhere.
final class TerminalProgress {

    private static final int WIDTH = 100;
    private static final int UPDATE_MILLISECONDS = 200;

    private TerminalProgress() {}

    static Progress on(Terminal terminal) {
        return terminal.personAtErr() ? (what, total) -> bar(terminal, what, total) : (what, _) -> line(terminal, what);
    }

    private static Progress.Task bar(Terminal terminal, String what, long total) {
        var bar = new ProgressBarBuilder().setTaskName(what).setInitialMax(total)
                .setStyle(ProgressBarStyle.UNICODE_BLOCK).setUpdateIntervalMillis(UPDATE_MILLISECONDS)
                .setConsumer(new ConsoleProgressBarConsumer(terminal.err(), WIDTH))
                .clearDisplayOnFinish().build();
        return new Progress.Task() {
            @Override public void at(long done) {
                bar.stepTo(done);
            }

            @Override public void close() {
                bar.close();
            }
        };
    }

    private static Progress.Task line(Terminal terminal, String what) {
        terminal.err().println(what);
        return new Progress.Task() {
            @Override public void at(long done) { }

            @Override public void close() { }
        };
    }
}
