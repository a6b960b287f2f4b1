package org.policygraph.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.policygraph.problem.ProblemException;

class CoverageTest {

    @TempDir Path folder;

    @Test void aParagraphThatNothingCitesIsTold() {
        var text = new SmallText(folder, "en", "# One", "A maker makes chips.", "It does so well.").claim(2);

        var report = text.coverage();

        assertEquals(List.of("source.json:8 /passages/2: no claim and no figure cites paragraph 3; write what it says, or give it the role heading if it says nothing"),
                text.lines(report));
        assertEquals("paper: 1 of 2 content paragraphs covered, 0 of 0 numerals accounted for (0 carried, 0 in names, 0 waived)",
                report.coverage().getFirst().summary());
        assertFalse(report.clean());
    }

    @Test void aHeadingThatIsCitedCountsForNothing() {
        var report = new SmallText(folder, "en", "# One", "It is good.", "So it is.").claim(1).claim(2).coverage();

        assertTrue(report.coverage().getFirst().summary().startsWith("paper: 1 of 2 content paragraphs covered"));
    }

    @Test void aFigureCitesToo() {
        assertEquals(List.of(), new SmallText(folder, "en", "It is good.", "It has three labs.").claim(1).count(2, "f2-1", 3).problems());
    }

    @Test void aNumberThatNothingCarriesIsToldAtItsLineOfTheText() {
        var text = new SmallText(folder, "zh-Hant", "芯片很好。", "該廠今年投入82億元建設八座廠房。").claim(1).claim(2)
                .figure(2, "f2-1", "fund-size", "CCY_CNY", "\"value\": 8200000000");

        assertEquals(List.of("text.txt:3: nothing carries '八' of paragraph 2, in \"…億元建設八座廠房。\"; "
                + "write a figure with it that cites the paragraph, or waive it in notFigures if it counts nothing"), text.problems());
    }

    @Test void aFigureOfAnotherParagraphCarriesNothingHere() {
        var text = new SmallText(folder, "en", "It has three labs.", "It has three labs.").claim(1).claim(2).count(1, "f1-1", 3);

        assertEquals(1, text.problems().size());
        assertTrue(text.problems().getFirst().startsWith("text.txt:3: nothing carries 'three' of paragraph 2"), text.problems().toString());
    }

    @Test void aFigureWithAnotherPowerOfTenIsPointedAt() {
        var text = new SmallText(folder, "zh-Hant", "基金規模達82億元。").claim(1).figure(1, "f1-1", "fund-size", "CCY_CNY", "\"value\": 82000000");

        assertEquals(List.of(
                "figures.json:2 /0: 'f1-1' has the number 82000000, which no paragraph that it cites (1) tells; give it as the text does, in the same unit",
                "text.txt:1: nothing carries '82億' of paragraph 1, in \"…金規模達82億元。\" (f1-1 has 82000000, another power of ten); "
                        + "write a figure with it that cites the paragraph, or waive it in notFigures if it counts nothing"), text.problems());
    }

    @Test void eachFigureCarriesOneMentionOfItsNumber() {
        var text = new SmallText(folder, "zh-Hant", "三座實驗室延後三個月。").claim(1).count(1, "f1-1", 3);

        assertEquals(List.of("text.txt:1: nothing carries '三' of paragraph 1, in \"…驗室延後三個月。\" "
                + "(f1-1 can't carry it: the paragraph has this number more than once); "
                + "write a figure with it that cites the paragraph, or waive it in notFigures if it counts nothing"), text.problems());
        assertEquals(List.of(), text.figure(1, "f1-2", "delay-duration", "MO_MeanJulian", "\"value\": 3").problems());
    }

    @Test void mentionsGiveWayToOneAnotherSoThatAsManyAsCanBeAreCarried() {
        // 30餘 could take either figure, 30 only the first.
        var text = new SmallText(folder, "zh-Hant", "30餘座實驗室,30個廠。").claim(1).count(1, "f1-1", 30).count(1, "f1-2", 35);

        assertTrue(text.problems().stream().noneMatch(line -> line.contains("nothing carries")), text.problems().toString());
    }

