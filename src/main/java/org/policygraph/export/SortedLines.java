package org.policygraph.export;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.jena.atlas.data.SerializationFactory;
import org.apache.jena.atlas.data.SortedDataBag;
import org.apache.jena.atlas.data.ThresholdPolicy;
import org.apache.jena.atlas.iterator.Iter;
import org.apache.jena.atlas.lib.Sink;

/// Lines of UTF-8 in the order of their bytes, each once: as many as there are, in as much memory as is given.
/// What is more waits in temporary files (`java.io.tmpdir`) until this is closed.
final class SortedLines implements AutoCloseable {

    private final SortedDataBag<byte[]> bag;

    /// @param memory bytes of lines to hold before they go to a file
    SortedLines(long memory) {
        bag = new SortedDataBag<>(new Threshold(memory), new Frames(), Arrays::compareUnsigned);
    }

    void add(byte[] line) {
        bag.add(line);
    }

    /// All lines, one after the other. Nothing can be added afterwards.
    InputStream read() {
        return new Reading(bag.iterator());
    }

    @Override public void close() {
        bag.close();
    }

    private static final class Threshold implements ThresholdPolicy<byte[]> {
        /// What an array and its place in the list cost beside the bytes in it.
        private static final int OVERHEAD = 24;

        private final long most;
        private long held;

        private Threshold(long most) {
            this.most = most;
        }

        @Override public void increment(byte[] line) {
            held += line.length + OVERHEAD;
        }

        @Override public boolean isThresholdExceeded() {
            return held >= most;
        }

        @Override public void reset() {
            held = 0;
        }
    }

    private static final class Reading extends InputStream {
        private final Iterator<byte[]> lines;
        private byte[] line = {};
        private int at;

        private Reading(Iterator<byte[]> lines) {
            this.lines = lines;
        }

        /// Whether there is another byte in the line, or another line.
        private boolean more() {
            while (at == line.length) {
                var before = line;
                do {
                    if (!lines.hasNext()) {
                        return false;
                    }
                    line = lines.next();
                } while (Arrays.equals(before, line));
                at = 0;
            }
            return true;
        }

        @Override public int read() {
            return more() ? line[at++] & 0xFF : -1;
        }

        @Override public int read(byte[] into, int offset, int length) {
            var read = 0;
            while (read < length && more()) {
                var part = Math.min(length - read, line.length - at);
                System.arraycopy(line, at, into, offset + read, part);
                at += part;
                read += part;
            }
            return read == 0 && length > 0 ? -1 : read;
        }

        @Override public void close() {
            Iter.close(lines);
        }
    }

    /// Each line with its length before it.
    private static final class Frames implements SerializationFactory<byte[]> {
        @Override public Sink<byte[]> createSerializer(OutputStream file) {
            var out = new DataOutputStream(file);
            return new Sink<>() {
                @Override public void send(byte[] line) {
                    try {
                        out.writeInt(line.length);
                        out.write(line);
                    } catch (IOException full) {
                        throw new UncheckedIOException(full);
                    }
                }

                @Override public void flush() { }

                @Override public void close() {
                    try {
                        out.close();
                    } catch (IOException full) {
                        throw new UncheckedIOException(full);
                    }
                }
            };
        }

        @Override public Iterator<byte[]> createDeserializer(InputStream file) {
            var in = new DataInputStream(file);
            return new Iterator<>() {
                private byte[] next = read();

                private byte[] read() {
                    try {
                        return in.readNBytes(in.readInt());
                    } catch (EOFException end) {
                        return null;
                    } catch (IOException broken) {
                        throw new UncheckedIOException(broken);
                    }
                }

                @Override public boolean hasNext() {
                    return next != null;
                }

                @Override public byte[] next() {
                    if (next == null) {
                        throw new NoSuchElementException();
                    }
                    var line = next;
                    next = read();
                    return line;
                }
            };
        }
    }
}
