using System.Security.Cryptography;
using System.Text;

namespace CognitiveTools.Evals.Runs;

/// <summary>Decides whether a directory's run is the one that is to be run.</summary>
public static class RunIdentity
{
    /// <summary>
    /// A directory name for a run: the suite's name and a hash of suite and model, so that the same command finds its own
    /// unfinished run again.
    /// </summary>
    public static string DirectoryName(string suiteName, string suiteHash, IReadOnlyDictionary<string, string> model)
    {
        var facts = string.Join('\n', model.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => $"{f.Key}={f.Value}"));
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{suiteHash}\n{facts}")));
        var safe = new string([.. suiteName.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' ? c : '-')]);
        return $"{safe}-{hash[..12]}";
    }

    /// <summary>The header of a resumed run. More samples than before are welcome.</summary>
    /// <exception cref="InvalidOperationException">The runs differ.</exception>
    internal static RunHeader Merge(RunHeader earlier, RunHeader now, string directory)
    {
        var differences = Differences(earlier, now).ToArray();
        if (differences.Length > 0)
        {
            throw new InvalidOperationException(
                $"The run in '{directory}' is another one: {string.Join("; ", differences)}. Resume it with what it was started with, or choose another run directory with --run.");
        }

        return now with
        {
            Suite = now.Suite with { Samples = Math.Max(earlier.Suite.Samples, now.Suite.Samples) },
            Sessions = [.. earlier.Sessions, .. now.Sessions],
        };
    }

    private static IEnumerable<string> Differences(RunHeader earlier, RunHeader now)
    {
        foreach (var key in earlier.Model.Keys.Union(now.Model.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            var (before, after) = (earlier.Model.GetValueOrDefault(key, "absent"), now.Model.GetValueOrDefault(key, "absent"));
            if (before != after)
                yield return $"model fact '{key}' was {before} and is {after}";
        }

        if (earlier.SuiteHash == now.SuiteHash)
            yield break;
        var (a, b) = (earlier.Suite, now.Suite);
        (string Name, object Before, object After)[] parts =
        [
            ("problems", Short(earlier.ProblemsHash), Short(now.ProblemsHash)),
            ("arms", Join(a), Join(b)),
            ("budget", a.Budget, b.Budget),
            ("temperature", a.Temperature, b.Temperature),
            ("seed", a.Seed, b.Seed),
            ("answers", $"{a.Answers} v{a.AnswersVersion}", $"{b.Answers} v{b.AnswersVersion}"),
        ];
        var named = false;
        foreach (var part in parts.Where(p => !p.Before.Equals(p.After)))
        {
            named = true;
            yield return $"{part.Name} was {part.Before} and is {part.After}";
        }

        if (!named)
            yield return $"the suite's hash was {Short(earlier.SuiteHash)} and is {Short(now.SuiteHash)}";
    }

    private static string Join(SuiteSnapshot suite) =>
        string.Join(", ", suite.Arms.Select(a => a.Name == a.Reasoner ? a.Name : $"{a.Name} = {a.Reasoner}"));

    private static string Short(string hash) => hash[..Math.Min(12, hash.Length)];
}
