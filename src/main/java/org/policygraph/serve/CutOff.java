package org.policygraph.serve;

import java.io.IOException;
import org.eclipse.jetty.io.QuietException;

/// An answer that was begun can't be ended. Thrown out of a servlet it makes Jetty end the connection without the chunk that
/// would say that all is there; no client takes what it has for whole.
final class CutOff extends IOException implements QuietException {

    private static final long serialVersionUID = 1L;

    CutOff(Throwable why) {
        super(why.getMessage(), why);
    }
}
