package org.policygraph.attack;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/// Many callers, good and hostile, against one server of our own: `--minutes 10 --callers 200 --heap 1g --alone 60`.
///
/// First the good callers alone, then all of them, each from an address of its own, while a prober asks `ASK {}` and the
/// server's heap, threads and descriptors are read. Ends with 1 when something of what is promised does not hold.
public final class LoadDriver {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration QUERY_TIME = Duration.ofSeconds(5);
    private static final Duration BETWEEN_SAMPLES = Duration.ofSeconds(15);
    private static final int PROBE_MILLIS = 250;
    private static final int MOST_TOLD = 12;

    private final URI server;
    private final List<String> good;
    private final List<String> hostile;
    private final Map<String, AtomicLong> outcomes = new ConcurrentHashMap<>();
    private final Map<String, String> faults = new ConcurrentHashMap<>();

    private LoadDriver(URI server, List<String> good, List<String> hostile) {
        this.server = server;
        this.good = good;
        this.hostile = hostile;
    }

    /// @param heap  megabytes alive
    private record Sample(long second, long heap, int threads, int descriptors) {}

    public static void main(String[] words) throws IOException, InterruptedException {
        var options = new TreeMap<>(Map.of("--minutes", "10", "--callers", "200", "--heap", "1g", "--alone", "60", "--hostile", "100"));
        for (int i = 0; i + 1 < words.length; i += 2) {
            options.put(words[i], words[i + 1]);
        }
        var callers = Integer.parseInt(options.get("--callers"));
        var enemies = Math.min(callers, Integer.parseInt(options.get("--hostile")));
        var holds = false;
        try (var target = Target.start(options.get("--heap"), "--query-time", QUERY_TIME.toSeconds() + "s", "--processors", "2")) {
            var driver = new LoadDriver(target.uri, good(), hostile());
            driver.run(callers - enemies, 0, Duration.ofSeconds(20), target);
            var alone = driver.run(callers - enemies, 0, Duration.ofSeconds(Long.parseLong(options.get("--alone"))), target);
            driver.outcomes.clear();
            driver.faults.clear();
            var crowded = driver.run(callers - enemies, enemies, Duration.ofSeconds(60 * Long.parseLong(options.get("--minutes"))), target);
            holds = driver.told(alone, crowded, target);
        }
        System.exit(holds ? 0 : 1);
    }

    /// @param good   how long each took, in nanoseconds
    /// @param probes likewise
    private record Run(long[] good, long[] probes, List<Sample> samples, List<String> unanswered) {}

