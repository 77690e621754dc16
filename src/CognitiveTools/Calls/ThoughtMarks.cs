using System.Buffers;

namespace CognitiveTools.Calls;

/// <summary>
/// The marks between which families of models think, as their chat templates have them. Marks of one family close each other.
/// </summary>
internal static class ThoughtMarks
{
    /// <summary>
    /// The family of <c>analysis...</c> without special tokens. Only the end of the text or <see cref="BareFinal"/> closes it.
    /// </summary>
    public const string BareFamily = "bare";

    private const string BareAnalysis = "analysis";

    private const string BareFinal = "assistantfinal";

    // DeepSeek, Qwen and most others; Gemma and EXAONE <thought>; Seed-OSS; LongCat; prompts that ask for <analysis> or the like.
    public static readonly string[] TagNames =
        [
            "think", "thinking", "thought", "thoughts", "reasoning", "analysis", "reflection", "scratchpad",
            "inner_monologue", "inner_thoughts", "seed:think", "longcat_think", "mm:think",
        ];

    private static readonly string[] TagNouns = ["tag", "tags", "element", "elements", "block", "blocks", "section", "sections"];

    private static readonly (string Family, string Open, string Close)[] Pairs =
    [
        .. TagNames.Select(name => ("tag", $"<{name}>", $"</{name}>")),
        ("magistral", "[THINK]", "[/THINK]"),
        ("kimi", "◁think▷", "◁/think▷"),
        ("cohere", "<|START_THINKING|>", "<|END_THINKING|>"),
        ("apertus", "<|inner_prefix|>", "<|inner_suffix|>"),
        ("open", "<|begin_of_thought|>", "<|end_of_thought|>"),
        ("gemma", "<|channel>thought", "<channel|>"),
        ("medgemma", "<unused94>", "<unused95>"),
        ("kimi3", "<|open|>think<|sep|>", "<|close|>think<|sep|>"),
        ("hunyuan", "<think:opensource>", "</think:opensource>"),
        ("harmony", "<|channel|>analysis", "<|end|>"),
        ("solar", "<|think|>", "<|end|>"),
    ];

    private static readonly string[] Sentences = ["Here is my thought process:", "Here are my reasoning steps:"];

    // They begin the answer, so all text before them is thought, with or without an opening mark.
    private static readonly string[] Answers =
    [
        "<|channel|>final<|message|>", "<|START_RESPONSE|>", "<response>", "<|begin_of_solution|>", "[BEGIN FINAL RESPONSE]",
        "<|begin|>assistant<|content|>", "<|content|>", "<|open|>response<|sep|>",
    ];

    private static readonly string[] Openings = [.. Pairs.Select(static pair => pair.Open)];

    private static readonly string[] Closings = [.. Pairs.Select(static pair => pair.Close), .. Answers];

    private static readonly SearchValues<char> Starts = SearchValues.Create("<[◁");

    /// <summary>The mark that opens a thought at an index.</summary>
    public static (string Family, int Length)? OpeningAt(string text, int at)
    {
        foreach (var (family, open, _) in Pairs)
        {
            if (IsAt(text, at, open))
                return (family, open.Length);
        }

        return null;
    }

    /// <summary>Index at or after another of a character with which marks begin; -1 without one.</summary>
    public static int NextStart(string text, int from) =>
        text.AsSpan(from).IndexOfAny(Starts) is var step and >= 0 ? from + step : -1;

    /// <summary>Whether a text is the beginning of an opening mark, so that more text may complete it.</summary>
    public static bool MayOpen(ReadOnlySpan<char> text) => IsBeginning(text, Openings);

    /// <summary>Whether a text is the beginning of a closing mark, so that more text may complete it.</summary>
    public static bool MayClose(ReadOnlySpan<char> text) => IsBeginning(text, Closings);

