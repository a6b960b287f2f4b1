package org.policygraph.limit;

import java.util.Iterator;
import java.util.Optional;
import org.apache.jena.datatypes.BaseDatatype;
import org.apache.jena.datatypes.RDFDatatype;
import org.apache.jena.datatypes.TypeMapper;
import org.apache.jena.sys.JenaSystem;

/// The datatypes that Jena knows, and no others. Jena's own table keeps each that was ever named in a query, so that who names
/// new ones fills the memory for good.
public final class Datatypes extends TypeMapper {

    private final TypeMapper known;

    private Datatypes(TypeMapper known) {
        this.known = known;
    }

    /// From now on a datatype that nobody registered lasts as long as the terms that have it.
    public static synchronized void forgetUnknown() {
        JenaSystem.init();
        if (!(TypeMapper.getInstance() instanceof Datatypes)) {
            TypeMapper.setInstance(new Datatypes(TypeMapper.getInstance()));
        }
    }

    @Override public RDFDatatype getSafeTypeByName(String iri) {
        // Two datatypes of one IRI are equal, so none of them need be kept.
        return iri == null ? null : Optional.ofNullable(known.getTypeByName(iri)).orElseGet(() -> new BaseDatatype(iri));
    }

    @Override public RDFDatatype getTypeByName(String iri) {
        return known.getTypeByName(iri);
    }

    @Override public RDFDatatype getTypeByValue(Object value) {
        return known.getTypeByValue(value);
    }

    @Override public RDFDatatype getTypeByClass(Class<?> type) {
        return known.getTypeByClass(type);
    }

    @Override public Iterator<RDFDatatype> listTypes() {
        return known.listTypes();
    }

    @Override public void registerDatatype(RDFDatatype type) {
        known.registerDatatype(type);
    }

    @Override public void unregisterDatatype(RDFDatatype type) {
        known.unregisterDatatype(type);
    }
}
