package org.policygraph.serve;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.policygraph.evidence.PathFormat;
import org.policygraph.evidence.PathLimits;
import org.policygraph.evidence.PathQuery;
import org.policygraph.evidence.PathRequest;
import org.policygraph.evidence.PathSearch;
import org.policygraph.evidence.WayOrder;
import org.policygraph.problem.Problem;
import org.policygraph.problem.ProblemException;
import org.policygraph.store.Names;
import org.policygraph.term.Language;

/// `/path?from=&to=`: how two things are tied. No way is an answer too.
final class PathDoor extends ReadingDoor implements Documented {

    private static final long serialVersionUID = 1L;
    private static final String EXAMPLE = "/path?from=huawei&to=compute-shortage";
    private static final List<String> PARAMETERS = List.of("from", "to", "by", "k", "length", "only", "without", "status", "without-status",
            "concepts", "inferred", "edges", "lang");
    /// CSV has no place of its own for what a reader should know besides the rows.
    private static final String NOTE = "PolicyGraph-Note";
    /// What one request may cost, whatever it asks for.
    private static final int MOST_EDGES = 1_000_000;
    private static final Duration TIME = Duration.ofSeconds(10);

    private static final Offer<PathFormat> FORMS = new Offer<>(List.of(
            new Offer.Form<>("json", "application/json", PathFormat.JSON),
            new Offer.Form<>("csv", "text/csv", PathFormat.CSV),
            new Offer.Form<>("text", "text/plain", PathFormat.TEXT),
            new Offer.Form<>("mermaid", "text/vnd.mermaid", PathFormat.MERMAID)));

    private final transient Served served;
    private final transient Names names;

    PathDoor(Served served) {
        this.served = served;
        this.names = new Names(served.words());
    }

    @Override public List<Operation> operations() {
        return List.of(Operation.get("/path", "The shortest or the most trusted ways between two things, with their evidence")
                .needs("from", "where they start", "huawei").needs("to", "where they end", "compute-shortage")
                .may("by", "which ways are best", WayOrder.SHORTEST.toString(), Arrays.stream(WayOrder.values()).map(WayOrder::toString).toArray(String[]::new))
                .may("k", "how many ways at most", "3").may("length", "how many steps at most", "4")
                .may("only", "relations that they may use, with commas between; what specialises them too", "develops,uses")
                .may("without", "relations that they may not use", "memberOf")
                .may("status", "other statuses of claims to walk over as well", "goal,plan")
                .may("without-status", "statuses not to walk over", "assessment")
                .may("concepts", "whether concepts such as layers may lie on the way", "true", "true", "false")
                .may("inferred", "whether to walk over what chains of rules inferred", "true", "true", "false")
                .may("edges", "how many edges to look at before giving up", "20000")
                .may(Page.LANGUAGE, "language of names", Language.EN.tag(), Language.EN.tag(), Language.ZH_HANT.tag()).forms(FORMS));
    }

    @Override void read(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var asked = new Asked(request, PARAMETERS);
        var typed = new PathRequest(asked.needed("from", EXAMPLE), asked.needed("to", EXAMPLE), order(asked),
                asked.number("k", PathQuery.USUAL_MOST, 1, PathQuery.MOST), asked.number("length", PathQuery.USUAL_LONGEST, 1, PathQuery.LONGEST),
                list(asked, "only"), list(asked, "without"), list(asked, "status"), list(asked, "without-status"),
                asked.flag("concepts"), asked.flag("inferred"), new PathLimits(asked.number("edges", (int) PathLimits.USUAL.edges(), 1, MOST_EDGES), TIME));
        var language = asked.language().orElse(Language.EN);
        var form = FORMS.choose(request, response);
        var text = served.store().read(data -> {
            var answer = PathSearch.in(data, served.rules()).find(typed.query(names, served.words(), data, Asked::where));
            if (form.as() == PathFormat.CSV && !answer.notes().isEmpty()) {
                response.setHeader(NOTE, String.join("; ", answer.notes()));
            }
            return form.as().written(answer, names, language, data.getUnionGraph());
        });
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }

    private static WayOrder order(Asked asked) {
        return asked.text("by").map(text -> Arrays.stream(WayOrder.values()).filter(order -> order.toString().equals(text)).findFirst()
                .orElseThrow(() -> new ProblemException(new Problem.Invalid(Asked.where("by"), "'" + text + "'", "shortest or trusted")))).orElse(WayOrder.SHORTEST);
    }

    private static List<String> list(Asked asked, String name) {
        return asked.text(name).map(text -> Arrays.stream(text.split(",")).map(String::strip).filter(one -> !one.isEmpty()).toList()).orElse(List.of());
    }
}