    /// <summary>
    /// Length of the mark at an index that closes a thought of the family, or a thought that
    /// the prompt opened when the family is <see langword="null"/>; 0 without such a mark.
    /// </summary>
    public static int ClosingAt(string text, int at, string? family)
    {
        foreach (var answer in Answers)
        {
            if (IsAt(text, at, answer))
                return answer.Length;
        }

        foreach (var (of, _, close) in Pairs)
        {
            // "<|end|>" also ends messages that are not thoughts.
            if ((of == family || (family is null && of is not ("harmony" or "solar"))) && IsAt(text, at, close))
                return close.Length;
        }

        return 0;
    }

    /// <summary>
    /// Whether the text only mentions the mark at an index: alone in quotes or
    /// backticks, or within a sentence and followed by a noun such as <c>tag</c>.
    /// </summary>
    public static bool IsMention(string text, int at, int length)
    {
        var end = at + length;
        if (at > 0 && end < text.Length
            && (text[at - 1], text[end]) is ('`', '`') or ('"', '"') or ('\'', '\'') or ('“', '”') or ('‘', '’'))
            return true;
        if (!IsWithinSentence(text, at) || end == text.Length || text[end] != ' ')
            return false;
        var word = text.AsSpan(end + 1);
        var letters = word.IndexOfAnyExceptInRange('a', 'z');
        return TagNouns.Contains((letters < 0 ? word : word[..letters]).ToString(), StringComparer.Ordinal);
    }

    /// <summary>Whether a mark behind a character may be a mere mention, which the text behind the mark shows.</summary>
    public static bool MayBeMention(char before) => before is '`' or '"' or '\'' or '“' or '‘' or ' ';

    /// <summary>
    /// The closing mark without which an opening mark at an index is ordinary text: the mark stands within a sentence, which then is
    /// about the mark. <see langword="null"/> when the mark opens a thought, closed or not.
    /// </summary>
    public static string? RequiredClosing(string text, int at, int length)
    {
        if (!IsWithinSentence(text, at))
            return null;
        foreach (var (_, open, close) in Pairs)
        {
            if (open.Length == length && IsAt(text, at, open))
                return close;
        }

        return null;
    }

    /// <summary>
    /// Length of the words at the start of a text that mark it as thought, or 0: gpt-oss's channel name followed directly by its
    /// thoughts (<c>analysisWe need</c>, not <c>analysis of</c> or <c>analysis:</c>), and the sentences of Granite and Apriel.
    /// </summary>
    public static int BareOpening(ReadOnlySpan<char> text)
    {
        foreach (var sentence in Sentences)
        {
            if (text.StartsWith(sentence, StringComparison.Ordinal))
                return sentence.Length;
        }

        return text.StartsWith(BareAnalysis, StringComparison.Ordinal) && text.Length > BareAnalysis.Length
            && text[BareAnalysis.Length] is var next && (char.IsUpper(next) || char.IsAsciiDigit(next) || next is '\\' or '$' or '"')
                ? BareAnalysis.Length
                : 0;
    }

    /// <summary>
    /// Index at which the answer begins after thoughts that only words mark, or 0: gpt-oss's channel name, and Granite's sentence
    /// for answers in a text that begins with its sentence for thoughts.
    /// </summary>
    public static int BareAnswer(string text)
    {
        if (text.LastIndexOf(BareFinal, StringComparison.Ordinal) is var final and >= 0)
            return final + BareFinal.Length;
        const string Response = "Here is my response:";
        return text.AsSpan().TrimStart().StartsWith(Sentences[0], StringComparison.Ordinal)
            && text.IndexOf(Response, StringComparison.Ordinal) is var at and >= 0
            ? at + Response.Length
            : 0;
    }

    private static bool IsBeginning(ReadOnlySpan<char> text, string[] marks)
    {
        foreach (var mark in marks)
        {
            if (text.Length < mark.Length && mark.AsSpan().StartsWith(text, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }

    // After a word or a comma, and a space.
    private static bool IsWithinSentence(string text, int at) =>
        at > 1 && text[at - 1] == ' ' && (char.IsLetter(text[at - 2]) || text[at - 2] == ',');

    private static bool IsAt(string text, int at, string mark) =>
        string.Compare(text, at, mark, 0, mark.Length, StringComparison.OrdinalIgnoreCase) == 0;
}
