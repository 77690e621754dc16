using CognitiveTools.Chat;
using CognitiveTools.Llama.Chat;
using CognitiveTools.Prompts;
using CognitiveTools.Reasoners;
using CognitiveTools.Verbal;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Time.Testing;

namespace CognitiveTools.Llama.Tests.Chat;

/// <summary>A generation that is cancelled says what the engine had done for it.</summary>
public sealed class PartialWorkTests
{
    private static readonly ChatMessage[] Hello = [new(ChatRole.System, "system"), new(ChatRole.User, "Question of the answer")];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public async Task A_cancelled_stream_has_its_prompt_its_tokens_and_its_text_on_the_exception(int pieces)
    {
        await using var engine = TestModels.Engine();
        using var client = new LlamaChatClient(engine);
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var text = "";
        var left = pieces;
        var cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            var options = new ChatOptions { Temperature = 2, MaxOutputTokens = 1500 };
            await foreach (var update in client.GetStreamingResponseAsync(Hello, options, cancel.Token))
            {
                text += update.Text;
                if (--left == 0)
                    await cancel.CancelAsync();
            }
        });

        var work = PartialWork.Of(cancelled)!;
        Assert.Equal(TestModels.Tiny.Tokenizer.EncodeChat(Hello).Length, work.Prompt);
        Assert.InRange(work.Generated - engine.Counters.Generated, 0, 1); // the last token sampled is not forwarded
        Assert.True(work.Generated >= pieces);
        Assert.StartsWith(text, work.Text, StringComparison.Ordinal);
        Assert.Equal(engine.Counters.Prompt, work.Prompt - work.Cached);
    }

    [Fact]
    public async Task A_request_cancelled_before_it_begins_did_nothing()
    {
        await using var engine = TestModels.Engine();
        using var client = new LlamaChatClient(engine);
        using var cancel = new CancellationTokenSource();
        await cancel.CancelAsync();
        var cancelled =
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.GetResponseAsync(Hello, cancellationToken: cancel.Token));
        Assert.True(PartialWork.Of(cancelled) is null or { Prompt: 0, Generated: 0 });
        Assert.Equal(0, engine.Counters.Forwarded);
    }

    [Fact]
    public async Task A_solve_that_runs_out_of_time_keeps_text_and_bill()
    {
        await using var engine = TestModels.Engine();
        using var client = new LlamaChatClient(engine);
        var time = new FakeTimeProvider();
        var clock = new Clock(time, pieces: 5);
        var reasoner = new PromptReasoner(client, PromptProfile.Embedded(), "cot", time);
        var budget = new Budget { TokensPerTurn = 1500, WallTime = TimeSpan.FromMinutes(1) };
        var options = new SolveOptions { Temperature = 2, Budget = budget, TextObserver = clock };

        var reasoning = await reasoner.SolveAsync(new Question("q", "Question of the answer"), options, Token);

        Assert.Equal(StopReason.TimedOut, reasoning.Stop);
        Assert.StartsWith(clock.Text, reasoning.Answer, StringComparison.Ordinal);
        Assert.False(reasoning.Usage.Incomplete);
        Assert.Equal(engine.Counters.Prompt, reasoning.Usage.Prompt);
        Assert.InRange(reasoning.Usage.Generated - engine.Counters.Generated, 0, 1);
        Assert.True(reasoning.Usage.Generated >= 5);
    }

    // Lets the time run out after a number of pieces.
    private sealed class Clock(FakeTimeProvider time, int pieces) : IProgress<TextPiece>
    {
        private int _left = pieces;

        public string Text { get; private set; } = "";

        public void Report(TextPiece value)
        {
            if (_left == 0)
                return;
            Text += value.Text;
            if (--_left == 0)
                time.Advance(TimeSpan.FromMinutes(2));
        }
    }
}
