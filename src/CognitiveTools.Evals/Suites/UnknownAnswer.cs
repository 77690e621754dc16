using CognitiveTools.Answers.Reading;

namespace CognitiveTools.Evals.Suites;

/// <summary>
/// A kind of answer that a stored run names and this program does not have. Its votes are compared as texts; whatever has to read
/// an answer throws the <see cref="ArgumentException"/> that lists the known kinds.
/// </summary>
internal sealed class UnknownAnswer(string name) : IAnswerKind
{
    public string Name => name;

    public int Version => Kind.Version;

    private IAnswerKind Kind => AnswerKinds.Find(name);

    public string? NormalizeGold(string gold) => Kind.NormalizeGold(gold);

    public Extraction Extract(string text) => Kind.Extract(text);

    public string? Read(string text) => Kind.Read(text);

    public bool Matches(string answer, string gold) => Kind.Matches(answer, gold);

    public bool AreSame(string first, string second) => string.Equals(first, second, StringComparison.Ordinal);

    public bool Mentions(string text, string gold) => Kind.Mentions(text, gold);
}
