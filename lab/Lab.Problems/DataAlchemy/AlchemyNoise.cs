using CognitiveTools.Lab.Problems.Generation;
using CognitiveTools.Randomness;

namespace CognitiveTools.Lab.Problems.DataAlchemy;

/// <summary>Damages questions token by token, after the format shift of the paper. The answer asked for stays the clean one.</summary>
/// <param name="Kind">What happens to a token.</param>
/// <param name="Target">Which tokens it may happen to.</param>
/// <param name="Percent">Chance per token, 1 to 100.</param>
internal sealed record AlchemyNoise(NoiseKind Kind, NoiseTarget Target, int Percent)
{
    /// <summary>The foreign token; no model of this suite has seen it.</summary>
    public const string Foreign = "?";

    private static readonly NoiseKind[] Plain = [NoiseKind.Insert, NoiseKind.Delete, NoiseKind.Modify];

    /// <summary>The question with noise. Drawn again until at least one token was damaged and one is left.</summary>
    public string Damage(AlchemyTask task, SeededRandom random)
    {
        ArgumentNullException.ThrowIfNull(task);
        ArgumentNullException.ThrowIfNull(random);
        ArgumentOutOfRangeException.ThrowIfLessThan(Percent, 1);
        while (true)
        {
            var element = Tokens(task.Element.Select(letter => $"{letter}"), Target != NoiseTarget.Transformation, random);
            var functions = Tokens(task.Composition.Select(AlchemyTask.Show), Target != NoiseTarget.Element, random);
            if (element + functions is { Length: > 0 } text && text != task.Text)
                return text;
        }
    }

    private string Tokens(IEnumerable<string> tokens, bool exposed, SeededRandom random) =>
        string.Concat(tokens.Select(token => exposed && random.Percent(Percent) ? Damaged(token, random) : token));

    private string Damaged(string token, SeededRandom random) => (Kind == NoiseKind.Hybrid ? random.Pick(Plain) : Kind) switch
    {
        NoiseKind.Insert => Foreign + token,
        NoiseKind.Delete => "",
        _ => Foreign,
    };
}
