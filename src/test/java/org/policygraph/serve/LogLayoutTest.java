package org.policygraph.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Collectors;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.impl.Log4jLogEvent;
import org.apache.logging.log4j.message.Message;
import org.apache.logging.log4j.message.SimpleMessage;
import org.apache.logging.log4j.util.SortedArrayStringMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;

/// How a line of the log is written, whatever strangers put into it.
class LogLayoutTest {

    /// Ends of lines of every kind, a terminal's escape (7 and 8 bit), and what turns the direction of text.
    private static final String TRICKS = "a\r\nINFO request forged\u0085\u2028\u2029\u001b[2J\u009b2J\u202egpj.exe\u0000\u007fz";

    @ParameterizedTest
    @EnumSource(LogFormat.class)
    void aFieldStaysOnItsLineAndMovesNoCursor(LogFormat format) {
        var line = line(format, Event.of("request").with("path", TRICKS).with("editor", TRICKS), null);

        assertHarmless(line, 1);
    }

    @ParameterizedTest
    @EnumSource(LogFormat.class)
    void soDoesAMessageOfALibrary(LogFormat format) {
        assertHarmless(line(format, new SimpleMessage(TRICKS), null), 1);
    }

    @Test void soDoesATraceInJson() {
        assertHarmless(line(LogFormat.JSON, Event.of("bug"), new IllegalStateException(TRICKS, new IllegalArgumentException(TRICKS))), 1);
    }

    @Test void aTraceInTextIsIndentedWhateverItsMessagesHold() {
        var lines = line(LogFormat.TEXT, Event.of("bug"), new IllegalStateException(TRICKS, new IllegalArgumentException(TRICKS)));

        assertHarmless(lines, lines.split("\n").length);
        assertTrue(lines.lines().skip(1).allMatch(line -> line.startsWith("    ")), lines);
        assertTrue(lines.contains("because of: java.lang.IllegalArgumentException"), lines);
    }

    @Test void whatIsReadBackFromJsonIsWhatWasTold() {
        var told = JsonMapper.shared().readTree(line(LogFormat.JSON, Event.of("request").with("path", TRICKS).with("status", 200), null));

        assertEquals(TRICKS, told.get("path").stringValue());
        assertEquals(200, told.get("status").intValue());
        assertEquals("request", told.get("event").stringValue());
        assertEquals("INFO", told.get("level").stringValue());
    }

    @Test void aValueInTextCanNotPassForAnotherField() {
        assertEquals("request path=\"/x status=200\" name=\"a\\\"b\" sum=\"a=b\" empty=\"\" status=404",
                Event.of("request").with("path", "/x status=200").with("name", "a\"b").with("sum", "a=b").with("empty", "").with("status", 404).getFormattedMessage());
    }

    @Test void chineseStaysAsItIs() {
        assertTrue(line(LogFormat.JSON, Event.of("slow").with("query", "華為"), null).contains("\"query\":\"華為\""));
        assertTrue(line(LogFormat.TEXT, Event.of("slow").with("query", "華為"), null).contains("query=華為"));
    }

    @ParameterizedTest
    @EnumSource(LogFormat.class)
    void whatIsLoggedWhileARequestIsServedBearsItsId(LogFormat format) {
        assertTrue(line(format, new SimpleMessage("careful"), null).contains("7f3a"));
        assertTrue(line(format, Event.of("bug"), null).contains("7f3a"));
    }

    private static void assertHarmless(String written, int lines) {
        assertTrue(written.endsWith("\n"));
        assertEquals(lines, written.chars().filter(one -> one == '\n').count(), written);
        assertEquals(List.of(), written.chars().filter(one -> one != '\n')
                .filter(one -> Character.isISOControl(one) || one == '\u2028' || one == '\u2029' || one == '\u202e')
                .mapToObj(Integer::toHexString).collect(Collectors.toList()));
    }

    private static String line(LogFormat format, Message message, Throwable thrown) {
        var context = new SortedArrayStringMap();
        context.putValue(RequestLines.ID, "7f3a");
        return new LogLayout(format).toSerializable(Log4jLogEvent.newBuilder().setLoggerName("org.policygraph.test").setLevel(Level.INFO)
                .setMessage(message).setThrown(thrown).setContextData(context).build());
    }
}
