package org.policygraph.edit;

import java.net.InetAddress;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.commons.codec.digest.HmacAlgorithms;
import org.apache.commons.codec.digest.HmacUtils;

/// Who may write: told by what a request brings along. Every other request is a stranger's.
///
/// Guessing is made slow and cheap for us: who has failed some times is answered without a look until their time is over, and
/// of the costly comparisons of passwords one is made at a time. None of it locks out somebody else: what counts is the pair
/// of name and address, and a password that was right some minutes ago is remembered.
public final class Editors {

    /// So many mistakes are anyone's.
    private static final int FREE = 3;
    /// Of all names from one address.
    private static final int FREE_OF_ADDRESS = 20;
    private static final Duration LONGEST_DELAY = Duration.ofMinutes(5);
    private static final Duration FORGIVEN = Duration.ofMinutes(30);
    private static final Duration REMEMBERED = Duration.ofMinutes(10);
    private static final int MOST_REMEMBERED = 1_000;
    private static final int MOST_FAILURES = 20_000;
    private static final int LONGEST_HEADER = 8_000;
    private static final Duration TURN = Duration.ofSeconds(2);

    private final Credentials file;
    private final InstantSource clock;
    private final Duration turn;
    private final Credential nobody = Credential.Password.ofNobody();
    private final Semaphore comparing = new Semaphore(1, true);
    private final HmacUtils seal;
    private final Map<String, Instant> remembered = youngest(MOST_REMEMBERED);
    private final Map<String, Failures> failures = youngest(MOST_FAILURES);
    private Optional<Object> state = Optional.empty();
    private List<Credential> credentials = List.of();

    private record Failures(int count, Instant last) {}

    /// @throws org.policygraph.problem.ProblemException when the file is none of credentials
    public Editors(Credentials file) {
        this(file, InstantSource.system(), TURN);
    }

    /// @param turn how long somebody waits for the passwords of others to be compared
    Editors(Credentials file, InstantSource clock, Duration turn) {
        this.file = file;
        this.clock = clock;
        this.turn = turn;
        var key = new byte[32];
        Credential.RANDOM.nextBytes(key);
        this.seal = new HmacUtils(HmacAlgorithms.HMAC_SHA_256, key);
        this.state = file.state();
        this.credentials = file.read();
    }

    /// What is made of a request's credentials.
    public sealed interface Admission {}

    public record Editor(String name) implements Admission {}

    /// There were none, or wrong ones.
    /// @param mistaken whether there were some
    public record Stranger(boolean mistaken) implements Admission {}

    /// Nobody looked: too many mistakes, or too many who wait.
    public record Later(Duration after) implements Admission {}

    /// @param authorization the header, where there is one
    /// @param address       of who asks
    /// @throws org.policygraph.problem.ProblemException when the file has been broken meanwhile; nobody may write then
    public Admission admit(Optional<String> authorization, String address) {
        if (authorization.isEmpty()) {
            return new Stranger(false);
        }
        var known = known();
        var header = authorization.get();
        var space = header.indexOf(' ');
        if (space < 0 || header.length() > LONGEST_HEADER) {
            return new Stranger(true);
        }
        var secret = header.substring(space + 1).strip();
        return switch (header.substring(0, space).toLowerCase(java.util.Locale.ROOT)) {
            case "bearer" -> byToken(secret, neighbourhood(address), known);
            case "basic" -> basic(secret).map(pair -> byPassword(pair[0], pair[1], neighbourhood(address), known)).orElseGet(() -> new Stranger(true));
            default -> new Stranger(true);
        };
    }

    private Admission byToken(String secret, String address, List<Credential> known) {
        var found = Optional.<Admission>empty();
        // All of them, whichever it is.
        for (var one : known) {
            if (one instanceof Credential.Token && one.isProvenBy(secret)) {
                found = Optional.of(new Editor(one.name()));
            }
        }
        // A right one was not guessed: it need not suffer for those who guess behind the same proxy.
        return found.orElseGet(() -> {
            var late = delay(List.of(address));
            if (late.isPositive()) {
                return new Later(late);
            }
            failed(List.of(address));
            return new Stranger(true);
        });
    }

