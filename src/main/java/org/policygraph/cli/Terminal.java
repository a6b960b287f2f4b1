package org.policygraph.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/// Where words come from and go to: results to `out`, everything else to `err`, both in UTF-8.
/// @param out         fails when nobody reads any more, unlike a `PrintStream`
/// @param person      whether a person looks at `out`
/// @param personAtErr whether a person looks at `err`
record Terminal(InputStream in, OutputStream out, PrintStream err, boolean person, boolean personAtErr) {

    static Terminal ofProcess() {
        return new Terminal(System.in,
                new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 1 << 16),
                new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
                isTerminal("out"), isTerminal("err"));
    }

    // The launcher knows which of the two is a terminal; Java alone only knows of both at once.
    private static boolean isTerminal(String stream) {
        var told = System.getProperty("policygraph.terminal." + stream);
        return told == null ? System.console() != null && System.console().isTerminal() : Boolean.parseBoolean(told);
    }

    /// A result that is lines of text.
    void print(String text) throws java.io.IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
