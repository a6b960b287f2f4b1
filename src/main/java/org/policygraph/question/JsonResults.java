package org.policygraph.question;

import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import org.apache.jena.graph.Node;
import org.apache.jena.riot.out.NodeFmtLib;
import org.apache.jena.sparql.core.Var;
import org.apache.jena.sparql.engine.binding.Binding;
import org.apache.jena.vocabulary.XSD;
import org.policygraph.limit.Allowance;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.databind.json.JsonMapper;

/// SPARQL 1.1 Results in JSON, of RDF 1.2 as well.
final class JsonResults implements Results {

    /// What was cut short must not be closed as if it had come to its end.
    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET, StreamWriteFeature.AUTO_CLOSE_CONTENT, StreamWriteFeature.FLUSH_PASSED_TO_STREAM).build();

    private final OutputStream out;

    JsonResults(OutputStream out) {
        this.out = out;
    }

    /// Members that stand after those of the standard.
    interface More {
        void write(JsonGenerator json);
    }

    @Override public void rows(List<Var> columns, Iterator<Binding> rows) {
        rows(columns, rows, _ -> { });
    }

    void rows(List<Var> columns, Iterator<Binding> rows, More more) {
        writing(json -> {
            json.writeStartObject();
            json.writeName("head").writeStartObject().writeName("vars").writeStartArray();
            columns.forEach(column -> json.writeString(column.getName()));
            json.writeEndArray().writeEndObject();
            json.writeName("results").writeStartObject().writeName("bindings").writeStartArray();
            while (rows.hasNext()) {
                Allowance.check();
                row(columns, rows.next(), json);
            }
            json.writeEndArray().writeEndObject();
            more.write(json);
            json.writeEndObject();
        });
    }

    @Override public void yesOrNo(boolean yes) {
        yesOrNo(yes, _ -> { });
    }

    void yesOrNo(boolean yes, More more) {
        writing(json -> {
            json.writeStartObject();
            json.writeName("head").writeStartObject().writeEndObject();
            json.writeName("boolean").writeBoolean(yes);
            more.write(json);
            json.writeEndObject();
        });
    }

    private void writing(More all) {
        try (var json = JSON.createGenerator(out)) {
            all.write(json);
            json.writeRaw('\n');
        } catch (JacksonIOException unwritten) {
            throw new UncheckedIOException(unwritten.getCause());
        }
    }

    private static void row(List<Var> columns, Binding row, JsonGenerator json) {
        json.writeStartObject();
        for (var column : columns) {
            var value = row.get(column);
            if (value != null) {
                term(column.getName(), value, json);
            }
        }
        json.writeEndObject();
    }

    private static void term(String name, Node value, JsonGenerator json) {
        json.writeName(name).writeStartObject();
        if (value.isURI()) {
            pair("type", "uri", json);
            pair("value", value.getURI(), json);
        } else if (value.isLiteral()) {
            literal(value, json);
        } else if (value.isTripleTerm()) {
            pair("type", "triple", json);
            json.writeName("value").writeStartObject();
            term("subject", value.getTriple().getSubject(), json);
            term("predicate", value.getTriple().getPredicate(), json);
            term("object", value.getTriple().getObject(), json);
            json.writeEndObject();
        } else {
            pair("type", "bnode", json);
            pair("value", NodeFmtLib.encodeBNodeLabel(value.getBlankNodeLabel()), json);
        }
        json.writeEndObject();
    }

    private static void literal(Node value, JsonGenerator json) {
        pair("type", "literal", json);
        pair("value", value.getLiteralLexicalForm(), json);
        if (!value.getLiteralLanguage().isEmpty()) {
            pair("xml:lang", value.getLiteralLanguage(), json);
            if (value.getLiteralBaseDirection() != null) {
                pair("its:dir", value.getLiteralBaseDirection().direction(), json);
            }
        } else if (!value.getLiteralDatatypeURI().equals(XSD.xstring.getURI())) {
            pair("datatype", value.getLiteralDatatypeURI(), json);
        }
    }

    private static void pair(String name, String value, JsonGenerator json) {
        json.writeName(name).writeString(Results.wellFormed(value));
    }
}
