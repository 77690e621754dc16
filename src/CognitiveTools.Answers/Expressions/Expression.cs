using System.Text;
using CognitiveTools.Answers.Texts;

namespace CognitiveTools.Answers.Expressions;

/// <summary>
/// An answer as it was written and, when it can be read as mathematics within the limits (<see cref="MathText.LongestCandidate"/>
/// characters, nesting 64, numbers of 256 digits, a count of operations), its tree.
/// </summary>
internal sealed class Expression
{
    private readonly string _source;

    private Expression(string source, Node? tree)
    {
        _source = source;
        Text = Normalize(source);
        Tree = tree;
    }

    /// <summary>The text without what only sets type: <see cref="Normalize(string)"/>.</summary>
    public string Text { get; }

    /// <summary>The tree, or <see langword="null"/> when only the text can be compared.</summary>
    public Node? Tree { get; }

    /// <summary>Reads a text. Whatever cannot be parsed still has its text.</summary>
    public static Expression Read(string text)
    {
        text = ComposedText.Of(text);
        try
        {
            return new Expression(text, text.Length > MathText.LongestCandidate ? null : Parser.Parse(text));
        }
        catch (OperationLimitException)
        {
            return new Expression(text, null);
        }
    }

    /// <summary>Compares an answer with a reference.</summary>
    public AnswerComparison Compare(Expression gold)
    {
        if (Figure(_source) is { } figure && Figure(gold._source) is { } other && figure != other)
            return new AnswerComparison(Equal: false, AsText: false);
        var sameText = string.Equals(Text, gold.Text, StringComparison.Ordinal);
        if (Tree is null || gold.Tree is null)
            return new AnswerComparison(sameText, AsText: true);
        if (string.Equals(_source, gold._source, StringComparison.Ordinal))
            return new AnswerComparison(Equal: true, AsText: false); // even 1/0 is itself
        if (Tree is Words != gold.Tree is Words && SameWords(Tree, gold))
            return new AnswerComparison(Equal: true, AsText: false);
        try
        {
            return new AnswerComparison(new NodeComparer(new OperationBudget()).EqualAnswers(Tree, gold.Tree), AsText: false);
        }
        catch (Exception exception) when (exception is OperationLimitException or DivideByZeroException)
        {
            return new AnswerComparison(sameText, AsText: true);
        }
    }

    /// <summary>
    /// One text for the usual ways to set the same (the rules of Hendrycks et al. 2021, MATH): no spaces, no dollar signs,
    /// <c>\left</c>, <c>\text</c> and the like; one name for every kind of fraction. Linear in the text.
    /// </summary>
    public static string Normalize(string text) => Normalized(text, new StringBuilder(text.Length), null).ToString();

    /// <summary>As <see cref="Normalize(string)"/>, with the index in the text that every character came from.</summary>
    public static string Normalize(string text, List<int> origins) => Normalized(text, new StringBuilder(text.Length), origins).ToString();

    // Whether letters name an angle or a triangle; null when nothing or both say so.
    private static string? Figure(string text)
    {
        var triangle = text.Contains("\\triangle", StringComparison.Ordinal) || text.Contains('△', StringComparison.Ordinal);
        var angle = text.Contains("angle", StringComparison.Ordinal) && text.Replace("\\triangle", "", StringComparison.Ordinal) is var rest
            && (rest.Contains("\\angle", StringComparison.Ordinal) || rest.Contains("\\measuredangle", StringComparison.Ordinal))
            || text.Contains('∠', StringComparison.Ordinal);
        return triangle == angle ? null : triangle ? "triangle" : "angle";
    }

    // "cat" alone parses as a product, "\text{cat}" as a word.
    private bool SameWords(Node tree, Expression other) => tree is Words words
        ? Vocabulary.Meaning(words.Text) == Vocabulary.Meaning(Vocabulary.Plain(other._source.Trim('$', ' ')))
        : other.SameWords(other.Tree!, this);

    private static StringBuilder Normalized(string text, StringBuilder kept, List<int>? origins)
    {
        var at = 0;
        while (at < text.Length)
        {
            var from = at;
            var piece = Piece(text, ref at);
            if (piece.Length == 0 && kept.Length > 0 && char.IsAsciiDigit(kept[^1]) && at < text.Length && char.IsAsciiDigit(text[at])
                && char.IsWhiteSpace(text[at - 1]))
                piece = " "; // "1 1/2" is not "11/2"
            foreach (var character in piece)
            {
                kept.Append(character);
                origins?.Add(from);
            }
        }

        return kept;
    }

    private static ReadOnlySpan<char> Piece(string text, ref int at)
    {
        var character = text[at++];
        if (character is '$' or '~' or '`' || char.IsWhiteSpace(character))
            return "";
        if (character == '−')
            return "-";
        if (character != '\\' || at == text.Length)
            return text.AsSpan(at - 1, 1);
        var from = at;
        while (at < text.Length && char.IsAsciiLetter(text[at]))
            at++;
        if (at == from)
        {
            return text[at++] switch { '{' => "\\{", '}' => "\\}", '\\' => "\\\\", '%' => "%", _ => "" };
        }

        var name = text[from..at];
        if (Vocabulary.Ignored.Contains(name) || Vocabulary.Faces.Contains(name))
            return "";
        return name is "dfrac" or "tfrac" or "cfrac" ? "\\frac" : text.AsSpan(from - 1, at - from + 1);
    }
}