    @Test void aRangeNeedsBothItsEnds() {
        for (var end : List.of("100000000000", "500000000000")) {
            assertEquals(1, new SmallText(folder, "zh-Hant", "耗資一至五千億元。").claim(1)
                    .figure(1, "f1-1", "investment-size", "CCY_CNY", "\"value\": " + end).problems().size());
        }
        assertEquals(List.of(), new SmallText(folder, "zh-Hant", "耗資一至五千億元。").claim(1)
                .figure(1, "f1-1", "investment-size", "CCY_CNY", "\"minimum\": 100000000000, \"maximum\": 500000000000").problems());
    }

    @Test void aVagueNumberIsCarriedByAnyFigureOfItsSize() {
        assertEquals(List.of(), new SmallText(folder, "zh-Hant", "耗資數百億元。").claim(1)
                .figure(1, "f1-1", "investment-size", "CCY_CNY", "\"minimum\": 10000000000, \"maximum\": 100000000000").problems());
        assertEquals(2, new SmallText(folder, "zh-Hant", "耗資數百億元。").claim(1)
                .figure(1, "f1-1", "investment-size", "CCY_CNY", "\"value\": 9000000000").problems().size());
    }

    @Test void aShareIsCarriedInPercentAndNotByTheBareNumber() {
        var text = "佔3.7%,三分之二由過半廠商提供。";
        assertEquals(List.of(), new SmallText(folder, "zh-Hant", text).claim(1)
                .figure(1, "f1-1", "electricity-share", "PERCENT", "\"value\": 3.7")
                .figure(1, "f1-2", "coal-share", "PERCENT", "\"value\": 66.7")
                .figure(1, "f1-3", "compute-share", "PERCENT", "\"value\": 50").problems());
        assertEquals(List.of(
                "figures.json:2 /0: 'f1-1' has the number 3, which no paragraph that it cites (1) tells; give it as the text does, in the same unit",
                "text.txt:1: nothing carries '3%' of paragraph 1, in \"佔3%。\" (f1-1 has 3, and not in a unit of shares); write a figure with it that cites the paragraph, or waive it in notFigures if it counts nothing"),
                new SmallText(folder, "zh-Hant", "佔3%。").claim(1).count(1, "f1-1", 3).problems());
    }

    @Test void aNumberIsComparedInTheUnitInWhichItIsWritten() {
        assertEquals(List.of(), new SmallText(folder, "zh-Hant", "電力38吉瓦。").claim(1)
                .figure(1, "f1-1", "electricity-demand-data-centres", "GigaW", "\"value\": 38").problems());
        assertEquals(2, new SmallText(folder, "zh-Hant", "電力38吉瓦。").claim(1)
                .figure(1, "f1-1", "electricity-demand-data-centres", "W", "\"value\": 38000000000").problems().size());
    }

    @Test void yearsAndMonthsAreCarriedByTheDatesOfClaimsAndFigures() {
        assertEquals(List.of(), new SmallText(folder, "zh-Hant", "2018年起,至2024年6月有五座。", "2020至2025年。", "2030年。", "始於2011年,2012年5月8日止。")
                .claim(1, "develops", "\"object\": \"chip\", \"time\": {\"from\": \"2018\"}")
                .figure(1, "f1-1", "lab-count", "NUM", "\"value\": 5, \"forDate\": \"2024-06\"")
                .claim(2, "develops", "\"object\": \"chip\", \"time\": {\"from\": \"2020\", \"until\": \"2025\"}")
                .claim(3, "develops", "\"object\": \"chip\", \"time\": {\"due\": \"2030\"}")
                .claim(4, "startDate", "\"value\": \"2011\"")
                .claim(4, "develops", "\"object\": \"chip\", \"time\": {\"at\": \"2012-05-08\"}").problems());
        assertEquals(List.of("text.txt:1: nothing carries '2018' of paragraph 1, in \"2018年起。\"; "
                        + "give it as a time of a claim or a date of a figure that cites the paragraph, or waive it in notFigures if it counts nothing"),
                new SmallText(folder, "zh-Hant", "2018年起。").claim(1, "develops", "\"object\": \"chip\", \"time\": {\"from\": \"2019\"}").problems());
    }

