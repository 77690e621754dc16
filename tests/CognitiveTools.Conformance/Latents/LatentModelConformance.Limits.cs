using CognitiveTools.Latents;

namespace CognitiveTools.Conformance.Latents;

// Refusals, cancellation, disposal, and callers side by side.
public abstract partial class LatentModelConformance
{
    [Fact]
    public async Task Going_on_without_a_prediction_is_refused()
    {
        await using var lease = await OpenAsync();
        await using var sequence = lease.Model.Begin();
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await sequence.ContinueAsync(new() { MaxTokens = 1 }, Token));
        await sequence.AppendAsync(Prompt(lease.Model, 3), Token);
        sequence.Rewind(2);

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await sequence.ContinueAsync(new() { MaxTokens = 1 }, Token));
    }

    [Fact]
    public async Task A_cancelled_call_leaves_the_sequence_as_it_was()
    {
        await using var lease = await OpenAsync();
        var (prompt, next) = (Prompt(lease.Model, 6), Prompt(lease.Model, 3, 2));
        await using var sequence = lease.Model.Begin();
        await sequence.AppendAsync(prompt, Token);
        var cancelled = new CancellationToken(canceled: true);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await sequence.AppendAsync(next, cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await sequence.AppendAsync(Rows(lease.Model, next), cancelled));
        Assert.Equal(6, sequence.Length);
        Same(await FreshAsync(lease.Model, [.. prompt, .. next]), await sequence.AppendAsync(next, Token));
    }

    [Fact]
    public async Task A_model_without_usable_logits_fails_every_append_and_keeps_nothing()
    {
        LatentModelLease lease;
        try
        {
            lease = await OpenBrokenAsync();
        }
        catch (InvalidPredictionException refused)
        {
            Assert.Contains("NaN", refused.Problem, StringComparison.Ordinal);
            return; // the engine measured the model before it admitted it
        }

        await using (lease)
        {
            await using var sequence = lease.Model.Begin();
            var prompt = Prompt(lease.Model, 3);
            var byTokens = await Assert.ThrowsAsync<InvalidPredictionException>(async () => await sequence.AppendAsync(prompt, Token));
            await Assert.ThrowsAsync<InvalidPredictionException>(async () => await sequence.AppendAsync(Rows(lease.Model, prompt), Token));

            Assert.Equal((2, 0), (byTokens.Position, sequence.Length));
            Assert.NotEmpty(byTokens.Model);
            Assert.Contains("NaN", byTokens.Problem, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_full_context_refuses_and_appends_nothing()
    {
        await using var lease = await OpenAsync();
        var model = lease.Model;
        var (prompt, last) = (Prompt(model, model.ContextLength - 1), Prompt(model, 1, 2));
        await using var sequence = model.Begin();
        await sequence.AppendAsync(prompt, Token);

        var full = await Assert.ThrowsAsync<ContextFullException>(async () => await sequence.AppendAsync(Prompt(model, 2), Token));
        Assert.Equal((model.ContextLength + 1, model.ContextLength), (full.Needed, full.Available));
        await Assert.ThrowsAsync<ContextFullException>(async () => await sequence.AppendAsync(Rows(model, Prompt(model, 2)), Token));
        Assert.Equal(model.ContextLength - 1, sequence.Length);
        await sequence.AppendAsync(last, Token);
        Assert.Equal(model.ContextLength, sequence.Length);
    }

    [Fact]
    public async Task Nothing_and_half_a_row_are_refused()
    {
        await using var lease = await OpenAsync();
        await using var sequence = lease.Model.Begin();

        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await sequence.AppendAsync(ReadOnlyMemory<int>.Empty, Token));
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await sequence.AppendAsync(ReadOnlyMemory<float>.Empty, Token));
        await Assert.ThrowsAnyAsync<ArgumentException>(
            async () => await sequence.AppendAsync(new float[lease.Model.EmbeddingLength + 1], Token));
        Assert.Equal(0, sequence.Length);
    }

    [Fact]
    public async Task A_token_outside_the_vocabulary_is_refused()
    {
        await using var lease = await OpenAsync();
        await using var sequence = lease.Model.Begin();

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            async () => await sequence.AppendAsync(new[] { lease.Model.VocabularySize }, Token));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await sequence.AppendAsync(new[] { -1 }, Token));
        Assert.Equal(0, sequence.Length);
    }

    [Fact]
    public async Task A_disposed_sequence_refuses_and_may_be_disposed_again()
    {
        await using var lease = await OpenAsync();
        var sequence = lease.Model.Begin();
        await sequence.AppendAsync(Prompt(lease.Model, 3), Token);
        await sequence.DisposeAsync();
        await sequence.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await sequence.AppendAsync(Prompt(lease.Model, 1), Token));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await sequence.ContinueAsync(new() { MaxTokens = 1 }, Token));
        Assert.Throws<ObjectDisposedException>(() => sequence.Fork());
    }

    [Fact]
    public async Task A_sequence_that_outlives_its_model_can_still_be_disposed()
    {
        var lease = await OpenAsync();
        var sequence = lease.Model.Begin();
        await sequence.AppendAsync(Prompt(lease.Model, 3), Token);
        var fork = sequence.Fork();
        await lease.DisposeAsync();

        await sequence.DisposeAsync();
        await fork.DisposeAsync();
    }

    [Fact]
    public async Task Sequences_used_side_by_side_do_not_disturb_each_other()
    {
        await using var lease = await OpenAsync();
        var model = lease.Model;
        await using var trunk = model.Begin();
        var prompt = Prompt(model, 5);
        await trunk.AppendAsync(prompt, Token);
        var forks = Enumerable.Range(0, 4).Select(_ => trunk.Fork()).ToArray();
        var said = await Task.WhenAll(forks.Select((fork, i) => Task.Run(
            async () =>
            {
                await fork.AppendAsync(Prompt(model, 2, i), Token);
                return await fork.AppendAsync(Prompt(model, 3, i + 10), Token);
            },
            Token)));

        for (var i = 0; i < forks.Length; i++)
        {
            Same(await FreshAsync(model, [.. prompt, .. Prompt(model, 2, i), .. Prompt(model, 3, i + 10)]), said[i]);
            await forks[i].DisposeAsync();
        }
    }
}
