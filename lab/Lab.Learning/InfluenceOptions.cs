using System.CommandLine;
using CognitiveTools.Cli;
using CognitiveTools.Lab.Learning.Data;
using CognitiveTools.Lab.Learning.Influence;
using CognitiveTools.Lab.Learning.Objectives;
using CognitiveTools.Lab.Learning.Runs;
using CognitiveTools.Lab.Training.Corpora;

namespace CognitiveTools.Lab.Learning;

/// <summary>What both commands of influence ask for.</summary>
internal static class InfluenceOptions
{
    public static Option<double> Damping() => new Option<double>("--damping")
    {
        Description = "For ekfac: what is added to each layer's eigenvalues, as a part of their mean",
        DefaultValueFactory = static _ => EkFac.DefaultDamping,
    }.Within(1e-6, 1e6);

    public static Option<int> Threads() => new Option<int>("--threads")
    {
        Description = "Threads",
        DefaultValueFactory = static _ => 1,
    }.Within(1, 1024);

    /// <summary>The corpus of a run whose records can be traced: next token, and one corpus.</summary>
    /// <exception cref="InvalidDataException">It is another kind of run.</exception>
    public static string Corpus(RunFile run) => run.Objective.Required("kind") == NextToken.Kind
        ? run.Course.Required("corpus")
        : throw run.Objective.Wrong("kind", $"influence is computed for '{NextToken.Kind}' alone.");

    /// <summary>A conversation in one line.</summary>
    public static string Text(MiniVocabulary words, TokenFile file, int row) =>
        words.Decode(file.Whole(row)).Replace("\n", "\\n", StringComparison.Ordinal);
}
