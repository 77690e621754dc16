using CognitiveTools.Latents;
using CognitiveTools.Llama.Engine;
using CognitiveTools.Llama.Templates.Calls;
using CognitiveTools.Reasoners;

namespace CognitiveTools.Llama.Chat;

/// <summary>Takes the calls out of the visible text of one answer; thoughts pass through.</summary>
internal sealed class CallFilter(CallPlan plan)
{
    private readonly CallReader _reader = plan.NewReader();

    /// <summary>Adds a piece.</summary>
    /// <returns>What of it, and of earlier ones, is not a call; possibly empty.</returns>
    public TextPiece Add(TextPiece piece) => piece.IsThought ? piece : piece with { Text = _reader.Add(piece.Text) };

    /// <summary>The answer has ended.</summary>
    /// <returns>The rest of the text before the calls, and the answer as it was generated with the calls beside it.</returns>
    public (string Left, ChatResult Result) Finish(Generation generation)
    {
        var (rest, calls, behind) = _reader.Finish(generation.End is GenerationEnd.TokenLimit or GenerationEnd.ContextFull);
        return (rest, new(generation) { Calls = [.. calls.Select(CalledFunction.Of)], Behind = behind, Notes = [.. plan.Notes] });
    }

    /// <summary>A whole answer.</summary>
    public static ChatResult Read(Generation generation, CallPlan plan)
    {
        var filter = new CallFilter(plan);
        IReadOnlyList<TextPiece> parts = generation.Parts.Count > 0 ? generation.Parts : [new(generation.Text, IsThought: false)];
        var left = parts.Select(filter.Add).ToList();
        var (rest, result) = filter.Finish(generation);
        left.Add(new(rest, IsThought: false));
        left.RemoveAll(static piece => piece.Text.Length == 0);
        var text = string.Concat(left.Where(static piece => !piece.IsThought).Select(static piece => piece.Text));
        return result with { Generation = generation with { Text = text, Parts = generation.Parts.Count > 0 ? left : [] } };
    }
}
