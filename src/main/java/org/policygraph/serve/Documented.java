package org.policygraph.serve;

import java.util.List;

/// A door that tells what it takes and gives, for `/openapi.json`. Each that is registered in [Server] must be one.
interface Documented {

    List<Operation> operations();
}
