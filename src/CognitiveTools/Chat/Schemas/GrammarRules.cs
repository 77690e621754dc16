using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace CognitiveTools.Chat.Schemas;

/// <summary>
/// The rules of one grammar while it is written. Equal rules are shared.
/// Bounds what llama.cpp would expand: the text, and the repetitions of rules.
/// </summary>
/// <param name="prefix">Begins the names of the rules, so that several grammars fit into one.</param>
internal sealed class GrammarRules(string prefix)
{
    internal const int MostCharacters = 512 * 1024;
    internal const int MostRepetitions = 10_000; // each becomes a rule of its own

    private readonly StringBuilder _text = new();
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);
    private int _count;
    private int _repetitions;

    /// <summary>The rules as text.</summary>
    public override string ToString() => _text.ToString();

    /// <summary>A name without a rule yet.</summary>
    public string Reserve() => string.Create(CultureInfo.InvariantCulture, $"{prefix}r{++_count}");

    /// <summary>The name of the rule with this body.</summary>
    /// <exception cref="NotSupportedException">The grammar is too long.</exception>
    public string Add(string body, string at)
    {
        if (_names.TryGetValue(body, out var known))
            return known;
        var name = Reserve();
        Define(name, body, at);
        return _names[body] = name;
    }

    /// <summary>Writes the rule of a reserved name.</summary>
    /// <exception cref="NotSupportedException">The grammar is too long.</exception>
    public void Define(string name, string body, string at)
    {
        _text.Append(name).Append(" ::= ").Append(body).Append('\n');
        if (_text.Length > MostCharacters)
        {
            throw SchemaRefusal.At(
                at,
                $"makes the grammar longer than {MostCharacters} characters",
                "Give fewer or shorter fixed values, or ask for less at once.");
        }
    }

    /// <summary>As <see cref="Add"/>, for a rule with a repetition.</summary>
    /// <param name="body">The body, with <c>{min,max}</c> in it.</param>
    /// <param name="times">Repetitions that llama.cpp expands.</param>
    /// <param name="at">The place in the schema.</param>
    /// <exception cref="NotSupportedException">The grammar has too many repetitions.</exception>
    public string AddRepeated(string body, int times, string at)
    {
        if (_names.TryGetValue(body, out var known))
            return known;
        _repetitions += times;
        return _repetitions <= MostRepetitions
            ? Add(body, at)
            : throw SchemaRefusal.At(
                at,
                $"brings lengths and counts to more than {MostRepetitions} together",
                "Lower them, leave them out, or use the same ones in several places.");
    }

    /// <summary>Some fixed texts.</summary>
    public string Literals(LiteralTree tree, string at)
    {
        if (tree.Branches.IsEmpty)
            return Literal(tree.Prefix);
        var choice = Add(string.Join(" | ", tree.Branches.Select(b => Alternative(b, at))), at);
        return tree.Prefix.Length == 0 ? choice : $"{Literal(tree.Prefix)} {choice}";
    }

    /// <summary>A literal text as GBNF writes it.</summary>
    public static string Literal(string text)
    {
        var literal = new StringBuilder("\"");
        foreach (var c in text)
        {
            literal.Append(c switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                _ => c.ToString(),
            });
        }

        return literal.Append('"').ToString();
    }

    private string Alternative(LiteralTree.Branch branch, string at) => branch.Characters switch
    {
        [] => "\"\"",
        [var only] when branch.Tail.Branches.IsEmpty => Literal(only + branch.Tail.Prefix),
        [var only] => Literals(branch.Tail with { Prefix = only + branch.Tail.Prefix }, at),
        var several when branch.Tail is { Prefix: "", Branches.IsEmpty: true } => Class(several),
        var several => $"{Class(several)} {Literals(branch.Tail, at)}",
    };

    private static string Class(ImmutableArray<Rune> characters) =>
        $"[{string.Concat(characters.Select(Member))}]";

    private static string Member(Rune character) =>
        character.IsAscii && char.IsAsciiLetterOrDigit((char)character.Value) ? character.ToString() : $"\\U{character.Value:X8}";
}
