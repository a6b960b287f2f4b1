package org.policygraph.serve;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;

/// `/`, and every path that nothing else answers.
final class Elsewhere extends ReadingDoor implements Documented {

    private static final long serialVersionUID = 1L;
    private static final String WHAT_THERE_IS = """
            There is no %s here. There is:
              /                  what this is
              /questions         the questions of the library; /questions/NAME?parameter=value asks one
              /search            things by name, in any script: /search?q=huawei
              /why               on what an edge rests: /why?s=huawei&p=develops&o=ascend
              /path              how two things are tied: /path?from=huawei&to=compute-shortage
              /sparql            SPARQL 1.1 Query; without a query, the service description
              /diagnose          why a query finds nothing: /diagnose?query=SPARQL
              /data              Graph Store Protocol: /data?default, /data?graph=IRI; editors also write
              /update            SPARQL 1.1 Update, for editors
              /edits             what editors have done, and to undo it, for editors
              /id/NAME           a thing of the graph, as data or as a page; likewise /concept, /graph, /dataset
              /ontology          the words of the graph, likewise
              /.well-known/void  what the dataset is, with statistics
              /openapi.json      all of this, for programs
              /health            whether the store can be read; /health/live, /health/ready""";

    private final transient Served served;
    private final transient Counting counting;

    Elsewhere(Served served, Counting counting) {
        this.served = served;
        this.counting = counting;
    }

    @Override public List<Operation> operations() {
        return List.of(Operation.get("/", "What this is, as a page").gives("text/html").language());
    }

    @Override void read(HttpServletRequest request, HttpServletResponse response) throws IOException {
        new Asked(request, List.of(Page.LANGUAGE));
        var page = new Page(request, served);
        page.send(response, HttpServletResponse.SC_OK, "PolicyGraph", HomePage.contents(counting.now(), served.words(), page));
    }

    /// Of what is not there no method is answered.
    @Override List<String> methods(HttpServletRequest request) {
        if (!request.getRequestURI().equals("/")) {
            throw missing(request);
        }
        return super.methods(request);
    }

    private static Refusal missing(HttpServletRequest request) {
        return new Refusal(HttpServletResponse.SC_NOT_FOUND, WHAT_THERE_IS.formatted(request.getRequestURI()));
    }
}
