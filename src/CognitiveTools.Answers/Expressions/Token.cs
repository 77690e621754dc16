namespace CognitiveTools.Answers.Expressions;

/// <summary>What a token is.</summary>
internal enum TokenKind
{
    /// <summary>Digits, perhaps with a point.</summary>
    Number,

    /// <summary>One letter or a Greek name.</summary>
    Letter,

    /// <summary>A command or function name without its backslash.</summary>
    Command,

    /// <summary>Words of ordinary language.</summary>
    Words,

    /// <summary>One character, or <c>\\</c> as <c>row</c>, <c>\{</c> as <c>set</c>, <c>\}</c> as <c>endset</c>.</summary>
    Mark,

    /// <summary>The end.</summary>
    End,
}

/// <summary>A token.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">Its text.</param>
/// <param name="Spaced">White space stood before it.</param>
/// <param name="Escaped">It was written with a backslash.</param>
internal readonly record struct Token(TokenKind Kind, string Text, bool Spaced = false, bool Escaped = false)
{
    public bool Is(string mark) => Kind is TokenKind.Mark && Text == mark;

    public bool IsCommand(string name) => Kind is TokenKind.Command && Text == name;
}