    private Admission byPassword(String name, String password, String address, List<Credential> known) {
        var token = known.stream().filter(one -> one instanceof Credential.Token && one.name().equals(name)).findFirst();
        if (token.isPresent() && token.get().isProvenBy(password)) {
            // Some programs can send a name and a password only.
            return new Editor(name);
        }
        var sealed = sealed(name + "\n" + password);
        if (isRemembered(sealed)) {
            return new Editor(name);
        }
        // A name may be of any length; what is kept of it is not.
        var pair = address + " " + sealed(name);
        var keys = List.of(address, pair);
        var late = delay(keys);
        if (late.isPositive()) {
            return new Later(late);
        }
        var credential = known.stream().filter(one -> one instanceof Credential.Password && one.name().equals(name)).findFirst();
        if (!takeTurn()) {
            return new Later(Duration.ofSeconds(1));
        }
        try {
            // Others of the same kind may have failed while this one waited.
            var later = delay(keys);
            if (later.isPositive()) {
                return new Later(later);
            }
            var proven = password.length() <= Credentials.LONGEST_PASSWORD && credential.orElse(nobody).isProvenBy(password);
            if (!proven || credential.isEmpty()) {
                failed(keys);
                return new Stranger(true);
            }
            succeeded(sealed, pair, known);
            return new Editor(name);
        } finally {
            comparing.release();
        }
    }

    // One text at a time: of two at once it would make a third.
    private synchronized String sealed(String text) {
        return HexFormat.of().formatHex(seal.hmac(text));
    }

    private boolean takeTurn() {
        try {
            return comparing.tryAcquire(turn.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /// What the file says now. Whoever was taken out of it is nobody at once.
    private synchronized List<Credential> known() {
        var now = file.state();
        if (!now.equals(state)) {
            credentials = List.of();
            remembered.clear();
            credentials = file.read();
            state = now;
        }
        return credentials;
    }

    private synchronized boolean isRemembered(String sealed) {
        var until = remembered.get(sealed);
        return until != null && clock.instant().isBefore(until);
    }

    private synchronized void succeeded(String sealed, String pair, List<Credential> known) {
        if (known == credentials) {
            remembered.put(sealed, clock.instant().plus(REMEMBERED));
        }
        failures.remove(pair);
    }

    private synchronized void failed(List<String> keys) {
        for (var key : keys) {
            var before = failures.remove(key);
            var count = before == null || before.last().plus(FORGIVEN).isBefore(clock.instant()) ? 1 : before.count() + 1;
            failures.put(key, new Failures(count, clock.instant()));
        }
    }

    /// How long they have to wait still; zero when they need not.
    private synchronized Duration delay(List<String> keys) {
        var longest = Duration.ZERO;
        for (var key : keys) {
            var before = failures.get(key);
            var free = key.indexOf(' ') < 0 ? FREE_OF_ADDRESS : FREE;
            if (before != null && before.count() >= free) {
                var whole = Duration.ofSeconds(1L << Math.min(before.count() - free, 20));
                var left = Duration.between(clock.instant(), before.last().plus(whole.compareTo(LONGEST_DELAY) < 0 ? whole : LONGEST_DELAY));
                longest = left.compareTo(longest) > 0 ? left : longest;
            }
        }
        return longest;
    }

    /// A household with IPv6 has as many addresses as it likes: it is told by the first half.
    private static String neighbourhood(String address) {
        if (address.indexOf(':') < 0) {
            return address;
        }
        try {
            var bytes = InetAddress.ofLiteral(address).getAddress();
            return bytes.length == 16 ? HexFormat.of().formatHex(Arrays.copyOf(bytes, 8)) : address;
        } catch (IllegalArgumentException none) {
            return address;
        }
    }

    private static Optional<String[]> basic(String encoded) {
        try {
            var pair = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(Base64.getDecoder().decode(encoded))).toString();
            var colon = pair.indexOf(':');
            return colon < 0 ? Optional.empty() : Optional.of(new String[] {pair.substring(0, colon), pair.substring(colon + 1)});
        } catch (IllegalArgumentException | CharacterCodingException none) {
            return Optional.empty();
        }
    }

    private static <T> Map<String, T> youngest(int most) {
        return new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override protected boolean removeEldestEntry(Map.Entry<String, T> eldest) {
                return size() > most;
            }
        };
    }

    /// Those who may write now.
    public List<String> names() {
        return new ArrayList<>(new java.util.TreeSet<>(known().stream().map(Credential::name).toList()));
    }
}
