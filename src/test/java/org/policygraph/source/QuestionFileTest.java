package org.policygraph.source;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.policygraph.problem.Problem;

/// What is told of the head of a question that says something odd.
class QuestionFileTest {

    @TempDir private Path folder;

    @Test void aNumberInAHeadIsTextAsItIsWritten() throws IOException {
        for (var number : List.of(".inf", "1e999999999", "0x1F")) {
            assertEquals(List.of("a.rq: unknown tier as the first of the tags '" + number + "'"), problems("title: a", "title-zh: a", "description: a", "description-zh: a", "tags: [" + number + "]", "returns: a", "view: {type: table}"));
        }
    }

    private List<String> problems(String... head) throws IOException {
        var file = Files.writeString(folder.resolve("a.rq"), "#+ " + String.join("\n#+ ", head) + "\nSELECT * {}\n");
        var problems = new ArrayList<Problem>();
        new QuestionFile(file).read(problems::add);
        return problems.stream().map(problem -> folder.relativize(file) + problem.line().substring(file.toString().length()).replaceFirst("; did you mean.*", "")).toList();
    }
}
