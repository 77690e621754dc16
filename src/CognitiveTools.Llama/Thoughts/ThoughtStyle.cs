using CognitiveTools.Calls;

namespace CognitiveTools.Llama.Thoughts;

/// <summary>How a family of models writes its thoughts, as texts; <see cref="ThoughtFormat"/> binds it to a vocabulary.</summary>
/// <param name="Name">The name in <see cref="Models.LlamaModelOptions.ThoughtFormat"/>.</param>
/// <param name="Opens">Marks that open a thought.</param>
/// <param name="Closes">Marks that close it; a longer one wins.</param>
/// <param name="Ending">What the engine writes to end a thought, so that the answer follows.</param>
internal sealed record ThoughtStyle(string Name, IReadOnlyList<string> Opens, IReadOnlyList<string> Closes, string Ending)
{
    /// <summary>Marks outside of thoughts that are not part of the answer.</summary>
    public IReadOnlyList<string> Hidden { get; init; } = [];

    /// <summary>Texts of a chat template that show the style; all of one entry must be there.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Signs { get; init; } = [];

    /// <summary>Whether every turn begins within a thought, whatever the prompt ends with.</summary>
    public bool BeginsOpen { get; init; }

    /// <summary>Whether the closing mark is part of the answer.</summary>
    public bool KeepsClose { get; init; }

    /// <summary>The style without marks: the text before the line with the answer counts as thought.</summary>
    public const string UntilAnswer = "until-answer";

    /// <summary>All styles, the more specific ones first.</summary>
    public static IReadOnlyList<ThoughtStyle> All { get; } =
    [
        new("channels", ["<|channel|>analysis<|message|>"],
            ["<|end|>", "<|channel|>final<|message|>", "<|start|>assistant<|channel|>final<|message|>"],
            "<|end|><|start|>assistant<|channel|>final<|message|>")
        {
            Hidden =
            [
                "<|start|>assistant", "<|channel|>final<|message|>", "<|channel|>commentary<|message|>", "<|end|>",
            ],
            Signs = [["<|channel|>", "<|message|>", "analysis"]],
        },
        new("gemma", ["<|channel>thought"], ["<channel|>"], "<channel|>") { Signs = [["<|channel>", "<channel|>"]] },
        new("solar", ["<|think|>", "<|begin|>assistant<|think|>"],
            ["<|end|>", "<|content|>", "<|begin|>assistant<|content|>"], "<|end|><|begin|>assistant<|content|>")
        {
            Hidden = ["<|begin|>assistant<|content|>", "<|content|>", "<|end|>"],
            Signs = [["<|think|>", "<|content|>"]],
        },
        new("cohere", ["<|START_THINKING|>"], ["<|END_THINKING|>", "<|START_RESPONSE|>"], "<|END_THINKING|><|START_RESPONSE|>")
        {
            Hidden = ["<|START_RESPONSE|>", "<|END_RESPONSE|>"],
            Signs = [["<|START_THINKING|>"], ["<|END_THINKING|>"]],
        },
        Pair("kimi3", "<|open|>think<|sep|>", "<|close|>think<|sep|>", "<|close|>think<|sep|><|open|>response<|sep|>") with
        {
            Hidden = ["<|open|>response<|sep|>", "<|close|>response<|sep|>", "<|close|>message<|sep|>"],
            Signs = [["<|open|>", "<|close|>", "<|sep|>", "think"]],
        },
        Pair("mistral", "[THINK]", "[/THINK]", "[/THINK]"),
        Pair("kimi", "◁think▷", "◁/think▷", "◁/think▷"),
        Pair("apertus", "<|inner_prefix|>", "<|inner_suffix|>", "<|inner_suffix|>"),
        Pair("openthinker", "<|begin_of_thought|>", "<|end_of_thought|>", "<|end_of_thought|>\n\n<|begin_of_solution|>") with
        {
            Hidden = ["<|begin_of_solution|>", "<|end_of_solution|>"],
        },
        Pair("medgemma", "<unused94>", "<unused95>", "<unused95>"),
        new("apriel", ["Here are my reasoning steps:"], ["[BEGIN FINAL RESPONSE]"], "\n[BEGIN FINAL RESPONSE]\n")
        {
            Hidden = ["[END FINAL RESPONSE]"],
            Signs = [["[BEGIN FINAL RESPONSE]"]],
        },
        new("granite", ["<think>"], ["</think>", "<response>", "</think><response>", "</think>\n<response>"], "\n</think><response>")
        {
            Hidden = ["<response>", "</response>"],
            Signs = [["<think>", "<response>", "</response>"]],
        },
        Pair("hunyuan", "<think:opensource>", "</think:opensource>", "\n</think:opensource>"),
        .. ThoughtMarks.TagNames.Select(static name => Tag(name)),
    ];

    /// <summary>A style by its name; <see langword="null"/> when there is none of this name.</summary>
    public static ThoughtStyle? Named(string name) => name == UntilAnswer ? Plain : All.FirstOrDefault(style => style.Name == name);

    /// <summary>The names that a user may give.</summary>
    public static IEnumerable<string> Names => All.Select(static style => style.Name).Append(UntilAnswer);

    /// <summary>Says that there is no style of a name.</summary>
    public static string Unknown(string name) => $"ThoughtFormat '{name}' is not one of: {string.Join(", ", Names)}.";

    private static ThoughtStyle Plain { get; } =
        new(UntilAnswer, [], ["\nANSWER:", "ANSWER:"], "\nANSWER:") { BeginsOpen = true, KeepsClose = true };

    private static ThoughtStyle Pair(string name, string open, string close, string ending) =>
        new(name, [open], [close], ending) { Signs = [[open], [close]] };

    private static ThoughtStyle Tag(string name) => new(name, [$"<{name}>"], [$"</{name}>"], $"\n</{name}>\n\n")
    {
        // The other names are words that instructions in a template may have, too.
        Signs = name.Contains("think", StringComparison.Ordinal) ? [[$"<{name}>"], [$"</{name}>"]] : [[$"<{name}>", $"</{name}>"]],
    };
}
