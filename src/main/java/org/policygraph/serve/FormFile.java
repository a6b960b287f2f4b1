package org.policygraph.serve;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.commons.fileupload2.core.MultipartInput;
import org.eclipse.jetty.http.MultiPart;
import org.policygraph.problem.Problem;
import org.policygraph.problem.ProblemException;
import org.policygraph.problem.Where;

/// A file that a form brings along, as browsers and `curl -F` send it.
/// @param contentType as it is told; empty when it is not
record FormFile(String contentType, byte[] bytes) {

    static final String FORM = "multipart/form-data";

    private static final Where BODY = new Where.Argument("body");
    private static final Pattern CONTENT_TYPE = Pattern.compile("(?im)^content-type:[ \\t]*([^\\r\\n]*)");
    private static final Pattern HEADER = Pattern.compile("([!-9;-~]+:|[ \\t]).*");
    private static final int MOST_FILES = 100;

    /// All parts of a body that is in memory already; nothing is written to the disk.
    /// @throws ProblemException `Unreadable` when it is no such body, `Exceeded` when there are too many
    static List<FormFile> read(byte[] body, String contentType) {
        var files = new ArrayList<FormFile>();
        try {
            var boundary = MultiPart.extractBoundary(contentType);
            if (boundary == null || boundary.isEmpty()) {
                throw unreadable("there is no boundary in its Content-Type");
            }
            var parts = MultipartInput.builder().setInputStream(new ByteArrayInputStream(body)).setBoundary(boundary.getBytes(StandardCharsets.ISO_8859_1)).get();
            for (var more = parts.skipPreamble(); more; more = parts.readBoundary()) {
                if (files.size() == MOST_FILES) {
                    throw new ProblemException(new Problem.Exceeded(BODY, Problem.Bound.SHAPE, "fixed", "there are more than " + MOST_FILES + " files; send them in several parts"));
                }
                var headers = parts.readHeaders();
                // Of a part without any, the reader takes what follows for headers.
                if (!headers.lines().allMatch(line -> line.isEmpty() || HEADER.matcher(line).matches())) {
                    throw unreadable("a part of it has no headers");
                }
                var type = CONTENT_TYPE.matcher(headers);
                var bytes = new ByteArrayOutputStream();
                parts.readBodyData(bytes);
                files.add(new FormFile(type.find() ? type.group(1).strip() : "", bytes.toByteArray()));
            }
        } catch (IOException | IllegalArgumentException broken) {
            throw unreadable(String.valueOf(broken.getMessage()));
        }
        if (files.isEmpty()) {
            throw unreadable("there is no file in it");
        }
        return files;
    }

    private static ProblemException unreadable(String why) {
        return new ProblemException(new Problem.Unreadable(BODY, FORM + ": " + why));
    }
}
