using CognitiveTools.Loop.Reading;
using CsCheck;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Tests.Loop;

public sealed class CallFinderTests
{
    private static readonly string[] Tools = ["understand_question", "recall_related", "examine_answer", "backtracking"];

    private static readonly Dictionary<string, (string Text, string Expected)> Corpus =
        CallCorpus.Cases.Concat(ForeignCallCorpus.Cases).ToDictionary(StringComparer.Ordinal);

    public static TheoryData<string> Names => [.. Corpus.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_corpus_is_read_as_it_was_meant(string name)
    {
        var (text, expected) = Corpus[name];
        var call = Read(text);
        if (expected.StartsWith("broken: ", StringComparison.Ordinal))
            Assert.Contains(expected["broken: ".Length..], call?.Error, StringComparison.Ordinal);
        else
            Assert.Equal(expected, Describe(call));
    }

    [Theory]
    [InlineData("""<call>{"tool":"examine_answer","args":{"current_proposed_answer":"12"}""")]
    [InlineData("""<call>{"tool":"examine_answer","args":{"current_proposed_answer":"1""")]
    [InlineData("examine_answer({'current_proposed_answer': '12'}")]
    [InlineData("examine_answer({'current_proposed_answer': '12")]
    public void A_call_that_a_limit_cut_is_never_completed_by_guessing(string text) =>
        Assert.Contains("cut off", Read(text, cut: true)?.Error, StringComparison.Ordinal);

    [Fact]
    public void A_call_whole_before_the_limit_is_read_even_in_a_cut_turn() =>
        Assert.Equal("examine_answer {\"0\":\"1\"}", Describe(Read("examine_answer('1')\nand the limit cut th", cut: true)));

    [Fact]
    public void What_follows_the_call_lies_behind_its_end()
    {
        const string Text = "why <call>{\"tool\":\"understand_question\",\"args\":{}}</call> Observation: invented";
        var call = Read(Text)!;
        Assert.Equal((4, " Observation: invented"), (call.Start, Text[call.End..]));
        const string Python = "why\nprint(understand_question({}))\nObservation: invented";
        call = Read(Python)!;
        Assert.Equal((4, "\nObservation: invented"), (call.Start, Python[call.End..]));
    }

    [Fact]
    public void Repairs_are_noted()
    {
        Assert.Contains("a trailing comma was dropped", Read("examine_answer({'a': '3',})")!.Notes);
        Assert.Contains("quotes inside a text were kept", Read("examine_answer({'a': 'it's'})")!.Notes);
        Assert.Contains("missing closing brackets were added", Read("examine_answer({'a': '3'")!.Notes);
        Assert.Contains("a single backslash was kept as LaTeX", Read(@"examine_answer({'a': '\frac'})")!.Notes);
    }

    [Fact]
    public void No_text_throws_or_hangs_and_positions_stay_inside()
    {
        var piece = Gen.OneOf(
            Gen.OneOf("<call>", "</call>", "<tool_call>", "<think>", "</think>", "{", "}", "[", "]", "(", ")", "'", "\"", "'''", "\"\"\"",
                "\\", ",", ":", "=",
                "\n", " ", "print(", "examine_answer(", "\"tool\"", "\"args\"", "tool", "None", "12", "-", "\\u12", "r'", "f\"",
                    "ANSWER: 7", "```json\n", "\ud835", "[TOOL_CALLS]", "<function=", "<parameter=a>", "</parameter>", "</function>",
                    "<arg_key>", "<arg_value>",
                "to=functions.", "<｜tool▁call▁begin｜>", "Action: examine_answer\nAction Input:", ">>>examine_answer\n",
                "<|python_tag|>"),
            Gen.String[0, 6],
            Gen.OneOf<string>([.. Corpus.Values.Select(c => c.Text)]));
        Gen.Select(piece.Array[0, 30], Gen.Bool).Sample(
            (pieces, cut) =>
            {
                var text = string.Concat(pieces);
                var call = Read(text, cut);
                if (call is null)
                    return;
                Assert.InRange(call.Start, 0, text.Length);
                Assert.InRange(call.End, call.Start, text.Length);
                foreach (var (_, value) in call.Arguments)
                    value.ToText();
            },
            iter: 3_000);
    }

    [Theory]
    [InlineData("\n{\"name\": \"Ann\", \"age\": 3}", 64, "\n{\"tool\": \"examine_answer\", \"args\": {}}")]
    [InlineData("\nf(1)", 256, "\nexamine_answer('1')")]
    [InlineData("one <function=name> and ", 64, "<function=examine_answer>{}</function>")]
    [InlineData("a [TOOL_CALLS] b\n", 64, "[TOOL_CALLS]examine_answer[ARGS]{}")]
    [InlineData("\nAction: sell\nAction Input: 1", 64, "\nAction: examine_answer\nAction Input: 1")]
    public void Every_reader_gives_up_after_a_number_of_texts_that_only_look_like_calls(string alike, int most, string call)
    {
        Assert.Equal("examine_answer", Read(string.Concat(Enumerable.Repeat(alike, most - 1)) + call)?.Tool);
        Assert.Null(Read(string.Concat(Enumerable.Repeat(alike, most)) + call));
    }

    [Fact]
    public void Every_corpus_text_cut_anywhere_is_read_without_an_exception()
    {
        foreach (var (text, _) in Corpus.Values.Where(c => c.Text.Length < 300))
        {
            for (var length = 0; length <= text.Length; length++)
            {
                Read(text[..length], cut: true);
                Read(text[..length], cut: false);
            }
        }
    }

    private static FoundCall? Read(string text, bool cut = false) =>
        CallFinder.FindFirst(new AssistantTurn(new ChatMessage(ChatRole.Assistant, text), cut), Tools);

    private static string Describe(FoundCall? call)
    {
        if (call is null)
            return "none";
        if (call.Error is not null)
            return $"broken: {call.Error}";
        var index = 0;
        var map = new MapLiteral([.. call.Arguments.Select(a => (a.Name ?? $"{index++}", a.Value)).Where(
            a => a.Value.ToText() is not null).Select(a => (a.Item1, (Literal)new TextLiteral(a.Value.ToText()!)))]);
        return $"{call.Tool} {map.ToText()}";
    }
}
