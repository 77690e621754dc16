namespace CognitiveTools.Latent.Tests.Fakes;

/// <summary>The sequence contract, on the fake: what every engine must hold too.</summary>
public class FakeSequenceTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_fork_goes_on_from_the_same_prefix_and_leaves_the_original_alone()
    {
        var model = new FakeLatentModel();
        await using var trunk = model.Begin();
        await trunk.AppendAsync(new[] { 0, 2, 3 }, Cancel);
        await using var branch = trunk.Fork();
        await branch.AppendAsync(new[] { 4 }, Cancel);

        var trunkNext = await trunk.AppendAsync(new[] { 2 }, Cancel);
        await using var fresh = model.Begin();
        var freshNext = await fresh.AppendAsync(new[] { 0, 2, 3, 2 }, Cancel);

        Assert.Equal((4, 4), (trunk.Length, branch.Length));
        Assert.Equal(freshNext.Hidden.ToArray(), trunkNext.Hidden.ToArray());
    }

    [Fact]
    public async Task Rewinding_and_appending_equals_never_having_gone_there()
    {
        var model = new FakeLatentModel();
        await using var sequence = model.Begin();
        await sequence.AppendAsync(new[] { 0, 2, 3 }, Cancel);
        await sequence.AppendAsync(new float[] { 1, 2, 3, 4, 5, 6 }, Cancel);
        sequence.Rewind(3);
        var rewound = await sequence.AppendAsync(new[] { 4 }, Cancel);

        await using var fresh = model.Begin();
        var straight = await fresh.AppendAsync(new[] { 0, 2, 3, 4 }, Cancel);

        Assert.Equal(straight.Logits.ToArray(), rewound.Logits.ToArray());
    }

    [Fact]
    public async Task Going_on_after_a_rewind_without_an_append_is_refused()
    {
        await using var sequence = new FakeLatentModel().Begin();
        await sequence.AppendAsync(new[] { 0, 2 }, Cancel);
        sequence.Rewind(1);

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await sequence.ContinueAsync(new() { MaxTokens = 1 }, Cancel));
    }

    [Fact]
    public async Task A_row_fed_as_an_embedding_equals_its_token()
    {
        var model = new FakeLatentModel();
        for (var token = 0; token < model.VocabularySize; token++)
        {
            await using var tokens = model.Begin();
            await using var rows = model.Begin();

            var byToken = await tokens.AppendAsync(new[] { token }, Cancel);
            var byRow = await rows.AppendAsync(FakeEmbeddings.Rows[token], Cancel);

            Assert.Equal(byToken.Logits.ToArray(), byRow.Logits.ToArray());
        }
    }
}
