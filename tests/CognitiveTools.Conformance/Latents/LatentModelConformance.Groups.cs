using CognitiveTools.Latents;

namespace CognitiveTools.Conformance.Latents;

// Sequences that step together.
public abstract partial class LatentModelConformance
{
    [Fact]
    public async Task Members_of_a_group_predict_what_they_predict_alone()
    {
        await using var lease = await OpenAsync();
        var model = lease.Model;
        var (prompt, own) = (Prompt(model, 6), Prompt(model, 1, 2));
        await using var trunk = model.Begin();
        var prediction = await trunk.AppendAsync(prompt, Token);
        await using var tokens = trunk.Fork();
        await using var rows = trunk.Fork();
        await using var speaker = trunk.Fork();
        await using var empty = model.Begin();

        var outcomes = await model.StepAsync(
        [
            SequenceStep.Append(tokens, own, Token),
            SequenceStep.Append(rows, Rows(model, own), Token),
            SequenceStep.Append(trunk, prediction.Hidden, Token),
            SequenceStep.Continue(speaker, new() { MaxTokens = 4, Margins = true }, Token),
            SequenceStep.Append(empty, prompt, Token),
        ]);

        Assert.All(outcomes, static outcome => Assert.Equal((false, null), (outcome.Waits, outcome.Error)));
        Same(await FreshAsync(model, [.. prompt, .. own]), outcomes[0].Prediction);
        Same(outcomes[0].Prediction, outcomes[1].Prediction);
        await using var alone = model.Begin();
        await alone.AppendAsync(prompt, Token);
        await using var said = alone.Fork();
        Same(await alone.AppendAsync(prediction.Hidden, Token), outcomes[2].Prediction);
        Assert.Equal((await said.ContinueAsync(new() { MaxTokens = 4 }, Token)).Tokens, outcomes[3].Continuation.Tokens);
        Assert.Equal(outcomes[3].Continuation.Tokens.Count, outcomes[3].Continuation.Margins.Count);
        Same(prediction, outcomes[4].Prediction);
        Assert.Equal([7, 7, 7, 6], new[] { tokens, rows, trunk, empty }.Select(static sequence => sequence.Length));
        Assert.Equal(6 + outcomes[3].Continuation.Tokens.Count, speaker.Length);
    }

    [Fact]
    public async Task Groups_step_after_step_are_trajectories_of_their_own()
    {
        await using var lease = await OpenAsync();
        var model = lease.Model;
        await using var trunk = model.Begin();
        await trunk.AppendAsync(Prompt(model, 5), Token);
        ILatentSequence[] group = [.. Enumerable.Range(0, 4).Select(_ => trunk.Fork())];
        for (var step = 0; step < 3; step++)
            await model.StepAsync([.. group.Select((member, i) => SequenceStep.Append(member, Own(i, step), Token))]);

        for (var i = 0; i < group.Length; i++)
        {
            int[] all = [.. Prompt(model, 5), .. Own(i, 0), .. Own(i, 1), .. Own(i, 2), .. Prompt(model, 1)];
            Same(await FreshAsync(model, all), await group[i].AppendAsync(Prompt(model, 1), Token));
            await group[i].DisposeAsync();
        }

        int[] Own(int member, int step) => Prompt(model, member + 1, (10 * member) + step);
    }

    [Fact]
    public async Task A_member_that_fails_says_why_and_leaves_the_others_alone()
    {
        await using var lease = await OpenAsync();
        var model = lease.Model;
        var (prompt, next) = (Prompt(model, 4), Prompt(model, 2, 2));
        await using var trunk = model.Begin();
        await trunk.AppendAsync(prompt, Token);
        await using var full = model.Begin();
        await full.AppendAsync(Prompt(model, model.ContextLength - 1), Token);
        await using var cancelled = trunk.Fork();
        await using var wrong = trunk.Fork();
        await using var halved = trunk.Fork();
        await using var speechless = model.Begin();
        var closed = trunk.Fork();
        await closed.DisposeAsync();

        var outcomes = await model.StepAsync(
        [
            SequenceStep.Append(full, next, Token),
            SequenceStep.Append(cancelled, next, new CancellationToken(canceled: true)),
            SequenceStep.Append(wrong, new[] { model.VocabularySize }, Token),
            SequenceStep.Append(halved, new float[model.EmbeddingLength + 1], Token),
            SequenceStep.Continue(speechless, new() { MaxTokens = 2 }, Token),
            SequenceStep.Append(closed, next, Token),
            SequenceStep.Append(trunk, next, Token),
        ]);

        var error = Assert.IsType<ContextFullException>(outcomes[0].Error);
        Assert.Equal((model.ContextLength + 1, model.ContextLength), (error.Needed, error.Available));
        Assert.IsAssignableFrom<OperationCanceledException>(outcomes[1].Error);
        Assert.IsType<ArgumentOutOfRangeException>(outcomes[2].Error);
        Assert.IsAssignableFrom<ArgumentException>(outcomes[3].Error);
        Assert.IsAssignableFrom<InvalidOperationException>(outcomes[4].Error);
        Assert.IsType<ObjectDisposedException>(outcomes[5].Error);
        Assert.Throws<ContextFullException>(() => outcomes[0].Prediction);
        Same(await FreshAsync(model, [.. prompt, .. next]), outcomes[6].Prediction);
        Assert.Equal([4, 4, 4, 0, 6], new[] { cancelled, wrong, halved, speechless, trunk }.Select(static sequence => sequence.Length));
        Assert.Equal(model.ContextLength - 1, full.Length);
        Same(outcomes[6].Prediction, await cancelled.AppendAsync(next, Token));
    }

    [Fact]
    public async Task An_empty_group_and_a_sequence_twice_are_refused()
    {
        await using var lease = await OpenAsync();
        await using var sequence = lease.Model.Begin();
        var step = SequenceStep.Append(sequence, Prompt(lease.Model, 2), Token);

        await Assert.ThrowsAsync<ArgumentException>(async () => await lease.Model.StepAsync([]));
        await Assert.ThrowsAsync<ArgumentException>(async () => await lease.Model.StepAsync([step, step]));
        Assert.Equal(0, sequence.Length);
    }
}
