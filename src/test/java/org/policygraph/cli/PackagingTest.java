package org.policygraph.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/// What installs the server starts it by options that it has, with no more rights than it needs.
class PackagingTest {

    private static final Path PACKAGING = Path.of("packaging");

    @ParameterizedTest
    @ValueSource(strings = {"policygraph.service", "Containerfile"})
    void itIsStartedByOptionsThatItHas(String file) throws Exception {
        var known = new CommandLine(new ServeCommand(Terminal.ofProcess(), Home.ofProcess())).getCommandSpec().optionsMap().keySet();
        var text = Files.readString(PACKAGING.resolve(file));

        var used = new TreeSet<String>();
        var command = text.substring(text.lastIndexOf("serve\"") < 0 ? text.indexOf("\n    serve ") : text.lastIndexOf("serve\""));
        Pattern.compile("--[a-z-]+").matcher(command.lines().limit(2).reduce("", String::concat)).results().forEach(option -> used.add(option.group()));

        assertTrue(used.size() >= 4, used::toString);
        used.removeAll(known);
        assertEquals(Set.of(), used);
    }

    @Test void theServiceMayNotDoMore() throws Exception {
        var lines = Files.readAllLines(PACKAGING.resolve("policygraph.service"));

        var missing = new ArrayList<>(List.of("DynamicUser=yes", "NoNewPrivileges=yes", "ProtectSystem=strict", "ProtectHome=yes", "PrivateTmp=yes", "PrivateDevices=yes",
                "CapabilityBoundingSet=", "RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX", "IPAddressDeny=any", "ReadWritePaths=/var/lib/policygraph",
                "SystemCallFilter=@system-service", "MemoryMax=3G", "Restart=on-failure", "TimeoutStopSec=20"));
        missing.removeAll(lines);
        assertEquals(List.of(), missing);
        assertTrue(lines.stream().anyMatch(line -> line.contains("--host 127.0.0.1")));
    }

    @Test void theContainerIsOfCertainImagesAndRunsAsNobodyInParticular() throws Exception {
        var lines = Files.readAllLines(PACKAGING.resolve("Containerfile"));

        var images = lines.stream().filter(line -> line.startsWith("FROM ")).map(line -> line.split(" ")[1]).toList();
        assertEquals(2, images.size());
        assertTrue(images.stream().allMatch(image -> image.matches(".+:\\d.*")), images::toString);
        var user = lines.stream().filter(line -> line.startsWith("USER ")).toList();
        assertEquals(List.of("USER 10001:10001"), user);
        assertTrue(lines.indexOf(user.getFirst()) < lines.indexOf("VOLUME /store"));
    }
}
