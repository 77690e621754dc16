using CognitiveTools.Lab.Problems.Generation;

namespace CognitiveTools.Lab.Problems.Mixture;

/// <summary>A drawn key and the drawn value that belongs to it; nothing but memory leads from one to the other.</summary>
/// <param name="Key">Letters A to Z.</param>
/// <param name="Value">Letters A to Z.</param>
internal sealed record Fact(string Key, string Value)
{
    /// <summary>Family of the conversations.</summary>
    public const string Family = "facts";

    /// <summary>Wordings of the question, <c>ABCD?</c> and <c>?ABCD</c>.</summary>
    public const int Wordings = 2;

    /// <summary>The mark of a question for a fact.</summary>
    public const char Mark = '?';

    /// <summary>The question in a wording.</summary>
    public string Text(int wording) => wording switch
    {
        0 => Key + Mark,
        1 => Mark + Key,
        _ => throw new ArgumentOutOfRangeException(nameof(wording), wording, $"A fact has {Wordings} wordings, 0 and 1."),
    };

    /// <summary>The conversation that asks for the fact and tells it.</summary>
    public Conversation Converse(int wording) => Mixed.Converse(Text(wording), Value, Family, steps: 1, wording);
}