    @Test void aRangeOfYearsNeedsBothOfThem() {
        assertEquals(1, new SmallText(folder, "zh-Hant", "2020至2025年。").claim(1, "develops", "\"object\": \"chip\", \"time\": {\"from\": \"2020\"}").problems().size());
        assertEquals(1, new SmallText(folder, "zh-Hant", "2020至2025年。").claim(1, "develops", "\"object\": \"chip\", \"time\": {\"until\": \"2025\"}").problems().size());
    }

    @Test void theValueOfAClaimCarriesItsNumber() {
        var text = new SmallText(folder, "zh-Hant", "該廠排名第二。");

        assertEquals(1, text.claim(1).problems().size());
        assertEquals(List.of(), text.claim(1, "rank", "\"value\": 2").problems());
    }

    @Test void aNumberInTheNameOfAnEntityIsNoFigureWhoeverTheParagraphIsAbout() {
        assertEquals(List.of(), new SmallText(folder, "en", "The a10 and the Big Ten.", "So it is.").entity("a10", "A10", "A10芯片")
                .entity("ten", "Conference", "盟", ", \"altLabel\": {\"en\": [\"Big Ten\"]}")
                .claim(1).claim(2, "develops", "\"object\": \"a10\"").claim(2, "develops", "\"object\": \"ten\"").problems());
    }

    @Test void anotherNumberThatBeginsAsANameDoesIsOne() {
        var text = new SmallText(folder, "en", "The A100 is new.").entity("a10", "A10", "A10").claim(1, "develops", "\"object\": \"a10\"").claim(1);

        assertEquals(List.of("text.txt:1: nothing carries '100' of paragraph 1, in \"…he A100 is …\"; "
                + "write a figure with it that cites the paragraph, or waive it in notFigures if it counts nothing"), text.problems());
    }

    @Test void aNumberInTheNameOfSomethingTheParagraphIsAboutMayBeSpelledOtherwiseThere() {
        var text = new SmallText(folder, "zh-Hant", "型號CM-384(384型)面世。", "另有384個。").entity("cluster", "CloudMatrix 384", "CloudMatrix 384")
                .claim(1, "develops", "\"object\": \"cluster\"").claim(2);

        assertEquals(List.of("text.txt:3: nothing carries '384' of paragraph 2, in \"另有384個。\"; "
                + "write a figure with it that cites the paragraph, or waive it in notFigures if it counts nothing"), text.problems());
    }

    @Test void theSubjectOfAClaimIsMentionedToo() {
        assertEquals(List.of(), new SmallText(folder, "zh-Hant", "型號CM-384面世。").entity("cluster", "CloudMatrix 384", "CloudMatrix 384")
                .claim(1, "cluster", "uses", "\"object\": \"chip\"").claim(1).problems());
    }

    @Test void aSingleCharacterOrAYearInANameExcusesNoOtherMentionOfIt() {
        var text = new SmallText(folder, "zh-Hant", "三廠在2030年聯手。").entity("pact", "Pact of three for 2030", "三方2030協議")
                .claim(1, "develops", "\"object\": \"pact\"").claim(1);

        assertEquals(2, text.problems().size());
    }

    @Test void aNumberInATextThatAClaimGivesIsCarried() {
        var text = new SmallText(folder, "en", "It is Works 77.", "So it is.").claim(1).claim(2);

        assertEquals(1, text.problems().size());
        assertEquals(List.of(), text.claim(1, "officialName", "\"value\": {\"text\": \"Works 77\", \"lang\": \"en\"}").problems());
    }

