using System.Collections.Concurrent;
using CognitiveTools.Latents;
using CognitiveTools.Llama.Engine;
using CognitiveTools.Llama.Steering;

namespace CognitiveTools.Llama.Tests.Engine;

/// <summary>The text of a continuation, reported while it is generated.</summary>
public sealed class ObservedTextTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_sequence_reports_its_text_in_pieces_before_the_call_returns()
    {
        await using var engine = TestModels.Engine();
        using var sequence = engine.Begin();
        await sequence.AppendAsync(TestModels.Prompt(6), Token);
        var heard = new Pieces();
        var said = await ((ILatentSequence)sequence).ContinueAsync(Options(heard), Token);
        Assert.Equal(said.Text, heard.Text);
        Assert.True(heard.Count > 1);
    }

    [Fact]
    public async Task Members_of_a_group_report_to_their_own_observers()
    {
        await using var engine = TestModels.Engine();
        EngineSequence[] sequences = [engine.Begin(), engine.Begin()];
        Pieces[] heard = [new(), new()];
        for (var i = 0; i < sequences.Length; i++)
            await sequences[i].AppendAsync(TestModels.Prompt(6, i), Token);

        var outcomes = await GroupStep.RunAsync(
            engine, [.. sequences.Select((sequence, i) => SequenceStep.Continue(sequence, Options(heard[i]), Token))]);

        Assert.Equal(outcomes.Select(outcome => outcome.Continuation.Text), heard.Select(pieces => pieces.Text));
        Assert.NotEqual(heard[0].Text, heard[1].Text);
        foreach (var sequence in sequences)
            sequence.Dispose();
    }

    [Fact]
    public async Task A_steered_text_is_reported_too()
    {
        await using var engine = TestModels.Engine();
        var heard = new Pieces();
        var said = await new LlamaSteerableModel(engine).GenerateAsync(TestModels.Prompt(6), Options(heard), plan: null, Token);
        Assert.Equal(said.Continuation.Text, heard.Text);
    }

    private static ContinuationOptions Options(Pieces heard) =>
        new() { MaxTokens = 24, Temperature = 2, Seed = 1, TextObserver = heard };

    private sealed class Pieces : IProgress<ContinuationPiece>
    {
        private readonly ConcurrentQueue<string> _all = new();

        public string Text => string.Concat(_all);

        public int Count => _all.Count;

        public void Report(ContinuationPiece value) => _all.Enqueue(value.Text);
    }
}
