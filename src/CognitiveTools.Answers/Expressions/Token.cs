namespace CognitiveTools.Answers.Expressions;

/// <summary>A token.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">Its text.</param>
/// <param name="Spaced">White space was before it.</param>
/// <param name="Escaped">It was written with a backslash.</param>
internal readonly record struct Token(TokenKind Kind, string Text, bool Spaced = false, bool Escaped = false)
{
    public bool Is(string mark) => Kind is TokenKind.Mark && Text == mark;

    public bool IsCommand(string name) => Kind is TokenKind.Command && Text == name;
}
