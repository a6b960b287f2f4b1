package org.policygraph.load;

/// Hears how far long work has come.
public interface Progress {

    /// @param total how much there is to do, -1 where that is not known
    Task begin(String what, long total);

    interface Task extends AutoCloseable {
        /// @param done how much of the total is done
        void at(long done);

        @Override void close();
    }

    static Progress silent() {
        return (_, _) -> new Task() {
            @Override public void at(long done) { }

            @Override public void close() { }
        };
    }
}
