using CognitiveTools.Calls;
using CognitiveTools.Prompts;
using CognitiveTools.Reasoners;
using CognitiveTools.Testing;
using CognitiveTools.Verbal;

namespace CognitiveTools.Tests.Reasoners;

/// <summary>What the observer of a solve's text is told.</summary>
public sealed class StreamedTextTests
{
    [Fact]
    public async Task The_text_of_one_prompt_is_the_answer_from_its_first_piece_on()
    {
        var pieces = new Pieces();
        var reasoning = await new PromptReasoner(new ScriptedChatClient("so 1"), PromptProfile.Embedded(), "cot")
            .SolveAsync(new Question("q", "?"), new SolveOptions { TextObserver = pieces }, TestContext.Current.CancellationToken);
        Assert.Equal(reasoning.Answer, pieces.Text);
        Assert.All(pieces.All, piece => Assert.Equal((true, null), (piece.IsAnswer, piece.Sample)));
    }

    [Fact]
    public async Task Thoughts_in_the_text_of_a_client_are_apart_in_pieces_step_and_answer()
    {
        var pieces = new Pieces();
        var client = new ScriptedChatClient("<think>\nANSWER: 5, or\n</think>\n\nANSWER: 4");
        var reasoning = await new PromptReasoner(client, PromptProfile.Embedded(), "cot")
            .SolveAsync(new Question("q", "?"), new SolveOptions { TextObserver = pieces }, TestContext.Current.CancellationToken);
        Assert.Equal("ANSWER: 4", reasoning.Answer);
        Assert.Equal(("ANSWER: 4", "ANSWER: 5, or"), reasoning.Steps.OfType<Said>().Select(said => (said.Text, said.Thoughts!)).Single());
        Assert.Equal("ANSWER: 4", string.Concat(pieces.All.Where(piece => !piece.IsThought).Select(piece => piece.Text)));
        Assert.Equal("ANSWER: 5, or", string.Concat(pieces.All.Where(piece => piece.IsThought).Select(piece => piece.Text)).Trim());
        Assert.All(pieces.All, piece => Assert.NotEqual(piece.IsThought, piece.IsAnswer));
        Assert.Contains(reasoning.Notes, note => note == ModelTurn.NoThoughtCount);
    }

    [Theory]
    [InlineData("Six and seven</think>ANSWER: 13", "ANSWER: 13", StopReason.Completed)] // opened in the prompt
    [InlineData("<think>Six and seven, ANSWER: 13", "", StopReason.Completed)]
    public async Task Thoughts_that_only_their_end_or_no_end_shows_are_no_answer(string text, string answer, StopReason stop)
    {
        var reasoning = await new PromptReasoner(new ScriptedChatClient(text), PromptProfile.Embedded(), "cot")
            .SolveAsync(new Question("q", "?"), SolveOptions.Default, TestContext.Current.CancellationToken);
        Assert.Equal((answer, stop), (reasoning.Answer, reasoning.Stop));
        Assert.StartsWith("Six and seven", reasoning.Steps.OfType<Said>().Single().Thoughts, StringComparison.Ordinal);
        Assert.Equal(answer.Length == 0, reasoning.Notes.Contains(SolveRecord.NoText));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task The_pieces_of_a_vote_say_which_sample_they_are_of(int atOnce)
    {
        var pieces = new Pieces();
        var inner = new PromptReasoner(new ScriptedChatClient("so 1", "so 2", "so 3"), PromptProfile.Embedded(), "cot");
        await new MajorityVote(inner, new MajorityVoteTests.LastWord(), 3) { AtOnce = atOnce }
            .SolveAsync(new Question("q", "?"), new SolveOptions { TextObserver = pieces }, TestContext.Current.CancellationToken);
        var samples = pieces.All.GroupBy(piece => piece.Sample).OrderBy(group => group.Key).ToList();
        Assert.Equal([0, 1, 2], samples.Select(group => group.Key));
        Assert.Equal(["so 1", "so 2", "so 3"], samples.Select(group => string.Concat(group.Select(piece => piece.Text))).Order());
        Assert.DoesNotContain(pieces.All, piece => piece.IsAnswer); // any of them may be
    }

    [Fact]
    public void An_engine_that_does_not_report_its_text_is_reported_as_a_whole()
    {
        var pieces = new Pieces();
        var spoken = SpokenText.For(pieces)!;
        spoken.Report(new("The sum ", IsThought: false));
        spoken.CatchUp("The sum is 4.", "2 + 2");
        Assert.Equal([("The sum ", false), ("2 + 2", true), ("is 4.", false)], pieces.All.Select(piece => (piece.Text, piece.IsThought)));
        Assert.Null(SpokenText.For(null));
    }

    private sealed class Pieces : IProgress<TextPiece>
    {
        private readonly Lock _gate = new();
        private readonly List<TextPiece> _all = [];

        public IReadOnlyList<TextPiece> All
        {
            get
            {
                lock (_gate)
                    return [.. _all];
            }
        }

        public string Text => string.Concat(All.Select(piece => piece.Text));

        public void Report(TextPiece value)
        {
            lock (_gate)
                _all.Add(value);
        }
    }
}
