package org.policygraph.source;

import org.policygraph.problem.Where;

/// Where a record and its fields stand.
public final class Origin {

    private final Where.InFile where;
    private final Json.Members json;

    Origin(Where.InFile where, Json.Members json) {
        this.where = where;
        this.json = json;
    }

    public Where.InFile where() {
        return where;
    }

    /// The field's place, or the record's where it has no such field.
    public Where.InFile of(String field) {
        var value = json.members().get(field);
        return value == null ? where : where.at(field, value.line());
    }

    /// The place of one item of a field that is an array.
    public Where.InFile of(String field, int index) {
        return json.members().get(field) instanceof Json.Items items && index < items.items().size()
                ? of(field).at(Integer.toString(index), items.items().get(index).line()) : of(field);
    }
}
