using CognitiveTools.Llama.Models;
using CognitiveTools.Llama.Sampling;

namespace CognitiveTools.Llama.Tests.Sampling;

/// <summary>Asks llama.cpp's own grammar whether it lets a text through.</summary>
internal static class GrammarReader
{
    private static LlamaTokenizer Tokenizer => TestModels.Tiny.Tokenizer;

    /// <summary>Whether the whole text is one of the grammar's.</summary>
    public static bool Accepts(string grammar, string text)
    {
        using var constraint = new GrammarConstraint(grammar, trigger: null, Tokenizer);
        foreach (var token in Tokenizer.EncodeContinuation(text))
        {
            if (!constraint.TryAccept(new TokenId(token)))
                return false;
        }

        var end = Enumerable.Range(0, Tokenizer.Count).First(Tokenizer.IsEndOfTurn);
        return constraint.TryAccept(new TokenId(end));
    }

    /// <summary>Compiles a grammar and forgets it.</summary>
    public static void Compile(string grammar) => new GrammarConstraint(grammar, trigger: null, Tokenizer).Dispose();
}
