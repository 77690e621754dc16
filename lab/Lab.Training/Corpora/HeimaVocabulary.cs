namespace CognitiveTools.Lab.Training.Corpora;

/// <summary>
/// The vocabulary of the Heima models: that of the skills taught apart, a thinking token for each stage of a solution, and the word that
/// asks for the text of a stage. New tokens come last, so that all others keep their ids.
/// </summary>
internal static class HeimaVocabulary
{
    /// <summary>The system message of the interpreter.</summary>
    public const string Interpret = "interpret";

    /// <summary>The thinking tokens in the order of the stages (<see cref="Problems.Generation.MiniFormats.InStages"/>).</summary>
    public static IReadOnlyList<string> ThinkingTokens { get; } = ["<|restate|>", "<|work|>", "<|check|>"];

    /// <summary>Builds the vocabulary.</summary>
    public static MiniVocabulary Build() =>
        new([.. MiniVocabularyBuilder.Build(numbersWhole: true, skillsApart: true).Tokens, Interpret, .. ThinkingTokens]);
}
