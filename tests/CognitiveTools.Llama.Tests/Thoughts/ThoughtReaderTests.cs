using CognitiveTools.Calls;
using CognitiveTools.Llama.Models;
using CognitiveTools.Llama.Sampling;
using CognitiveTools.Llama.Thoughts;
using CognitiveTools.Reasoners;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Llama.Tests.Thoughts;

public sealed class ThoughtReaderTests
{
    private const int FirstByte = 3; // of the byte tokens of a tiny vocabulary

    public static TheoryData<string, string, string[], string[]> Families => ThoughtModels.Families;

    [Theory]
    [MemberData(nameof(Families))]
    public void The_tokens_of_every_family_become_thought_and_visible_text(string style, string marks, string[] special, string[] tokens)
    {
        using var model = ThoughtModels.Load(style, marks, special, [.. tokens.Select(static token => (string[])[token])]);
        var format = FormatOf(model);

        var (parts, thoughts) = Read(format, model, tokens.Skip(1));

        Assert.Equal(style, format.Name);
        Assert.Equal(2, parts.Count);
        Assert.True(parts[0].IsThought);
        Assert.StartsWith("maybe ", parts[0].Text, StringComparison.Ordinal);
        Assert.Equal(("ANSWER: 391", false), (parts[1].Text, parts[1].IsThought));
        Assert.InRange(thoughts, 2, tokens.Length - 2);
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void A_text_cut_anywhere_in_its_thought_has_no_visible_text(string style, string marks, string[] special, string[] tokens)
    {
        using var model = ThoughtModels.Load(style, marks, special, [.. tokens.Select(static token => (string[])[token])]);
        var format = FormatOf(model);
        var thought = Array.FindIndex(tokens, static token => token.Contains("be ", StringComparison.Ordinal));

        for (var cut = thought + 1; cut <= thought + 2; cut++)
            Assert.All(Read(format, model, tokens.Take(cut).Skip(1)).Parts, static part => Assert.True(part.IsThought));
    }

    [Fact]
    public void The_readers_of_foreign_text_know_every_mark_of_the_engine() => Assert.All(
        ThoughtStyle.All, static style => Assert.All(
            style.Closes, close => Assert.Equal("y", ThinkBlocks.Remove($"{style.Opens[0]}ANSWER: 5{close}y").Trim())));

    [Theory]
    [InlineData("<think>\\n", true)]
    [InlineData("<think>", true)]
    [InlineData("<think>\\n\\n</think>\\n\\n", false)]
    [InlineData("</think>", false)]
    [InlineData("", false)]
    public void A_prompt_that_ends_within_a_thought_opens_it(string begins, bool isOpen)
    {
        using var model = ThoughtModels.Load("think", "<think> </think>", ["<think>", "</think>"], ["a"]);
        var tokens = model.Tokenizer.Encode(
            "<|im_start|>assistant\n" + begins.Replace("\\n", "\n", StringComparison.Ordinal), addSpecial: false, parseSpecial: true);

        Assert.Equal(isOpen, FormatOf(model).IsOpenAfter(tokens));
    }

    [Fact]
    public void A_mark_that_ends_no_thought_is_shown_and_never_lost()
    {
        using var model = ThoughtModels.Load("think", "<think> </think>", ["<think>", "</think>"], ["so"], ["</think>"], ["x"]);

        var (parts, _) = Read(FormatOf(model), model, ["so", "</think>", "x"]);

        Assert.Equal("so</think>x", Assert.Single(parts).Text); // the text readers know the mark
    }

    [Fact]
    public void A_call_in_a_channel_of_its_own_is_visible_with_its_header()
    {
        string[] tokens = ["<|channel|>", "commentary", " to=functions.f", "<|message|>", "{}"];
        using var model = ThoughtModels.Load(
            "channels", "<|channel|> <|message|> analysis", ["<|channel|>", "<|message|>", "<|end|>", "<|start|>"],
            [.. tokens.Select(static token => (string[])[token])]);

        var (parts, _) = Read(FormatOf(model), model, tokens);

        Assert.Equal("<|channel|>commentary to=functions.f<|message|>{}", Assert.Single(parts).Text);
    }

    [Fact]
    public void Byte_tokens_that_are_no_text_and_a_stop_sequence_before_a_mark_do_no_harm()
    {
        using var model = ThoughtModels.Load("think", "<think> </think>", ["<think>", "</think>"], ["a STOP"]);
        var reader = FormatOf(model).NewReader([], new());
        var text = new GeneratedText(["STOP"]);
        foreach (var value in (byte[])[0xFF, 0x00, 0xFE, 0xFF, (byte)'a'])
            Assert.False(reader.Append(new(FirstByte + value), text));
        Assert.True(reader.Append(new(model.Tokenizer.Find("a STOP")!.Value), text));
        reader.Finish(text);

        Assert.True(text.TryTake(isEnd: true, out var piece));
        Assert.EndsWith("aa ", piece.Text, StringComparison.Ordinal);
        Assert.False(text.TryTake(isEnd: true, out _));
    }

    [Fact]
    public void Two_thoughts_stay_in_order()
    {
        string[] tokens = ["<think>", "one", "</think>", "so", "<think>", "two", "</think>", "end"];
        using var model = ThoughtModels.Load(
            "think", "<think> </think>", ["<think>", "</think>"], [.. tokens.Select(static token => (string[])[token])]);

        Assert.Equal(
            [("one", true), ("so", false), ("two", true), ("end", false)],
            Read(FormatOf(model), model, tokens).Parts.Select(static part => (part.Text, part.IsThought)));
    }

    [Fact]
    public void A_template_without_marks_refuses_every_setting_and_names_the_model()
    {
        using var plain = ThoughtModels.Load("think", "", [], ["a"]);
        Assert.Null(ThoughtFormat.Of(plain.Tokenizer, plain.ChatTemplate, "plain.gguf", null));
        foreach (var request in (ThoughtRequest[])[new() { Effort = ReasoningEffort.None }, new() { Tokens = 5 }, new() { Waits = 1 }])
        {
            var error = Assert.Throws<NotSupportedException>(() => ThoughtFormat.RefuseWithout(request, "plain.gguf"));
            Assert.StartsWith("plain.gguf has no thoughts", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_vocabulary_with_marks_that_the_template_does_not_use_is_read_but_cannot_be_asked_to_think()
    {
        using var model = ThoughtModels.Load("think", "", ["+<think>", "+</think>"], ["a"]);
        var format = FormatOf(model);

        Assert.Equal([("a", true)], Read(format, model, ["<think>", "a"]).Parts.Select(static part => (part.Text, part.IsThought)));
        Assert.Throws<NotSupportedException>(() => format.NewReader([], new() { Effort = ReasoningEffort.Medium }));
    }

    [Fact]
    public void A_level_of_thinking_that_the_template_does_not_know_is_refused()
    {
        using var model = ThoughtModels.Load("think", "<think> </think>", ["<think>", "</think>"], ["a"]);
        Assert.Throws<NotSupportedException>(() => FormatOf(model).NewReader([], new() { Effort = ReasoningEffort.High }));

        using var levels = ThoughtModels.Load("think", "<think> </think> reasoning_effort", ["<think>", "</think>"], ["a"]);
        Assert.NotNull(FormatOf(levels).NewReader([], new() { Effort = ReasoningEffort.High }));
    }

    private static ThoughtFormat FormatOf(LlamaModel model) =>
        ThoughtFormat.Of(model.Tokenizer, model.ChatTemplate, "scripted.gguf", model.ThoughtFormat)!;

    private static (List<TextPiece> Parts, int Thoughts) Read(ThoughtFormat format, LlamaModel model, IEnumerable<string> tokens)
    {
        var reader = format.NewReader([], new());
        var text = new GeneratedText([]);
        foreach (var token in tokens)
            reader.Append(new(model.Tokenizer.Find(token)!.Value), text);
        reader.Finish(text);
        var parts = new List<TextPiece>();
        while (text.TryTake(isEnd: true, out var piece))
            parts.Add(piece);
        return (parts, reader.ThoughtTokens);
    }
}
