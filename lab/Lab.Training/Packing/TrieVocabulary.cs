using System.Text;
using CognitiveTools.Text;

namespace CognitiveTools.Lab.Training.Packing;

/// <summary>A vocabulary as llama.cpp's <c>rwkv</c> tokenizer wants it; <see cref="GreedyVocabulary"/> reads the file.</summary>
/// <remarks>llama.cpp's matcher knows the control tokens' names as well, so their names in plain text become control
/// tokens even when special tokens are not to be parsed: callers cut such names apart before they encode.</remarks>
internal sealed class TrieVocabulary
{
    private readonly string _path;
    private readonly GreedyVocabulary _tokens;

    private TrieVocabulary(string path, GreedyVocabulary tokens)
    {
        (_path, _tokens) = (path, tokens);
        IsControl = [.. Enumerable.Range(0, tokens.Count).Select(tokens.IsControl)];
        Escaped = [.. Enumerable.Range(0, tokens.Count).Select(id => IsControl[id] ? tokens.Tokens[id] : Escape(tokens.Bytes(id)))];
    }

    /// <summary>Number of tokens.</summary>
    public int Count => _tokens.Count;

    /// <summary>The tokens as llama.cpp wants them: printable ASCII, the rest as <c>\xNN</c> with lower-case digits.</summary>
    internal string[] Escaped { get; }

    internal bool[] IsControl { get; }

    /// <summary>Reads a vocabulary file.</summary>
    /// <exception cref="InvalidDataException">A line is wrong; the message names it.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static TrieVocabulary Read(string path)
    {
        try
        {
            return new(path, GreedyVocabulary.Parse(File.ReadAllText(path)));
        }
        catch (Exception error) when (error is FormatException or ArgumentException)
        {
            throw new InvalidDataException($"{path}: {error.Message}", error);
        }
    }

    /// <summary>The id of a control token, or null.</summary>
    public int? FindControl(string name) => _tokens.Find(name) is { } id && IsControl[id] ? id : null;

    internal int RequireControl(string name) => FindControl(name)
        ?? throw new InvalidDataException($"{_path}: the control token {name} is missing. Add a line with it.");

    private static string Escape(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(bytes.Length);
        foreach (var value in bytes)
            text.Append(value switch
            {
                (byte)'\\' => @"\\",
                >= (byte)' ' and <= (byte)'~' => ((char)value).ToString(),
                _ => $"\\x{value:x2}", // llama.cpp misreads upper-case digits
            });
        return text.ToString();
    }
}
