using CognitiveTools.Llama.Templates.Values;

namespace CognitiveTools.Llama.Templates.Syntax;

internal enum TokenKind
{
    /// <summary>Text outside of tags.</summary>
    Data,
    VariableBegin,
    VariableEnd,
    BlockBegin,
    BlockEnd,
    Name,
    Text,
    Number,
    Operator,
    End,
}

/// <summary>A piece of a template's source.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">Its text; of a string literal its value.</param>
/// <param name="Line">Where it begins, counted from 1.</param>
/// <param name="Value">Of a number, its value.</param>
internal readonly record struct Token(TokenKind Kind, string Text, int Line, object? Value = null)
{
    public bool Is(string text) => Kind is TokenKind.Operator or TokenKind.Name && Text == text;

    public TemplateException Unexpected(string expected) =>
        new TemplateException($"expected {expected}, found {(Kind == TokenKind.End ? "the end of the template" : $"'{Text}'")}").At(Line);
}
