using CognitiveTools.Identity;

namespace CognitiveTools.Evals.Runs;

/// <summary>Differences in the changes that were made to the models of two runs, in the words in which they are given.</summary>
internal static class ChangeDifference
{
    /// <summary>Each difference once, however many arms have it.</summary>
    public static IEnumerable<string> Between(RunFacts before, RunFacts after) =>
        before.Arms.Keys.Intersect(after.Arms.Keys, StringComparer.Ordinal)
            .SelectMany(arm => before.Of(arm)!.Models.Zip(after.Of(arm)!.Models))
            .SelectMany(static pair => Between(pair.First.Changes, pair.Second.Changes))
            .Distinct(StringComparer.Ordinal);

    /// <summary>Whether a difference of facts is one of these.</summary>
    public static bool Says(FactDifference difference) => IsChanged(difference.Fact.Split(' '));

    private static bool IsChanged(string[] path) => path is ["models", "changes", ..] or ["models", _, "changes", ..];

    private static IEnumerable<string> Between(IReadOnlyList<AppliedChange> before, IReadOnlyList<AppliedChange> after)
    {
        var names = before.Concat(after).Select(static change => (change.Kind, change.Name)).Distinct().ToArray();
        foreach (var name in names)
        {
            var (was, now) = (Find(before, name), Find(after, name));
            if (was is null || now is null)
                yield return $"{Words(was ?? now!)} was {(was is null ? "not given and is now" : "given and is not now")}";
            else if (was.Value != now.Value)
                yield return $"{Words(was)} was {was.Value} and is {now.Value}";
            else if (was.Sha256 != now.Sha256)
                yield return $"{Words(was)} has another content than it had ({Short(was.Sha256)}, now {Short(now.Sha256)})";
        }

        if (before.Count == after.Count && !before.SequenceEqual(after) && before.ToHashSet().SetEquals(after))
            yield return "the changes of the model are in another order";
    }

    private static AppliedChange? Find(IReadOnlyList<AppliedChange> changes, (string Kind, string Name) name) =>
        changes.FirstOrDefault(change => (change.Kind, change.Name) == name);

    private static string Words(AppliedChange change) => change.Kind switch
    {
        "chat_template" => "--chat-template (or the setting Llama:ChatTemplate)",
        "thought_format" => "+thoughts (or the setting Llama:ThoughtFormat)",
        "template_variable" => $"the setting Llama:TemplateVariables:{change.Name}",
        "template_date" => "the setting Llama:TemplateDate",
        "lora" => $"+lora={change.Name}",
        "set" => $"+set={change.Name}",
        _ => $"{change.Kind} {change.Name}",
    };

    private static string Short(string? hash) => hash is null ? "absent" : hash[..Math.Min(12, hash.Length)];
}