    private Run run(int friends, int enemies, Duration time, Target target) throws InterruptedException, IOException {
        var until = System.nanoTime() + time.toNanos();
        BooleanSupplier goesOn = () -> System.nanoTime() < until;
        var took = new ConcurrentLinkedQueue<Long>();
        var probes = new ConcurrentLinkedQueue<Long>();
        var unanswered = new ConcurrentLinkedQueue<String>();
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < friends; i++) {
            var call = new Call("127.0.1." + (i + 1), server);
            var random = new Random(i);
            threads.add(Thread.ofVirtual().start(() -> befriend(call, random, goesOn, took)));
        }
        for (int i = 0; i < enemies; i++) {
            var call = new Call("127.0.2." + (i + 1), server);
            var random = new Random(-1 - i);
            threads.add(Thread.ofVirtual().start(() -> attack(call, random, goesOn)));
        }
        threads.add(Thread.ofPlatform().start(() -> probe(goesOn, probes, unanswered)));
        var samples = new ArrayList<Sample>();
        var began = System.nanoTime();
        while (goesOn.getAsBoolean() && target.isAlive()) {
            Thread.sleep(Math.min(BETWEEN_SAMPLES.toMillis(), Math.max(1, (until - System.nanoTime()) / 1_000_000)));
            samples.add(new Sample((System.nanoTime() - began) / 1_000_000_000, target.heap(), target.threads(), target.descriptors()));
            if (enemies > 0) {
                System.out.println(samples.getLast() + " probes " + shown(sorted(probes)) + " good " + shown(sorted(took)));
            }
        }
        for (var thread : threads) {
            thread.join();
        }
        return new Run(sorted(took), sorted(probes), samples, List.copyOf(unanswered));
    }

    private static long[] sorted(Iterable<Long> times) {
        var all = new ArrayList<Long>();
        times.forEach(all::add);
        return all.stream().mapToLong(Long::longValue).sorted().toArray();
    }

    private void befriend(Call call, Random random, BooleanSupplier goesOn, ConcurrentLinkedQueue<Long> took) {
        while (goesOn.getAsBoolean()) {
            var request = good.get(random.nextInt(good.size()));
            try {
                Thread.sleep(500 + random.nextInt(1_500));
                var reply = call.say(request, PATIENCE);
                took.add(reply.took().toNanos());
                if (reply.is(503) && !reply.isBusy()) {
                    count("good: ended at a bound (503)");
                } else if (reply.isBusy()) {
                    count("good: told to come again (503, Retry-After)");
                } else if ((reply.is(200) || reply.is(303)) && reply.whole()) {
                    count("good: answered");
                } else {
                    fault("good", request, reply);
                }
            } catch (IOException failed) {
                fault("good: " + failed, request);
            } catch (InterruptedException ended) {
                return;
            }
        }
    }

    private void attack(Call call, Random random, BooleanSupplier goesOn) {
        while (goesOn.getAsBoolean()) {
            var request = hostile.get(random.nextInt(hostile.size()));
            try {
                Thread.sleep(random.nextInt(500));
                switch (random.nextInt(10)) {
                    case 0 -> trickle(call, request, goesOn);
                    case 1 -> leaveUnread(call, random, goesOn);
                    case 2 -> leave(call, request);
                    default -> {
                        var reply = call.say(request, PATIENCE);
                        if (reply.is(200)) {
                            count(reply.whole() ? "hostile: answered whole" : "hostile: cut off in the middle");
                        } else if (reply.isRefused()) {
                            count("hostile: refused (" + reply.status().orElse(0) + ")");
                        } else if (reply.isBusy()) {
                            count("hostile: told to come again (503, Retry-After)");
                        } else if (reply.is(503)) {
                            count("hostile: ended at a bound (503)");
                        } else if (reply.status().isEmpty()) {
                            count("hostile: closed without an answer");
                        } else {
                            fault("hostile", request, reply);
                        }
                    }
                }
            } catch (java.net.SocketTimeoutException held) {
                fault("hostile: held for more than " + PATIENCE, request);
            } catch (java.net.ConnectException refused) {
                fault("hostile: no connection", request);
            } catch (IOException closed) {
                count("hostile: closed");
            } catch (InterruptedException ended) {
                return;
            }
        }
    }

    /// A byte at a time, until it is cut.
    private void trickle(Call call, String request, BooleanSupplier goesOn) throws IOException, InterruptedException {
        try (var socket = call.connect(0)) {
            var bytes = request.getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < bytes.length && goesOn.getAsBoolean(); i++) {
                socket.getOutputStream().write(bytes[i]);
                Thread.sleep(500);
            }
        }
    }

    private void leaveUnread(Call call, Random random, BooleanSupplier goesOn) throws IOException, InterruptedException {
        try (Socket socket = call.connect(1)) {
            socket.getOutputStream().write(Call.get("/data", "application/n-quads").getBytes(StandardCharsets.UTF_8));
            for (int seconds = random.nextInt(40); seconds > 0 && goesOn.getAsBoolean(); seconds--) {
                Thread.sleep(1_000);
            }
            count("hostile: never read");
        }
    }

    private void leave(Call call, String request) throws IOException, InterruptedException {
        try (var socket = call.connect(0)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            Thread.sleep(200);
            count("hostile: left");
        }
    }

    private void probe(BooleanSupplier goesOn, ConcurrentLinkedQueue<Long> probes, ConcurrentLinkedQueue<String> unanswered) {
        var call = new Call("127.0.3.1", server);
        while (goesOn.getAsBoolean()) {
            var began = System.nanoTime();
            try {
                var reply = call.say(Call.query("ASK {}"), PATIENCE);
                probes.add(reply.took().toNanos());
                if (!reply.is(200) || !reply.whole()) {
                    unanswered.add(reply.toString());
                }
                Thread.sleep(PROBE_MILLIS);
            } catch (IOException failed) {
                probes.add(System.nanoTime() - began);
                unanswered.add(failed.toString());
            } catch (InterruptedException ended) {
                return;
            }
        }
    }

    private void count(String outcome) {
        outcomes.computeIfAbsent(outcome, _ -> new AtomicLong()).incrementAndGet();
    }

    private void fault(String who, String request, Call.Reply reply) {
        fault(who + ": " + (reply.status().isPresent() ? reply.status().getAsInt() + (reply.whole() ? "" : ", cut off") : "no answer"),
                request.substring(0, Math.min(240, request.length())) + reply.begins());
    }

    private void fault(String what, String request) {
        count("NOT PROMISED " + what);
        faults.putIfAbsent(what, request.substring(0, Math.min(700, request.length())));
    }

    private boolean told(Run alone, Run crowded, Target target) throws IOException {
        System.out.println("\n| | alone | beside the hostile |\n|---|---|---|");
        System.out.println("| good requests | " + alone.good().length + " | " + crowded.good().length + " |");
        System.out.println("| good, median / p99 / longest | " + shown(alone.good()) + " | " + shown(crowded.good()) + " |");
        System.out.println("| `ASK {}`, median / p99 / longest | " + shown(alone.probes()) + " | " + shown(crowded.probes()) + " |");
        System.out.println("| heap alive, MB, first / last fifth | | " + fifths(crowded, 0) + " |");
        System.out.println("| threads, first / last fifth | | " + fifths(crowded, 1) + " |");
        System.out.println("| descriptors, first / last fifth | | " + fifths(crowded, 2) + " |");
        new TreeMap<>(outcomes).forEach((what, count) -> System.out.println("| " + what + " | | " + count + " |"));
        faults.entrySet().stream().limit(MOST_TOLD).forEach(fault -> System.out.println("  e.g. " + fault.getKey() + "\n    " + fault.getValue().replace("\r\n", "\n    ")));
        crowded.unanswered().stream().map(probe -> probe.replaceAll("(?s)\\r?\\n.*took", " … took")).distinct().limit(MOST_TOLD).forEach(probe -> System.out.println("  probe: " + probe));
        System.out.println("load average of the machine: " + Files.readString(Path.of("/proc/loadavg")).strip());
        var all = judged("the server is alive", target.isAlive());
        all &= judged("no error but the promised ones", outcomes.keySet().stream().noneMatch(what -> what.startsWith("NOT PROMISED")) && crowded.unanswered().isEmpty());
        all &= judged("heap is flat", isFlat(crowded, 0, 48));
        all &= judged("threads are flat", isFlat(crowded, 1, 40));
        all &= judged("descriptors are flat", isFlat(crowded, 2, 60));
        all &= judged("`ASK {}` is answered within a second, always", crowded.probes().length > 0 && crowded.probes()[crowded.probes().length - 1] < 1_000_000_000L);
        all &= judged("p99 of the good is within 3 times of what it is alone", percentile(crowded.good(), 99) <= 3 * percentile(alone.good(), 99));
        return all;
    }

    private static boolean judged(String promise, boolean holds) {
        System.out.println((holds ? "PASS " : "FAIL ") + promise);
        return holds;
    }

    private static long figure(Sample sample, int which) {
        return switch (which) {
            case 0 -> sample.heap();
            case 1 -> sample.threads();
            default -> sample.descriptors();
        };
    }

    /// The middle of the second fifth (the first warms up) and that of the last.
    private static long[] ends(Run run, int which) {
        var all = run.samples().stream().mapToLong(sample -> figure(sample, which)).toArray();
        var fifth = Math.max(1, all.length / 5);
        var early = Arrays.stream(all, Math.min(fifth, all.length - 1), Math.min(2 * fifth, all.length - 1) + 1).sorted().toArray();
        var late = Arrays.stream(all, all.length - fifth, all.length).sorted().toArray();
        return new long[] {early[early.length / 2], late[late.length / 2]};
    }

    private static String fifths(Run run, int which) {
        var ends = ends(run, which);
        return ends[0] + " / " + ends[1];
    }

    /// @param slack that may come and go
    private static boolean isFlat(Run run, int which, int slack) {
        var ends = ends(run, which);
        return ends[1] <= ends[0] * 1.2 + slack;
    }

    private static long percentile(long[] sorted, int percent) {
        return sorted.length == 0 ? 0 : sorted[Math.min(sorted.length - 1, (int) ((long) sorted.length * percent / 100))];
    }

    private static String shown(long[] sorted) {
        return sorted.length == 0 ? "none" : "%.0f / %.0f / %.0f ms".formatted(percentile(sorted, 50) / 1e6, percentile(sorted, 99) / 1e6, sorted[sorted.length - 1] / 1e6);
    }

    private static List<String> good() throws IOException {
        var good = new ArrayList<String>();
        try (var questions = Files.list(Path.of("queries"))) {
            questions.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".rq")).sorted()
                    .forEach(name -> good.add(Call.get("/questions/" + name.substring(0, name.length() - 3), "application/json")));
        }
        for (var query : List.of("SELECT * { ?actor pol:develops ?technology } LIMIT 20", "SELECT (COUNT(*) AS ?n) { ?claim a pol:Claim }", "ASK { id:huawei pol:develops id:ascend }", "DESCRIBE id:huawei",
                "CONSTRUCT WHERE { ?a pol:implements ?b } LIMIT 50", "SELECT ?b (COUNT(?a) AS ?n) { ?a pol:causes ?b } GROUP BY ?b ORDER BY DESC(?n) LIMIT 5")) {
            for (int i = 0; i < 8; i++) {
                good.add(Call.query(query));
            }
        }
        for (var name : List.of("huawei", "ascend", "compute-shortage", "deepseek", "baidu", "full-stack.c16-05")) {
            good.add(Call.get("/id/" + name, "text/turtle"));
            good.add(Call.get("/id/" + name, "text/html"));
            good.add(Call.get("/search?q=" + name, "application/json"));
            good.add(Call.get("/id/" + name + ".ttl", "*/*"));
        }
        for (var path : List.of("/", "/questions", "/search?q=%E5%8D%8E%E4%B8%BA", "/why?s=huawei&p=develops&o=ascend", "/health", "/openapi.json", "/ontology.ttl", "/sparql")) {
            good.add(Call.get(path, "*/*"));
        }
        return good;
    }

    private static List<String> hostile() {
        var hostile = new ArrayList<String>();
        Attacks.endless().values().forEach(query -> hostile.add(Call.query(query)));
        Attacks.nested().forEach((_, query) -> hostile.add(Call.query(query)));
        Attacks.wide().forEach((_, query) -> hostile.add(Call.query(query)));
        Attacks.waysOut("http://127.0.0.1:9/").forEach(query -> hostile.add(Call.query(query)));
        Attacks.functions().forEach(query -> hostile.add(Call.query(query)));
        for (var path : List.of("/../../etc/passwd", "/%zz", "/$/server", "/no", "/id/no-such", "/questions/no-such", "/search?q=" + "%E5%8D".repeat(9), "/data?graph=urn%3Ano", "/sparql?query=SELECT", "/" + "a".repeat(40_000), "/search?q=" + "a".repeat(9_000), "/search?q=*a*b*&limit=1000", "/path?from=x&to=y",
                "/diagnose?seconds=30&query=SELECT%20*%20%7B%3Fs%20%3Fp%20%3Fo.%3Fa%20%3Fb%20%3Fc.%3Fd%20%3Fe%20%3Ff%20FILTER(%3Fs%3D%3Fnone)%7D", "/sparql?evidence=true&query=SELECT%20*%20%7B%3Fs%20%3Fp%20%3Fo.%3Fa%20%3Fb%20%3Fc%7D")) {
            hostile.add(Call.get(path, "*/*"));
        }
        hostile.add(Call.post("/update", "application/sparql-update", "DROP ALL"));
        hostile.add(Call.post("/data", "application/ld+json", "[".repeat(100_000)));
        hostile.add(Call.post("/data?default", "text/turtle", "<a> <b> " + "(".repeat(100_000)));
        hostile.add(Call.post("/sparql", "application/sparql-query", " ".repeat(3_000_000)));
        hostile.add(Call.post("/sparql", "application/x-www-form-urlencoded", "query=%ff%fe&query=&a=b"));
        hostile.add("\u0016\u0003\u0001\u0000\u0000");
        hostile.add("GET / HTTP/1.1\r\nHost: a\r\n" + "X-A: b\r\n".repeat(5_000) + "\r\n");
        return hostile;
    }
}
