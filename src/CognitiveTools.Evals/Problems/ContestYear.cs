using System.Globalization;
using System.Text.RegularExpressions;

namespace CognitiveTools.Evals.Problems;

/// <summary>The contest and year that a problem names in its cluster, source or id.</summary>
internal sealed partial record ContestYear(string Contest, int Year)
{
    /// <summary>
    /// Reads them, the year from the problem's own field first; <see langword="null"/> when no field names a contest with a year. A
    /// number alone is not taken for a year: an id such as <c>heldout-2026-0001</c> says nothing about a contest.
    /// </summary>
    public static ContestYear? Of(Problem problem)
    {
        foreach (var field in new[] { problem.Cluster, problem.Source, problem.Id })
        {
            if (field is null || Contests().Match(field) is not { Success: true } contest)
                continue;
            var name = contest.Groups["name"].Value.ToUpperInvariant();
            if (problem.Year is { } stated)
                return new ContestYear(name, stated);
            if (Years().Match(field) is { Success: true } year)
                return new ContestYear(name, int.Parse(year.ValueSpan, CultureInfo.InvariantCulture));
            if (contest.Groups["short"] is { Success: true } digits)
                return new ContestYear(name, 2000 + int.Parse(digits.ValueSpan, CultureInfo.InvariantCulture));
        }

        return problem.Year is { } published ? new ContestYear("published", published) : null;
    }

    // Data sets also write a year in two digits right after the name: aime24, AIME_25.
    [GeneratedRegex(
        @"(?<![a-z])(?<name>aime|amc|ahsme|usamo|usajmo|imo|hmmt|cmimc|brumo|smt|putnam|olympiad)(?![a-z])(?:[-_ ]?(?<short>\d\d)(?!\d))?",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Contests();

    [GeneratedRegex(@"(?<!\d)(19|20)\d\d(?!\d)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Years();
}
