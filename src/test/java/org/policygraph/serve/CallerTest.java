package org.policygraph.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Who a request is from.
class CallerTest {

    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {
        // peer, X-Forwarded-For, proxies, who it is
        "192.0.2.1, -, -, 192.0.2.1",
        "192.0.2.1, 198.51.100.7, -, 192.0.2.1",
        "10.0.0.1, 198.51.100.7, 10.0.0.1, 198.51.100.7",
        "10.0.0.1, 203.0.113.9 198.51.100.7, 10.0.0.1, 198.51.100.7",
        "10.0.0.1, 198.51.100.7 10.0.0.2, 10.0.0.1 10.0.0.2, 198.51.100.7",
        "10.0.0.1, 10.0.0.2, 10.0.0.1 10.0.0.2, 10.0.0.1",
        "10.0.0.1, 203.0.113.9 nonsense, 10.0.0.1, 10.0.0.1",
        "10.0.0.1, 203.0.113.9 evil.example, 10.0.0.1, 10.0.0.1",
        "10.0.0.1, 999.1.1.1, 10.0.0.1, 10.0.0.1",
        "10.0.0.1, -, 10.0.0.1, 10.0.0.1",
        "2001:db8:1:2:3:4:5:6, -, -, 2001:db8:1:2:0:0:0:0/64",
        "2001:db8:1:2:ffff::1, -, -, 2001:db8:1:2:0:0:0:0/64",
        "10.0.0.1, 2001:db8:1:2:3:4:5:6, 10.0.0.1, 2001:db8:1:2:0:0:0:0/64",
        "::ffff:192.0.2.1, -, -, 192.0.2.1",
    })
    void isToldByItsAddressAndByProxiesThatAreTrustedAlone(String peer, String forwarded, String proxies, String caller) {
        assertEquals(caller, Caller.behind(InetAddress.ofLiteral(peer), words(forwarded).toList(),
                words(proxies).map(InetAddress::ofLiteral).collect(Collectors.toSet())).name());
    }

    private static Stream<String> words(String text) {
        return text == null ? Stream.of() : List.of(text.split(" ")).stream();
    }
}
