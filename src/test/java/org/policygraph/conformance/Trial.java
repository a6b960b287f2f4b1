package org.policygraph.conformance;

import java.io.IOException;

/// What a case does with a server.
interface Trial {

    /// @throws NotPassed when the server answers otherwise than the case has it
    Passed against(Subject subject) throws IOException, InterruptedException;

    /// How an answer is what was expected.
    enum Passed {
        /// Each term as it is expected.
        BY_TERM,
        /// With a number, a date or a truth value that is spelt otherwise.
        BY_VALUE
    }

    /// Why a case has not passed.
    final class NotPassed extends RuntimeException {

        private static final long serialVersionUID = 1L;

        NotPassed(String why) {
            super(why, null, false, false);
        }
    }

    static Trial of(Case tried, SuiteFolder suites) {
        return switch (tried.kind()) {
            case "QueryEvaluationTest", "CSVResultFormatTest" -> new QueryTrial(tried, suites, false);
            case "UpdateEvaluationTest" -> new UpdateTrial(tried, suites);
            case "PositiveSyntaxTest", "PositiveSyntaxTest11" -> new SyntaxTrial(tried, suites, SyntaxTrial.Language.QUERY, SyntaxTrial.Expected.TAKEN);
            case "NegativeSyntaxTest", "NegativeSyntaxTest11" -> new SyntaxTrial(tried, suites, SyntaxTrial.Language.QUERY, SyntaxTrial.Expected.REFUSED);
            case "PositiveUpdateSyntaxTest", "PositiveUpdateSyntaxTest11" -> new SyntaxTrial(tried, suites, SyntaxTrial.Language.UPDATE, SyntaxTrial.Expected.TAKEN);
            case "NegativeUpdateSyntaxTest", "NegativeUpdateSyntaxTest11" -> new SyntaxTrial(tried, suites, SyntaxTrial.Language.UPDATE, SyntaxTrial.Expected.REFUSED);
            case "ProtocolTest", "GraphStoreProtocolTest" -> new ProtocolTrial(tried, suites);
            case "ServiceDescriptionTest" -> new ServiceDescriptionTrial(tried);
            default -> _ -> {
                throw new NotPassed("a kind of case that is not known: " + tried.kind());
            };
        };
    }
}
