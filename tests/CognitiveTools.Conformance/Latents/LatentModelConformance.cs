using CognitiveTools.Latents;

namespace CognitiveTools.Conformance.Latents;

/// <summary>
/// The contract of <see cref="ILatentModel"/> and its sequences. An engine's tests derive from this class and say how to
/// open a model of theirs.
/// </summary>
public abstract partial class LatentModelConformance
{
    /// <summary>How far floats of two ways to the same place may differ.</summary>
    protected virtual float Tolerance => 1e-3f;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Opens a model of the engine under test.</summary>
    protected abstract Task<LatentModelLease> OpenAsync();

    /// <summary>Opens a model whose logits are NaN, or throws the <see cref="InvalidPredictionException"/> that refuses it.</summary>
    protected abstract Task<LatentModelLease> OpenBrokenAsync();

    /// <summary>Tokens that the model can be fed; the same for the same arguments.</summary>
    protected virtual int[] Prompt(ILatentModel model, int length, int seed = 1)
    {
        ArgumentNullException.ThrowIfNull(model);
        var random = new Random(seed);
        return [.. Enumerable.Range(0, length).Select(_ => random.Next(model.VocabularySize))];
    }

    [Fact]
    public async Task Sizes_agree_with_each_other()
    {
        await using var lease = await OpenAsync();
        var model = lease.Model;
        await using var sequence = model.Begin();
        var prediction = await sequence.AppendAsync(Prompt(model, 2), Token);

        Assert.Equal((model.EmbeddingLength, model.VocabularySize), (prediction.Hidden.Length, prediction.Logits.Length));
        Assert.Equal((model.EmbeddingLength, model.VocabularySize), (model.Embeddings.Length, model.Embeddings.Count));
        Assert.Equal(2, sequence.Length);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(7)]
    public async Task A_prompt_in_pieces_predicts_what_it_predicts_in_one(int piece)
    {
        await using var lease = await OpenAsync();
        var prompt = Prompt(lease.Model, 12);
        await using var whole = lease.Model.Begin();
        await using var cut = lease.Model.Begin();
        var expected = await whole.AppendAsync(prompt, Token);
        Prediction actual = default;
        foreach (var part in prompt.Chunk(piece))
            actual = await cut.AppendAsync(part, Token);

        Same(expected, actual);
        Assert.Equal(whole.Length, cut.Length);
    }

    [Fact]
    public async Task Rows_of_embeddings_predict_what_their_tokens_predict()
    {
        await using var lease = await OpenAsync();
        var prompt = Prompt(lease.Model, 9);
        await using var tokens = lease.Model.Begin();
        await using var rows = lease.Model.Begin();

        Same(await tokens.AppendAsync(prompt, Token), await rows.AppendAsync(Rows(lease.Model, prompt), Token));
        Same(await tokens.AppendAsync(prompt, Token), await rows.AppendAsync(Rows(lease.Model, prompt), Token));
    }

    [Fact]
    public async Task A_hidden_state_can_be_fed_back()
    {
        await using var lease = await OpenAsync();
        await using var sequence = lease.Model.Begin();
        var first = await sequence.AppendAsync(Prompt(lease.Model, 4), Token);
        var second = await sequence.AppendAsync(first.Hidden, Token);

        Assert.Equal(5, sequence.Length);
        Assert.NotEqual(first.Hidden.ToArray(), second.Hidden.ToArray());
        Assert.All(second.Logits.ToArray(), logit => Assert.True(float.IsFinite(logit)));
    }

    [Fact]
    public async Task A_fork_and_its_original_go_their_own_ways()
    {
        await using var lease = await OpenAsync();
        var (prompt, left, right) = (Prompt(lease.Model, 6), Prompt(lease.Model, 4, 2), Prompt(lease.Model, 5, 3));
        await using var trunk = lease.Model.Begin();
        await trunk.AppendAsync(prompt, Token);
        await using var branch = trunk.Fork();
        await using var twig = branch.Fork();
        var onBranch = await branch.AppendAsync(right, Token);
        var onTrunk = await trunk.AppendAsync(left, Token);
        var onTwig = await twig.AppendAsync(left, Token);

        Same(await FreshAsync(lease.Model, [.. prompt, .. left]), onTrunk);
        Same(await FreshAsync(lease.Model, [.. prompt, .. right]), onBranch);
        Same(onTrunk, onTwig);
        Assert.Equal((10, 11, 10), (trunk.Length, branch.Length, twig.Length));
    }

