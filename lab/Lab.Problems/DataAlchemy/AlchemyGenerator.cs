using CognitiveTools.Lab.Problems.Generation;
using CognitiveTools.Randomness;

namespace CognitiveTools.Lab.Problems.DataAlchemy;

/// <summary>Draws DataAlchemy tasks.</summary>
/// <param name="seed">Fixes everything drawn.</param>
/// <param name="heldOut">Elements never trained on, or elements to train on; a hash of the element decides.</param>
internal sealed class AlchemyGenerator(ulong seed, bool heldOut)
{
    /// <summary>Letters of the elements that the models are trained on.</summary>
    public const int TrainedLength = 4;

    /// <summary>Family of the training conversations.</summary>
    public const string Family = "alchemy";

    private const ulong HeldOutShare = 8;

    private readonly SeededRandom _random = SeededRandom.For(seed, heldOut ? "alchemy held out" : "alchemy");

    /// <summary>Tasks without end.</summary>
    /// <param name="compositions">Compositions drawn from, each as likely as the others.</param>
    /// <param name="length">Letters per element.</param>
    /// <exception cref="ArgumentException">No composition is given.</exception>
    public IEnumerable<AlchemyTask> Draw(IReadOnlyList<IReadOnlyList<Transformation>> compositions, int length = TrainedLength)
    {
        ArgumentNullException.ThrowIfNull(compositions);
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        if (compositions.Count == 0)
            throw new ArgumentException("No composition is given; name at least one, for instance f1f1.", nameof(compositions));
        return Endless();

        IEnumerable<AlchemyTask> Endless()
        {
            while (true)
            {
                var composition = _random.Pick(compositions);
                yield return new AlchemyTask(Element(length), composition);
            }
        }
    }

    /// <summary>The training conversation: the think part, then the answer.</summary>
    public static Conversation Converse(AlchemyTask task)
    {
        ArgumentNullException.ThrowIfNull(task);
        var think = task.Reasoning.Length == 0 ? "" : task.Reasoning + "\n";
        return new(
            "cot",
            Family,
            task.Composition.Count,
            0,
            [
                new Passage(Role.System, "cot"),
                new Passage(Role.User, task.Text),
                new Passage(Role.Assistant, $"{think}{MiniFormats.AnswerMark}{task.Answer}", Learn: true),
            ]);
    }

    /// <summary>Whether an element belongs to those that are never trained on.</summary>
    internal static bool IsHeldOut(string element) => StableHash.Of(element) % HeldOutShare == 0;

    private string Element(int length)
    {
        while (true)
        {
            var element = string.Concat(Enumerable.Range(0, length).Select(_ => (char)('A' + _random.Below(26))));
            if (IsHeldOut(element) == heldOut)
                return element;
        }
    }
}
