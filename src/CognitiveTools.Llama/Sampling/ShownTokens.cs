using System.Text;
using CognitiveTools.Llama.Models;

namespace CognitiveTools.Llama.Sampling;

/// <summary>Control tokens that have their text in an answer, as the marks of calls. Reading it allocates nothing.</summary>
internal sealed class ShownTokens
{
    private readonly int[] _tokens;
    private readonly byte[][] _texts;

    internal ShownTokens(LlamaTokenizer tokenizer, IReadOnlyList<int> tokens)
    {
        _tokens = [.. tokens];
        _texts = [.. tokens.Select(token => Encoding.UTF8.GetBytes(tokenizer.Describe(token)))];
    }

    /// <summary>The text of a token; empty for one that is not shown.</summary>
    internal ReadOnlySpan<byte> Of(TokenId token) =>
        _tokens.Length > 0 && Array.IndexOf(_tokens, token.Value) is >= 0 and var at ? _texts[at] : [];
}