    [Fact]
    public async Task A_fork_outlives_its_original()
    {
        await using var lease = await OpenAsync();
        var (prompt, next) = (Prompt(lease.Model, 6), Prompt(lease.Model, 3, 2));
        var trunk = lease.Model.Begin();
        await trunk.AppendAsync(prompt, Token);
        await using var branch = trunk.Fork();
        await trunk.DisposeAsync();

        Same(await FreshAsync(lease.Model, [.. prompt, .. next]), await branch.AppendAsync(next, Token));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    public async Task Rewinding_and_appending_equals_never_having_gone_there(int kept)
    {
        await using var lease = await OpenAsync();
        var (prompt, next) = (Prompt(lease.Model, 9), Prompt(lease.Model, 4, 2));
        await using var sequence = lease.Model.Begin();
        await sequence.AppendAsync(prompt, Token);
        sequence.Rewind(kept);
        Assert.Equal(kept, sequence.Length);

        Same(await FreshAsync(lease.Model, [.. prompt[..kept], .. next]), await sequence.AppendAsync(next, Token));
    }

    [Fact]
    public async Task Rewinding_a_fork_leaves_the_original_alone()
    {
        await using var lease = await OpenAsync();
        var (prompt, left, right) = (Prompt(lease.Model, 8), Prompt(lease.Model, 2, 2), Prompt(lease.Model, 3, 3));
        await using var trunk = lease.Model.Begin();
        await trunk.AppendAsync(prompt, Token);
        await using var branch = trunk.Fork();
        branch.Rewind(3);
        await branch.AppendAsync(right, Token);

        Same(await FreshAsync(lease.Model, [.. prompt, .. left]), await trunk.AppendAsync(left, Token));
    }

    [Fact]
    public async Task A_rewind_beyond_the_ends_is_refused_and_one_to_the_end_changes_nothing()
    {
        await using var lease = await OpenAsync();
        await using var sequence = lease.Model.Begin();
        await sequence.AppendAsync(Prompt(lease.Model, 3), Token);

        Assert.Throws<ArgumentOutOfRangeException>(() => sequence.Rewind(4));
        Assert.Throws<ArgumentOutOfRangeException>(() => sequence.Rewind(-1));
        sequence.Rewind(3);
        Assert.Equal(3, sequence.Length);
    }

    [Fact]
    public async Task The_same_steps_give_the_same_floats()
    {
        await using var lease = await OpenAsync();
        var prompt = Prompt(lease.Model, 8);

        var first = await FreshAsync(lease.Model, prompt);
        var second = await FreshAsync(lease.Model, prompt);

        Assert.Equal(first.Logits.ToArray(), second.Logits.ToArray());
        Assert.Equal(first.Hidden.ToArray(), second.Hidden.ToArray());
    }

    [Fact]
    public async Task Predictions_belong_to_the_caller_and_stay_as_they_are()
    {
        await using var lease = await OpenAsync();
        await using var sequence = lease.Model.Begin();
        var prediction = await sequence.AppendAsync(Prompt(lease.Model, 4), Token);
        var (hidden, logits) = (prediction.Hidden.ToArray(), prediction.Logits.ToArray());
        await sequence.AppendAsync(Prompt(lease.Model, 4, 2), Token);

        Assert.Equal(hidden, prediction.Hidden.ToArray());
        Assert.Equal(logits, prediction.Logits.ToArray());
    }

    [Fact]
    public async Task Going_on_appends_every_token_of_the_result()
    {
        await using var lease = await OpenAsync();
        var prompt = Prompt(lease.Model, 6);
        await using var sequence = lease.Model.Begin();
        await sequence.AppendAsync(prompt, Token);
        await using var again = sequence.Fork();
        var said = await sequence.ContinueAsync(new() { MaxTokens = 5 }, Token);

        Assert.InRange(said.Tokens.Count, 0, 5);
        Assert.Equal(6 + said.Tokens.Count, sequence.Length);
        Assert.Equal(said.Tokens, (await again.ContinueAsync(new() { MaxTokens = 5 }, Token)).Tokens);
        var next = Prompt(lease.Model, 1, 9);
        Same(await FreshAsync(lease.Model, [.. prompt, .. said.Tokens, .. next]), await sequence.AppendAsync(next, Token));
    }

    [Fact]
    public async Task Margins_are_those_of_the_predictions_the_tokens_were_chosen_from()
    {
        await using var lease = await OpenAsync();
        var prompt = Prompt(lease.Model, 6);
        await using var sequence = lease.Model.Begin();
        var prediction = await sequence.AppendAsync(prompt, Token);
        await using var again = sequence.Fork();

        var said = await again.ContinueAsync(new() { MaxTokens = 4, Margins = true }, Token);

        Assert.Equal(said.Tokens.Count, said.Margins.Count);
        foreach (var (token, margin) in said.Tokens.Zip(said.Margins))
        {
            Assert.Equal(TokenMargin.Of(prediction.Logits.Span), margin, 1e-2);
            prediction = await sequence.AppendAsync(new[] { token }, Token);
        }
    }

    [Fact]
    public async Task Texts_and_chats_become_tokens_of_the_vocabulary()
    {
        await using var lease = await OpenAsync();
        var tokenizer = lease.Model.Tokenizer;
        var chat = tokenizer.EncodeChat([new(Microsoft.Extensions.AI.ChatRole.User, "ab")]);

        Assert.NotEmpty(tokenizer.Encode("ab"));
        Assert.True(chat.Length >= tokenizer.Encode("ab").Length);
        Assert.All(chat, token => Assert.InRange(token, 0, lease.Model.VocabularySize - 1));
    }

    private static async Task<Prediction> FreshAsync(ILatentModel model, int[] tokens)
    {
        await using var sequence = model.Begin();
        return await sequence.AppendAsync(tokens, Token);
    }

    private static float[] Rows(ILatentModel model, int[] tokens)
    {
        var rows = new float[tokens.Length * model.EmbeddingLength];
        for (var i = 0; i < tokens.Length; i++)
            model.Embeddings.CopyRow(tokens[i], rows.AsSpan(i * model.EmbeddingLength, model.EmbeddingLength));
        return rows;
    }

    private void Same(Prediction expected, Prediction actual)
    {
        Assert.InRange(Furthest(expected.Hidden.Span, actual.Hidden.Span), 0, Tolerance);
        Assert.InRange(Furthest(expected.Logits.Span, actual.Logits.Span), 0, Tolerance);
    }

    private static float Furthest(ReadOnlySpan<float> left, ReadOnlySpan<float> right)
    {
        Assert.Equal(left.Length, right.Length);
        var most = 0f;
        for (var i = 0; i < left.Length; i++)
            most = Math.Max(most, Math.Abs(left[i] - right[i]));
        return most;
    }
}
