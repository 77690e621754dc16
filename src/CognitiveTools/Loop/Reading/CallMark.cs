using System.Buffers;

namespace CognitiveTools.Loop.Reading;

/// <summary>A mark that a family of models was trained to write before a call, and the marks that end the call.</summary>
/// <param name="Open">The mark.</param>
/// <param name="Close">Marks that end the call; may be empty.</param>
internal sealed record CallMark(string Open, params string[] Close)
{
    /// <summary>Every mark known. Case does not count.</summary>
    public static readonly CallMark[] All =
    [
        new("<call>", "</call>"), // ours
        new("<tool_call>", "</tool_call>"), // Hermes, Qwen, GLM, and Qwen3-Coder with markup inside
        new("<function_call>", "</function_call>"),
        new("<toolcall>", "</toolcall>"), // Nemotron
        new("<tool_calls>", "</tool_calls>"), // Jamba, Hunyuan
        new("<function_calls>", "</function_calls>"),
        new("<seed:tool_call>", "</seed:tool_call>"), // Seed-OSS
        new("<minimax:tool_call>", "</minimax:tool_call>"), // MiniMax
        new("<|tool_call|>", "<|/tool_call|>"), // Granite, Phi-4
        new("<|tool_call_start|>", "<|tool_call_end|>"), // LFM2
        new("<|python_tag|>", "<|eom_id|>", "<|eot_id|>"), // Llama 3
        new("<|python_start|>", "<|python_end|>"), // Llama 4
        new("[TOOL_CALLS]"), // Mistral
        new("<|START_ACTION|>", "<|END_ACTION|>"), // Command A
        new("<｜tool▁calls▁begin｜>", "<｜tool▁calls▁end｜>"), // DeepSeek, around its calls
        new("<｜tool▁call▁begin｜>", "<｜tool▁call▁end｜>"), // DeepSeek
        new("<|tool_calls_section_begin|>", "<|tool_calls_section_end|>"), // Kimi, around its calls
        new("<|tool_call_begin|>", "<|tool_call_end|>"), // Kimi
        new("<｜DSML｜function_calls>", "</｜DSML｜function_calls>"), // DeepSeek 3.2
        new("to=functions.", "<|call|>", "<|end|>"), // gpt-oss
    ];

    private static readonly SearchValues<string> Opens =
        SearchValues.Create([.. All.Select(m => m.Open)], StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether it is the mark of our own prompt, which always begins a call.</summary>
    public bool IsOwn => ReferenceEquals(this, All[0]);

    /// <summary>The next mark at or after an index, or <see langword="null"/>.</summary>
    public static (CallMark Mark, int Index)? Next(string text, int from)
    {
        var at = text.AsSpan(from).IndexOfAny(Opens);
        return at < 0 ? null : (At(text, from + at)!, from + at);
    }

    /// <summary>The mark that begins at an index, or <see langword="null"/>.</summary>
    public static CallMark? At(string text, int index) =>
        Array.Find(All, mark => string.Compare(text, index, mark.Open, 0, mark.Open.Length, StringComparison.OrdinalIgnoreCase) == 0);

    /// <summary>The index of the next closing mark, and the index after it; <see langword="null"/> without one.</summary>
    public (int Index, int Behind)? End(string text, int from)
    {
        (int Index, int Behind)? first = null;
        foreach (var close in Close)
        {
            var at = text.IndexOf(close, from, StringComparison.OrdinalIgnoreCase);
            if (at >= 0 && (first is null || at < first.Value.Index))
                first = (at, at + close.Length);
        }

        return first;
    }
}
