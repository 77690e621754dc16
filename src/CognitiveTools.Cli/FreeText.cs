using System.CommandLine.Parsing;

namespace CognitiveTools.Cli;

/// <summary>A text on the command line that may be empty, other than those of <see cref="TextOptions"/>.</summary>
internal sealed record FreeText(string Value)
{
    public static FreeText? Parse(ArgumentResult result) => result.Tokens is [var token] ? new(token.Value) : null;
}
