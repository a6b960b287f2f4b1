package org.policygraph.edit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.policygraph.problem.Problem;
import org.policygraph.problem.ProblemException;
import org.policygraph.problem.Where;
import org.policygraph.source.Nearest;

/// The file that says who may write: a line for each password and each token.
public final class Credentials {

    /// Shorter ones are guessed.
    public static final int SHORTEST_PASSWORD = 12;
    public static final int LONGEST_PASSWORD = 1000;

    private static final Set<PosixFilePermission> OTHERS = EnumSet.of(PosixFilePermission.GROUP_READ, PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE);

    private final Path file;

    public Credentials(Path file) {
        this.file = file;
    }

    /// An editor, and what they are known by.
    /// @param kind `password` or `token`
    public record Known(String name, String kind) {}

    /// @return empty when there is no file
    public List<Known> known() {
        return read().stream().map(one -> new Known(one.name(), kind(one))).toList();
    }

    /// @throws ProblemException `Invalid` when the name or the password can't be one, or the editor has a password
    public void addPassword(String name, String password) {
        if (password.codePointCount(0, password.length()) < SHORTEST_PASSWORD || password.length() > LONGEST_PASSWORD) {
            throw new ProblemException(new Problem.Invalid(new Where.Argument("password"), "one of " + password.codePointCount(0, password.length()) + " characters",
                    SHORTEST_PASSWORD + " to " + LONGEST_PASSWORD));
        }
        checkName(name);
        add(Credential.Password.of(name, password));
    }

    /// @return the token, which nothing can tell again
    /// @throws ProblemException `Invalid` when the name can't be one, or the editor has a token
    public String addToken(String name) {
        checkName(name);
        var secret = Credential.Token.secret();
        add(Credential.Token.of(name, secret));
        return secret;
    }

    /// Takes away all that the editor is known by.
    /// @throws ProblemException `Absent` when there is no such editor
    public void remove(String name) {
        var all = read();
        var left = all.stream().filter(one -> !one.name().equals(name)).toList();
        if (left.size() == all.size()) {
            throw new ProblemException(new Problem.Absent(Where.InFile.whole(file), "editor", name,
                    Nearest.to(name, all.stream().map(Credential::name).distinct().toList())));
        }
        write(left);
    }

    private static void checkName(String name) {
        if (!Credential.NAME.matcher(name).matches()) {
            throw new ProblemException(new Problem.Invalid(new Where.Argument("NAME"), "'" + name + "'",
                    "letters A to Z, digits, '.', '_' and '-', 64 at most"));
        }
    }

    private void add(Credential added) {
        var all = new ArrayList<>(read());
        if (all.stream().anyMatch(one -> one.name().equals(added.name()) && kind(one).equals(kind(added)))) {
            throw new ProblemException(new Problem.Invalid(new Where.Argument("NAME"), "'" + added.name() + "', who has a " + kind(added) + " already",
                    "another name; or remove this editor first"));
        }
        all.add(added);
        write(all);
    }

    private static String kind(Credential credential) {
        return switch (credential) {
            case Credential.Password _ -> "password";
            case Credential.Token _ -> "token";
        };
    }

    /// Whether others than its owner can read or change the file; where that can't be told, they can't.
    public boolean isOpenToOthers() {
        try {
            return Files.getPosixFilePermissions(file).stream().anyMatch(OTHERS::contains);
        } catch (UnsupportedOperationException | NoSuchFileException none) {
            return false;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /// Another one when the file has been changed or put in the place of another; empty when there is none.
    Optional<Object> state() {
        try {
            var now = Files.readAttributes(file, BasicFileAttributes.class);
            return Optional.of(List.of(now.lastModifiedTime(), now.size(), String.valueOf(now.fileKey())));
        } catch (IOException none) {
            return Optional.empty();
        }
    }

    /// @throws ProblemException `Unreadable` when a line is none of a credential
    List<Credential> read() {
        var found = new ArrayList<Credential>();
        try {
            var number = 0;
            for (var line : Files.readAllLines(file)) {
                number++;
                if (!line.isBlank() && !line.startsWith("#")) {
                    var at = new Where.InFile(file, number, "");
                    // The line is not told: it may be a password.
                    found.add(Credential.read(line.strip()).orElseThrow(() -> new ProblemException(
                            new Problem.Unreadable(at, "this is no credential; lines are made by policygraph editor add"))));
                }
            }
        } catch (NoSuchFileException none) {
            return List.of();
        } catch (IOException unreadable) {
            throw new ProblemException(new Problem.Unreadable(Where.InFile.whole(file), "the credentials can't be read (" + unreadable.getMessage() + ")"));
        }
        return found;
    }

    private void write(List<Credential> credentials) {
        var text = credentials.stream().map(one -> one.line() + "\n")
                .collect(Collectors.joining("", "# Who may write. Changed by policygraph editor; holds no secret, but keep it to yourself.\n", ""));
        var folder = file.toAbsolutePath().getParent();
        try {
            Files.createDirectories(folder);
            var fresh = Files.createTempFile(folder, file.getFileName().toString(), ".new", ownersAlone(folder));
            try {
                Files.writeString(fresh, text);
                Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(fresh);
            }
        } catch (IOException unwritable) {
            throw new ProblemException(new Problem.Unusable(Where.InFile.whole(file), "the credentials can't be written (" + unwritable.getMessage() + ")"));
        }
    }

    private static FileAttribute<?>[] ownersAlone(Path folder) {
        return Files.getFileAttributeView(folder, java.nio.file.attribute.PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS) == null ? new FileAttribute<?>[0]
                : new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE))};
    }
}