    @Test void aWaiverMustCoverAWholeNumberThatIsStillOpen() {
        var text = new SmallText(folder, "zh-Hant", "# 三問", "首先看第三點與CM384,一應俱全。")
                .entity("cluster", "CM384", "CM384").claim(2).claim(2, "develops", "\"object\": \"cluster\"")
                .waiver(1, "三問").waiver(2, "首先").waiver(2, "三點").waiver(2, "第三").waiver(2, "五個").waiver(2, "384").waiver(2, "一應");

        assertEquals(List.of(
                "source.json:10 /notFigures/0: paragraph 1 is a heading, and numbers of headings need no waiver; take it out of notFigures",
                "source.json:11 /notFigures/1: '首先' waives no number in paragraph 2 that is not waived or part of a name anyway; take it out of notFigures",
                "source.json:12 /notFigures/2: '三點' is only a part of the number '第三' of paragraph 2; waive all of it, or carry it in a figure",
                "source.json:14 /notFigures/4: '五個' does not stand in paragraph 2; mend it or take it out of notFigures",
                "source.json:15 /notFigures/5: '384' waives no number in paragraph 2 that is not waived or part of a name anyway; take it out of notFigures"),
                text.problems());
    }

    @Test void aWaiverDoesNotReachIntoAnotherParagraph() {
        var text = new SmallText(folder, "zh-Hant", "一應俱全。", "一應俱全。").claim(1).claim(2).waiver(1, "一應");

        assertEquals(1, text.problems().size());
        assertTrue(text.problems().getFirst().startsWith("text.txt:3: nothing carries '一' of paragraph 2"), text.problems().toString());
    }

    @Test void aParagraphThatIsNotAsItWasReadIsToldAndItsNumbersWait() {
        var text = new SmallText(folder, "en", "It has a lab.", "It is good.").claim(1).claim(2).text("It has 12 labs.\n\nIt is good.\n");
        var now = new SourceText.Paragraph(1, 1, "It has 12 labs.").sha256();

        assertEquals(List.of("source.json:6 /passages/0: paragraph 1 of text.txt is not the one that was read: read it again, then write its sha256 " + now),
                text.problems());
    }

    @Test void aParagraphThatCameInBetweenIsToldByWhatMoved() {
        var text = new SmallText(folder, "en", "It is good.").claim(1).text("New.\nIt is good.\n");
        var good = new SourceText.Paragraph(2, 2, "It is good.").sha256();

        assertEquals(List.of(
                "source.json:6 /passages/0: paragraph 1 of text.txt is not the one that was read: that one is now number 2; number the passages, and what cites them, anew",
                "text.txt:2: paragraph 2 is not among the passages of 'paper'; add it there with sha256 " + good), text.problems());
    }

    @Test void aTextThatEndsTooSoonIsTold() {
        var text = new SmallText(folder, "en", "It is good.", "So it is.").claim(1).claim(2).text("It is good.");

        assertEquals(List.of("source.json:7 /passages/1: text.txt has no paragraph 2, it ends with 1; take the passage out, or give the whole text"), text.problems());
    }

    @Test void whiteSpaceLineEndingsAndAByteOrderMarkAreNoPartOfAParagraph() {
        assertEquals(List.of(), new SmallText(folder, "en", "It is good.", "So it is.").claim(1).claim(2)
                .text("\ufeff\r\n It is good.\u3000\r\n\r\n \t\r\nSo it is.  ").problems());
    }

    @Test void aNumberOfAFigureThatTheTextDoesNotTellIsTold() {
        var text = new SmallText(folder, "en", "It has a lab.").claim(1).count(1, "f1-1", 7).count(1, "f1-2", 0);

        assertEquals(List.of("figures.json:2 /0: 'f1-1' has the number 7, which no paragraph that it cites (1) tells; give it as the text does, in the same unit"), text.problems());
    }

