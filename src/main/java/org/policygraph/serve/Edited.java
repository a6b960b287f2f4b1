package org.policygraph.serve;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.policygraph.edit.Edit;
import org.policygraph.edit.Edits;
import tools.jackson.databind.json.JsonMapper;

/// How edits are told: as JSON to who asks for it, as lines to others.
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record Edited(Optional<Long> edit, Optional<String> editor, Optional<String> at, Optional<String> what, Optional<List<String>> graphs,
        Optional<Long> added, Optional<Long> removed, Optional<Long> undoes, Optional<String> etag) {

    private static final JsonMapper JSON = JsonMapper.shared();

    static Edited of(Optional<Edit> edit, Optional<String> etag) {
        return new Edited(edit.map(Edit::number), edit.map(Edit::editor), edit.map(one -> one.at().toString()), edit.map(Edit::what), edit.map(Edit::graphs),
                edit.map(Edit::added), edit.map(Edit::removed), edit.flatMap(Edit::undoes), etag);
    }

    /// Answers a request to write.
    static void send(Edits.Outcome outcome, HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader("Cache-Control", "no-store");
        var tag = outcome.version().map(version -> "\"" + version + "\"");
        if (wantsJson(request)) {
            Door.send(response, "application/json", JSON.writeValueAsString(of(outcome.edit(), tag)) + "\n");
        } else {
            Door.send(response, "text/plain", outcome.edit().map(edit -> line(edit) + "\n").orElse("Nothing changed: it was so already\n")
                    + tag.map(one -> "ETag: " + one + "\n").orElse(""));
        }
    }

    static void send(List<Edit> edits, HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader("Cache-Control", "no-store");
        if (wantsJson(request)) {
            Door.send(response, "application/json", JSON.writeValueAsString(edits.stream().map(edit -> of(Optional.of(edit), Optional.empty())).toList()) + "\n");
        } else {
            var lines = new StringBuilder();
            edits.forEach(edit -> lines.append(line(edit)).append('\n'));
            Door.send(response, "text/plain", lines.isEmpty() ? "No edits\n" : lines.toString());
        }
    }

    private static boolean wantsJson(HttpServletRequest request) {
        return ProblemResponse.wantsJson(Collections.list(request.getHeaders("Accept")));
    }

    private static String line(Edit edit) {
        return "Edit %d by %s at %s: %s, +%d -%d in %s".formatted(edit.number(), edit.editor(), edit.at(), edit.what(), edit.added(), edit.removed(),
                String.join(" ", edit.graphs()));
    }
}
