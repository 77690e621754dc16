using CognitiveTools.Latents;

namespace CognitiveTools.Latent.Solving;

/// <summary>Reads a turn's text, its thoughts apart, also of models without a format of thoughts.</summary>
internal static class TurnReading
{
    /// <summary>The text of a turn. Without a format all of it is visible.</summary>
    /// <param name="model">The model.</param>
    /// <param name="turn">The turn; all of its tokens are text.</param>
    /// <param name="isEnd">Whether it is complete.</param>
    public static SeparatedText Read(ILatentModel model, TurnSoFar turn, bool isEnd) =>
        model.Separate(turn, isEnd) ?? new SeparatedText(model.Tokenizer.Decode(turn.Tokens.Select(static said => said.Token)), "", 0);

    /// <summary>For each token the length of the visible text up to its end; a token may end within a character or a mark.</summary>
    /// <param name="model">The model.</param>
    /// <param name="turn">The complete turn.</param>
    /// <param name="from">Of tokens that end before the last one up to this length, 0 is returned, which saves reading them.</param>
    public static int[] Ends(ILatentModel model, TurnSoFar turn, int from = 0)
    {
        var ends = new int[turn.Tokens.Length];
        var most = int.MaxValue; // what later tokens make a mark is not visible
        for (var count = ends.Length; count > 0 && most > from; count--)
            ends[count - 1] = most = Math.Min(most, Read(model, turn with { Tokens = turn.Tokens[..count] }, isEnd: true).Text.Length);
        return ends;
    }
}
