package org.policygraph.serve;

/// How a line of the log is written.
public enum LogFormat {
    /// An object of JSON a line, for programs.
    JSON,
    /// For people.
    TEXT
}
