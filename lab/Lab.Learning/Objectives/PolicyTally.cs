using System.Text.Json.Nodes;

namespace CognitiveTools.Lab.Learning.Objectives;

/// <summary>Sums over the texts that a policy drew.</summary>
internal sealed record PolicyTally
{
    /// <summary>Sum of the rewards.</summary>
    public double Rewards { get; set; }

    /// <summary>Texts.</summary>
    public long Texts { get; set; }

    /// <summary>Their tokens.</summary>
    public long Tokens { get; set; }

    /// <summary>Groups.</summary>
    public long Groups { get; set; }

    /// <summary>Groups whose rewards differ; the others teach nothing.</summary>
    public long Mixed { get; set; }

    /// <summary>Adds a group.</summary>
    public void Count(double[] rewards, long tokens)
    {
        (Rewards, Texts, Tokens, Groups) = (Rewards + rewards.Sum(), Texts + rewards.Length, Tokens + tokens, Groups + 1);
        Mixed += rewards.Distinct().Count() > 1 ? 1 : 0;
    }

    /// <summary>Adds the means to a report.</summary>
    public void AddTo(JsonObject report)
    {
        report["reward"] = Share(Rewards, Texts);
        report["mixed"] = Share(Mixed, Groups);
        report["tokens"] = Share(Tokens, Texts);

        static double? Share(double sum, long count) => count == 0 ? null : Math.Round(sum / count, 4);
    }
}
