package org.policygraph.serve;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import org.apache.logging.log4j.message.Message;

/// Something that happened, as fields that a program can read: one line of the log.
/// @param fields texts, numbers; without those that are not known
record Event(String name, SequencedMap<String, Object> fields) implements Message {

    Event {
        fields = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(fields));
    }

    static Event of(String name) {
        return new Event(name, new LinkedHashMap<>());
    }

    Event with(String field, Object value) {
        var more = new LinkedHashMap<>(fields);
        more.put(field, value);
        return new Event(name, more);
    }

    Event with(String field, Optional<?> value) {
        return value.isPresent() ? with(field, value.get()) : this;
    }

    @Override public String getFormattedMessage() {
        return name + fields.entrySet().stream().map(field -> " " + field.getKey() + "=" + LogLayout.word(String.valueOf(field.getValue())))
                .collect(Collectors.joining());
    }

    @Override public Object[] getParameters() {
        return new Object[0];
    }

    @Override public Throwable getThrowable() {
        return null;
    }
}
