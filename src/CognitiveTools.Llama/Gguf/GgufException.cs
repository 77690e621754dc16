namespace CognitiveTools.Llama.Gguf;

/// <summary>A GGUF file that cannot be used: it is damaged, truncated, of an unknown version, or lacks a field.
/// The message names the file, the field, the byte offset and what to do.</summary>
public sealed class GgufException : FormatException
{
    /// <summary>The remedy for a file with contradictory bytes.</summary>
    internal const string DamagedRemedy = "The file is damaged or incomplete: download or build it again.";

    /// <summary>Creates the exception; <paramref name="offset"/> is null where the field has no place in the file.</summary>
    public GgufException(string path, string field, long? offset, string problem, string remedy)
        : base(offset is { } at
            ? $"{path}: {field} (byte {at}): {problem}. {remedy}"
            : $"{path}: {field}: {problem}. {remedy}")
        => (FilePath, Field, Offset, Problem) = (path, field, offset, problem);

    /// <summary>The file.</summary>
    public string FilePath { get; }

    /// <summary>The wrong header field, metadata key or tensor.</summary>
    public string Field { get; }

    /// <summary>What is wrong, without the file and the remedy.</summary>
    internal string Problem { get; }

    /// <summary>Byte offset from the start of the file; <see langword="null"/> when the field has no place in the file.</summary>
    public long? Offset { get; }
}
