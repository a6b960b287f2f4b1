package org.policygraph.serve;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.policygraph.problem.Problem;
import org.policygraph.problem.ProblemException;

/// Files that a form brings along.
class FormFileTest {

    private static final String TYPE = "multipart/form-data; boundary=\"a b\"";

    @Test void eachFileComesWithItsTypeAndItsBytes() {
        var files = read("preamble\r\n" + part("Content-Disposition: form-data; name=\"one\"\r\nContent-Type: text/turtle; charset=utf-8\r\n", "<urn:s> <urn:p> \"華\r\n--a\" .\n")
                + part("content-type:application/n-triples\r\n", "") + part("Content-Disposition: form-data; name=x\r\n", "--") + "--a b--\r\nepilogue");

        assertEquals(List.of("text/turtle; charset=utf-8", "application/n-triples", ""), files.stream().map(FormFile::contentType).toList());
        assertArrayEquals("<urn:s> <urn:p> \"華\r\n--a\" .\n".getBytes(StandardCharsets.UTF_8), files.getFirst().bytes());
        assertEquals("--", new String(files.getLast().bytes(), StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "--a b--", "no boundary in it", "--a b\r\n", "--a b\r\nContent-Type: text/turtle\r\n\r\n<urn:s> <urn:p> 1 .", "--a b\r\nContent-Type: text/turtle\r\n",
        "--a b\r\n\r\nx\r\n--a b\r\nContent-Type: text/turtle\r\n\r\ny\r\n--a b--"})
    void whatIsCutOffOrNoFormIsUnreadable(String body) {
        assertInstanceOf(Problem.Unreadable.class, assertThrows(ProblemException.class, () -> read(body)).problems().getFirst());
    }

    @Test void aFormWithoutABoundaryIsUnreadable() {
        assertInstanceOf(Problem.Unreadable.class, assertThrows(ProblemException.class, () -> FormFile.read(new byte[0], "multipart/form-data")).problems().getFirst());
    }

    @Test void thereMayBeAHundredFilesAndNoMore() {
        assertEquals(100, read(part("Content-Disposition: form-data; name=x\r\n", "x").repeat(100) + "--a b--").size());
        assertInstanceOf(Problem.Exceeded.class, assertThrows(ProblemException.class, () -> read(part("Content-Disposition: form-data; name=x\r\n", "x").repeat(101) + "--a b--")).problems().getFirst());
    }

    @Test void headersOfAnyLengthAreNotRead() {
        assertInstanceOf(Problem.Unreadable.class,
                assertThrows(ProblemException.class, () -> read(part("X: " + "x".repeat(100_000) + "\r\n", "x") + "--a b--")).problems().getFirst());
    }

    private static List<FormFile> read(String body) {
        return FormFile.read(body.getBytes(StandardCharsets.UTF_8), TYPE);
    }

    private static String part(String headers, String body) {
        return "--a b\r\n" + headers + "\r\n" + body + "\r\n";
    }
}
