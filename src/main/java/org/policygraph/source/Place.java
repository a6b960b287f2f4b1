package org.policygraph.source;

import org.policygraph.problem.Where;

/// The way from a record down to one of its values; becomes a [Where] only when something is wrong there.
/// @param parent null at the record itself
record Place(Where.InFile record, Place parent, String step, long line) {

    static Place of(Where.InFile record) {
        return new Place(record, null, "", record.line());
    }

    Place at(String name, Json value) {
        return new Place(record, this, name, value.line());
    }

    Place at(int index, Json value) {
        return at(Integer.toString(index), value);
    }

    Where.InFile where() {
        return parent == null ? record : parent.where().at(step, line);
    }
}
