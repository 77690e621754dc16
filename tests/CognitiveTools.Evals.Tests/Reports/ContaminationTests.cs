using CognitiveTools.Evals.Problems;
using CognitiveTools.Evals.Reports;

namespace CognitiveTools.Evals.Tests.Reports;

public sealed class ContaminationTests
{
    [Theory]
    [InlineData("aime24-3", null, null, "AIME", 2024)]
    [InlineData("1", "AIME 2022 I", null, "AIME", 2022)]
    [InlineData("1", null, "AMC-2019", "AMC", 2019)]
    [InlineData("AIME_25_7", "https://example.org/2020/aime_problems", "hmmt feb", "AIME", 2020)]
    [InlineData("2023-II-4", "the Putnam of 1998", null, "PUTNAM", 1998)]
    public void A_contest_and_its_year_are_read_from_cluster_source_or_id(
        string id, string? source, string? cluster, string contest, int year) =>
        Assert.Equal(new ContestYear(contest, year), ContestYear.Of(new Problem(id, "?", "1") { Source = source, Cluster = cluster }));

    [Theory]
    [InlineData("heldout-2026-0001")]
    [InlineData("cogtools-A-I-01")]
    [InlineData("claimed-2020")]
    [InlineData("aime-II-4")]
    [InlineData("imo120")]
    public void A_number_without_a_contest_or_a_contest_without_a_year_gives_no_year(string id) =>
        Assert.Null(ContestYear.Of(new Problem(id, "?", "1") { Source = "generated" }));

    [Fact]
    public void Contests_up_to_2023_are_called_seen_and_later_ones_are_not()
    {
        Problem[] problems = [Of("aime-2022-1"), Of("aime-2023-1"), Of("aime-2023-2"), Of("aime-2025-1"), Of("other")];

        Assert.Equal(
            [
                "4 of 5 problems come from contests, by year: AIME 2022: 1, AIME 2023: 2, AIME 2025: 1. Table 3 gives accuracy by year.",
                "3 of them are of 2023 or earlier and must be treated as seen in training: "
                + "accuracy on them measures memory as well as reasoning.",
                "1 are later: compare their year with the end of the model's training data. What is older than that counts as seen.",
            ],
            Contamination.Notes(problems));
    }

    [Fact]
    public void Problems_without_a_contest_need_no_note() => Assert.Empty(Contamination.Notes([Of("p1"), Of("heldout-2026-1")]));

    private static Problem Of(string id) => new(id, "?", "1");
}
