package org.policygraph.serve;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import org.policygraph.limit.Allowance;
import org.policygraph.problem.Problem;
import org.policygraph.problem.ProblemException;
import org.policygraph.problem.Where;

/// An answer on its way out. A small one costs what it is long, is sent as a whole with its length, and until then may still
/// become a problem; of a large one each part is sent when it is full.
///
/// Who is done says so by [#finish]. What is only closed, because something went wrong, stays unfinished.
final class Outgoing extends OutputStream {

    private static final int LEAST = 512;
    private static final int PART = 32 * 1024;
    private static final long MEGABYTE = 1 << 20;

    private final HttpServletResponse response;
    private final long most;
    private byte[] part = new byte[LEAST];
    private int length;
    private long sent;

    /// @param most `--result-size`: bytes of one answer, before they are compressed
    Outgoing(HttpServletResponse response, long most) {
        this.response = response;
        this.most = most;
    }

    @Override public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override public void write(byte[] bytes, int offset, int count) throws IOException {
        if (sent + length + count > most) {
            throw new ProblemException(new Problem.Exceeded(new Where.Argument("query"), Problem.Bound.RESULT, RequestBounds.RESULT_SIZE,
                    "the answer has more than " + (most < MEGABYTE ? most + " bytes" : most / MEGABYTE + " MB") + "; ask for a part at a time, with LIMIT and OFFSET"));
        }
        for (var from = offset; from < offset + count;) {
            if (length == PART) {
                send();
            }
            var now = Math.min(offset + count - from, PART - length);
            if (length + now > part.length) {
                part = Arrays.copyOf(part, Math.clamp(Math.max(2L * part.length, length + now), 0, PART));
            }
            System.arraycopy(bytes, from, part, length, now);
            length += now;
            from += now;
        }
    }

    private void send() throws IOException {
        Allowance.check();
        response.getOutputStream().write(part, 0, length);
        sent += length;
        length = 0;
    }

    /// Writers flush when they please; it is sent when it is worth it.
    @Override public void flush() { }

    /// Sends the rest.
    void finish() throws IOException {
        Allowance.check();
        if (sent == 0) {
            response.setContentLength(length);
        }
        send();
    }

    /// How much has gone out, or would have.
    long written() {
        return sent + length;
    }
}
