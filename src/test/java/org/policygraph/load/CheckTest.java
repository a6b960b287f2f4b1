package org.policygraph.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckTest {

    @TempDir Path folder;

    @Test void dataThatLeavesNothingOutIsCleanAndSaysHowMuchItCovers() {
        var text = new SmallText(folder, "zh-Hant", "# 2030藍圖", "該廠有三座實驗室。", "到2025年4月,CloudMatrix 384面世,一應俱全。")
                .entity("cluster", "CloudMatrix 384", "CloudMatrix 384")
                .count(2, "f2-1", 3).claim(3, "develops", "\"object\": \"cluster\", \"time\": {\"at\": \"2025-04\"}").claim(3)
                .waiver(3, "一應俱全");

        var report = text.check();

        assertEquals(List.of(), text.lines(report));
        assertTrue(report.clean());
        assertEquals(List.of(new Coverage("paper", 2, 2, Optional.of(new Coverage.Numbers(3, 1, 1, 0)))), report.coverage());
        assertEquals("paper: 2 of 2 content paragraphs covered, 5 of 5 numerals accounted for (3 carried, 1 in names, 1 waived)",
                report.coverage().getFirst().summary());
        assertEquals(List.of(4L, 2L, 1L), List.of(report.entities(), report.claims(), report.figures()));
    }

    @Test void whatWouldNotLoadIsToldAloneAndBeforeAnythingIsSaidOfCoverage() {
        var text = new SmallText(folder, "en", "It is good.", "It has 12 labs.").claim(1, "develops", "\"object\": \"ship\"");

        var report = text.check();

        assertEquals(List.of("claims.json:2 /0/object: unknown entity 'ship'; did you mean chip?"), text.lines(report));
        assertEquals(List.of(), report.coverage());
        assertEquals(List.of(3L, 1L, 0L), List.of(report.entities(), report.claims(), report.figures()));
    }

    @Test void theParagraphsOfANewTextAreListedToBeWrittenDown() {
        var text = new SmallText(folder, "en").text("Heading\n\nIt is good.\n");
        var heading = new SourceText.Paragraph(1, 1, "Heading").sha256();
        var body = new SourceText.Paragraph(2, 3, "It is good.").sha256();

        assertEquals(List.of("text.txt:1: paragraph 1 is not among the passages of 'paper'; add it there with sha256 " + heading,
                "text.txt:3: paragraph 2 is not among the passages of 'paper'; add it there with sha256 " + body),
                text.lines(text.check()).subList(0, 2));
    }

    @Test void aClaimThatCitesAParagraphThatIsNotThereIsTheLoadersToTell() {
        var text = new SmallText(folder, "en", "It is good.").claim(1).claim(2_000_000_000);

        var problems = text.lines(text.check());

        assertEquals(1, problems.size());
        assertTrue(problems.getFirst().contains("found paragraph 2000000000"), problems.toString());
    }

    @Test void whatTheShapesForLinksFindIsToldAsLoadingWouldTellIt() {
        var text = new SmallText(folder, "en", "It is good.").claim(1, "chip", "develops", "\"object\": \"maker\"");

        var problems = text.lines(text.check());

        assertFalse(problems.isEmpty());
        assertTrue(problems.stream().allMatch(line -> line.startsWith("claims.json:2 /0/")), problems.toString());
    }

    @Test void aGzippedFileOfClaimsIsCoveredAsAnyOther() throws IOException {
        var text = new SmallText(folder, "en", "It is good.").claim(1);
        var content = text.content();
        var claims = folder.resolve("data/sources/paper/claims.json");
        try (var out = new GZIPOutputStream(Files.newOutputStream(folder.resolve("data/sources/paper/claims.json.gz")))) {
            Files.copy(claims, out);
        }
        Files.delete(claims);

        var report = Check.of(content, Map.of("paper", text.file()), Progress.silent());

        assertEquals(List.of(), text.lines(report));
        assertEquals(1, report.claims());
    }
}
