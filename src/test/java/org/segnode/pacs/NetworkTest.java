package org.segnode.pacs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTest {
    @ParameterizedTest(name = "{0} and {1}: {2}")
    @CsvSource({
        "10.1.0.0/16, 10.1.255.1, true",
        "10.1.0.0/16, 10.2.0.1, false",
        "10.1.2.3/16, 10.1.9.9, true",
        "0.0.0.0/0, 192.0.2.1, true",
        "0.0.0.0/0, 2001:db8::1, false",
        "192.0.2.128/25, 192.0.2.127, false",
        "192.0.2.128/25, 192.0.2.255, true",
        "192.0.2.7, 192.0.2.7, true",
        "192.0.2.7, 192.0.2.8, false",
        "2001:db8::/33, 2001:db8:7fff::1, true",
        "2001:db8::/33, 2001:db8:8000::1, false",
        "::1, ::1, true",
        "localhost, 127.0.0.1, true"
    })
    void containsTheAddressesThatBeginWithItsBits(String network, String peer, boolean contained)
            throws UnknownHostException {
        assertThat(Network.parse(network).contains(InetAddress.getByName(peer))).isEqualTo(contained);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "10.0.0.0/33", "::/129", "10.0.0.0/x", "host.invalid", "300.1.1.1/8", "a/b"})
    void whatIsNoNetworkIsRefusedWithItsText(String text) {
        assertThatThrownBy(() -> Network.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(text);
    }
}
