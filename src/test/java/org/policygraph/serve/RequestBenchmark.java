package org.policygraph.serve;

import com.sun.management.ThreadMXBean;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.Socket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.jena.fuseki.main.FusekiServer;
import org.apache.jena.query.TxnType;
import org.apache.jena.system.Txn;
import org.apache.jena.tdb2.DatabaseMgr;
import org.apache.jena.tdb2.TDB2;
import org.policygraph.store.Store;

/// What the way of a small question through the server costs, beside stock Fuseki with the same data, in one process and in turns.
/// The client is one thread with one connection; what all other threads compute and allocate is the servers'. No test;
/// docs/benchmarks.md tells how to run it and what came out.
final class RequestBenchmark {

    private static final int ROUNDS = 5;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final Map<String, String> QUERIES = new LinkedHashMap<>();

    static {
        QUERIES.put("ASK {}", "ASK {}");
        QUERIES.put("one row", "SELECT ?technology { <https://w3id.org/policygraph/id/huawei> <https://w3id.org/policygraph/ontology#develops> ?technology } LIMIT 1");
    }

    private RequestBenchmark() {}

    /// @param microseconds from the request's first byte to the answer's last, in the middle
    private record Cost(double microseconds, double cpuMicroseconds, double kilobytes, int bytes) {}

    public static void main(String[] arguments) throws IOException {
        var requests = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 2_000;
        try (var store = Store.inMemory()) {
            Shipped.loadInto(store);
            var copy = DatabaseMgr.createDatasetGraph();
            copy.getContext().set(TDB2.symUnionDefaultGraph, true);
            store.read(data -> {
                Txn.exec(copy, TxnType.WRITE, () -> data.find().forEachRemaining(copy::add));
                return null;
            });
            var stock = FusekiServer.create().port(0).add("/sparql", copy).start();
            try (var ours = Server.start(Shipped.from(store), "127.0.0.1", 0)) {
                System.out.printf(Locale.ROOT, "%-8s %-14s %12s %12s %14s %8s%n", "", "", "median µs", "CPU µs", "allocated KB", "bytes");
                for (var query : QUERIES.entrySet()) {
                    compare(query.getKey(), query.getValue(), ours.uri().getPort(), stock.getHttpPort(), requests);
                }
            } finally {
                stock.stop();
            }
        }
    }

    private static void compare(String name, String query, int ours, int stock, int requests) throws IOException {
        ask(ours, query, requests);
        ask(stock, query, requests);
        var costs = new LinkedHashMap<String, Cost[]>(Map.of());
        costs.put("ours", new Cost[ROUNDS]);
        costs.put("stock Fuseki", new Cost[ROUNDS]);
        for (var round = 0; round < ROUNDS; round++) {
            costs.get("ours")[round] = ask(ours, query, requests);
            costs.get("stock Fuseki")[round] = ask(stock, query, requests);
        }
        var middle = new LinkedHashMap<String, Cost>();
        costs.forEach((whose, all) -> middle.put(whose, new Cost(median(Arrays.stream(all).mapToDouble(Cost::microseconds).toArray()),
                median(Arrays.stream(all).mapToDouble(Cost::cpuMicroseconds).toArray()), median(Arrays.stream(all).mapToDouble(Cost::kilobytes).toArray()), all[0].bytes())));
        middle.forEach((whose, cost) -> System.out.printf(Locale.ROOT, "%-8s %-14s %12.0f %12.0f %14.1f %8d%n", name, whose, cost.microseconds(), cost.cpuMicroseconds(), cost.kilobytes(), cost.bytes()));
        var one = middle.get("ours");
        var other = middle.get("stock Fuseki");
        System.out.printf(Locale.ROOT, "%-8s %-14s %12.2f %12.2f %14.2f%n", name, "stock / ours", other.microseconds() / one.microseconds(),
                other.cpuMicroseconds() / one.cpuMicroseconds(), other.kilobytes() / one.kilobytes());
    }

    private static Cost ask(int port, String query, int requests) throws IOException {
        var request = ("GET /sparql?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8) + " HTTP/1.1\r\nHost: 127.0.0.1:" + port
                + "\r\nAccept: application/sparql-results+json\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
        try (var socket = new Socket("127.0.0.1", port); var in = new BufferedInputStream(socket.getInputStream())) {
            socket.setTcpNoDelay(true);
            var times = new double[requests];
            var bytes = 0;
            var cpu = cpu();
            var allocated = allocated();
            for (var i = 0; i < requests; i++) {
                var begun = System.nanoTime();
                socket.getOutputStream().write(request);
                bytes = answer(in);
                times[i] = (System.nanoTime() - begun) / 1e3;
            }
            return new Cost(median(times), (cpu() - cpu) / 1e3 / requests, (allocated() - allocated) / 1024.0 / requests, bytes);
        }
    }

    /// How many bytes the body had; both servers tell its length.
    private static int answer(InputStream in) throws IOException {
        var status = line(in);
        if (!status.startsWith("HTTP/1.1 200")) {
            throw new IOException(status);
        }
        var length = -1;
        for (var header = line(in); !header.isEmpty(); header = line(in)) {
            if (header.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                length = Integer.parseInt(header.substring(header.indexOf(':') + 1).strip());
            }
        }
        if (length < 0) {
            for (var size = chunk(in); size > 0; size = chunk(in)) {
                in.skipNBytes(size + 2L);
                length = Math.max(0, length) + size;
            }
            line(in);
            return length;
        }
        in.skipNBytes(length);
        return length;
    }

    private static int chunk(InputStream in) throws IOException {
        return Integer.parseInt(line(in).strip(), 16);
    }

    private static String line(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (var character = in.read(); character != '\n'; character = in.read()) {
            if (character < 0) {
                throw new IOException("ended");
            }
            line.append((char) character);
        }
        return line.toString().strip();
    }

    private static double cpu() {
        return others().stream().mapToLong(THREADS::getThreadCpuTime).filter(time -> time > 0).sum();
    }

    private static double allocated() {
        return others().stream().mapToLong(THREADS::getThreadAllocatedBytes).filter(bytes -> bytes > 0).sum();
    }

    private static List<Long> others() {
        return Arrays.stream(THREADS.getAllThreadIds()).filter(id -> id != Thread.currentThread().threadId()).boxed().toList();
    }

    private static double median(double[] values) {
        var sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