    @Test void whetherAFigureIsToldWaitsForParagraphsThatAreNotAsTheyWereRead() {
        var text = new SmallText(folder, "en", "It is good.", "It has 7 labs.").claim(1).count(2, "f2-1", 7).alsoCiting(1);
        assertEquals(List.of(), text.problems());

        text.text("It is good.\nIt has seven labs.");

        assertEquals(1, text.problems().size());
        assertTrue(text.problems().getFirst().contains("is not the one that was read"), text.problems().toString());
    }

    @Test void aNumberThatIsWaivedOrInANameStillCountsAsTold() {
        assertEquals(List.of(), new SmallText(folder, "zh-Hant", "三大難題,A10芯片。").entity("a10", "A10", "A10").claim(1)
                .claim(1, "develops", "\"object\": \"a10\"").waiver(1, "三大").count(1, "f1-1", 3).count(1, "f1-2", 10).problems());
    }

    @Test void anEntityThatNothingIsAboutIsTold() {
        var text = new SmallText(folder, "en", "It is good.").claim(1).entity("idle", "Idle", "閒置");

        assertEquals(List.of("entities/all.json:8 /3: no claim and no figure is about 'idle'; write what a source says of it, or take it out"), text.problems());
    }

    @Test void anEntityIsInUseInWhateverFieldItStands() {
        var text = new SmallText(folder, "en", "It is good.").claim(1).entity("press", "Press", "出版社").entity("measured", "Measured", "受測者")
                .entity("land", "Land", "國家").entity("other", "Other", "其他").publishedBy("press")
                .figure(1, "f1-1", "measured", "lab-count", "NUM", "\"value\": 0, \"place\": \"land\", \"comparedWith\": \"other\"");

        assertEquals(List.of(), text.problems());
    }

    @Test void aSourceKnownByReferenceAloneHasNothingToCover() {
        var text = new SmallText(folder, "en", "It is good.").claim(1);
        text.write("data/sources/site/source.json", """
                {"id": "site", "kind": "external", "language": "en", "reference": "https://example.org/", "passages": [],
                 "label": {"en": "A site", "zh-Hant": "一個網站"}, "definition": {"en": "A site.", "zh-Hant": "一個網站。"}}
                """);

        var report = text.coverage();

        assertEquals(List.of(), text.lines(report));
        assertEquals(List.of("paper"), report.coverage().stream().map(Coverage::source).toList());
    }

    @Test void withoutTheTextParagraphsAndEntitiesAreStillLookedAt() {
        var text = new SmallText(folder, "en", "It has 12 labs.", "It is good.").claim(1).entity("idle", "Idle", "閒置");

        var report = text.coverage(Map.of());

        assertEquals(List.of(
                "source.json:7 /passages/1: no claim and no figure cites paragraph 2; write what it says, or give it the role heading if it says nothing",
                "entities/all.json:8 /3: no claim and no figure is about 'idle'; write what a source says of it, or take it out"), text.lines(report));
        assertEquals("paper: 1 of 2 content paragraphs covered", report.coverage().getFirst().summary());
    }

    @Test void aTextOfASourceThatIsNotThereIsTold() {
        var text = new SmallText(folder, "en", "It is good.").claim(1);

        assertEquals(List.of("--text: unknown source 'papers'; did you mean paper?"), text.lines(text.coverage(Map.of("papers", text.file()))));
    }

    @Test void aTextThatCantBeReadIsTold() throws IOException {
        var text = new SmallText(folder, "en", "It is good.").claim(1);
        Files.write(folder.resolve("latin.txt"), "café".getBytes(StandardCharsets.ISO_8859_1));

        var missing = assertThrows(ProblemException.class, () -> text.coverage(Map.of("paper", folder.resolve("gone.txt"))));
        var latin = assertThrows(ProblemException.class, () -> text.coverage(Map.of("paper", folder.resolve("latin.txt"))));

        assertEquals(folder + "/gone.txt: there is no such file; give the text of the source as SOURCE=FILE", missing.getMessage());
        assertEquals(folder + "/latin.txt: the text is not UTF-8 throughout; save it as UTF-8", latin.getMessage());
    }
}
