package org.policygraph.load;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.codec.digest.DigestUtils;
import org.policygraph.problem.Problem;
import org.policygraph.problem.ProblemException;
import org.policygraph.problem.Where;

/// The text of a source, as whoever has it keeps it: one paragraph a line.
/// @param paragraphs the lines that are not empty, headings included, in their order
record SourceText(Path file, List<Paragraph> paragraphs) {

    /// @param number first is 1
    /// @param line   where it stands in the file
    /// @param text   without white space around it
    record Paragraph(int number, long line, String text) {

        /// SHA-256 of its UTF-8, in hexadecimal.
        String sha256() {
            return DigestUtils.sha256Hex(text);
        }
    }

    SourceText {
        paragraphs = List.copyOf(paragraphs);
    }

    /// @throws ProblemException `Unreadable` when the file is not there or not UTF-8
    static SourceText read(Path file) {
        var paragraphs = new ArrayList<Paragraph>();
        var line = 0;
        for (var text : lines(file)) {
            line++;
            // Some editors begin a file with a byte order mark.
            var trimmed = (line == 1 && text.startsWith("\ufeff") ? text.substring(1) : text).strip();
            if (!trimmed.isEmpty()) {
                paragraphs.add(new Paragraph(paragraphs.size() + 1, line, trimmed));
            }
        }
        return new SourceText(file, paragraphs);
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (NoSuchFileException missing) {
            throw unreadable(file, "there is no such file; give the text of the source as SOURCE=FILE");
        } catch (CharacterCodingException notUtf8) {
            throw unreadable(file, "the text is not UTF-8 throughout; save it as UTF-8");
        } catch (IOException unreadable) {
            throw unreadable(file, "the text can't be read: " + unreadable.getMessage());
        }
    }

    private static ProblemException unreadable(Path file, String why) {
        return new ProblemException(new Problem.Unreadable(Where.InFile.whole(file), why));
    }

    Where.InFile at(Paragraph paragraph) {
        return new Where.InFile(file, paragraph.line(), "");
    }
}
