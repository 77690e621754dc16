using System.Collections.Concurrent;
using CognitiveTools.Latents;
using CognitiveTools.Llama.Workers;

namespace CognitiveTools.Cli.Tests.Workers;

// Texts of sequences, reported while they are generated.
public sealed partial class LlamaWorkerTests
{
    [Fact]
    public async Task A_latent_sequence_of_a_worker_reports_its_text_as_it_is_generated()
    {
        await using var worker = Worker();
        await using var sequence = await BeginAsync(await LlamaWorkerLatentModel.CreateAsync(worker, Token));
        var heard = new ConcurrentQueue<string>();
        var said = await sequence.ContinueAsync(Observed(heard, seed: 1), Token);
        Assert.Equal(said.Text, string.Concat(heard));
        Assert.True(heard.Count > 1);
    }

    [Fact]
    public async Task Members_of_a_group_of_a_worker_report_to_their_own_observers_while_they_are_generated()
    {
        await using var worker = Worker();
        var model = await LlamaWorkerLatentModel.CreateAsync(worker, Token);
        ILatentSequence[] members = [await BeginAsync(model), await BeginAsync(model), await BeginAsync(model)];
        ConcurrentQueue<string>[] heard = [new(), new()];

        var outcomes = await model.StepAsync(
        [
            SequenceStep.Continue(members[0], Observed(heard[0], seed: 1), Token),
            SequenceStep.Continue(members[1], Observed(heard: null, seed: 2), Token), // nobody listens to it
            SequenceStep.Continue(members[2], Observed(heard[1], seed: 3), Token),
        ]);

        Assert.Equal([outcomes[0].Continuation.Text, outcomes[2].Continuation.Text], heard.Select(static pieces => string.Concat(pieces)));
        Assert.NotEqual(outcomes[0].Continuation.Text, outcomes[2].Continuation.Text);
        Assert.All(heard, pieces => Assert.True(pieces.Count > 1));
        foreach (var member in members)
            await member.DisposeAsync();
    }

    private static ContinuationOptions Observed(ConcurrentQueue<string>? heard, int seed) => new()
    {
        MaxTokens = 24,
        Temperature = 2,
        Seed = seed,
        TextObserver = heard is null ? null : new Pieces(heard),
    };

    private static async Task<ILatentSequence> BeginAsync(LlamaWorkerLatentModel model)
    {
        var begun = model.Begin();
        await begun.AppendAsync(model.Tokenizer.EncodeChat(Hello), Token);
        return begun;
    }

    private sealed class Pieces(ConcurrentQueue<string> heard) : IProgress<ContinuationPiece>
    {
        public void Report(ContinuationPiece value) => heard.Enqueue(value.Text);
    }
}
