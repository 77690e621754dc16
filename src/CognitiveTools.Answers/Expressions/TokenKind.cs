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
