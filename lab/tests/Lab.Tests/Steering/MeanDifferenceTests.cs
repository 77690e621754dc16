using CognitiveTools.Llama.Steering;
using CognitiveTools.Steering;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Lab.Tests.Steering;

public sealed class MeanDifferenceTests : IDisposable
{
    private readonly SteeredFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(40)]
    public void The_states_read_behind_the_layers_are_those_of_the_equations(int length)
    {
        int[] tokens = [.. Enumerable.Range(0, length).Select(i => 5 + (i * 37 % 250))];
        using var reader = new LayerReader(_fixture.Model, threads: 1);
        reader.Read([9, 8, 7]); // what was read before leaves nothing behind

        var states = reader.Read(tokens);

        var expected = _fixture.States(tokens);
        Assert.Equal([0, 1], states.Keys);
        for (var layer = 0; layer < expected.Length; layer++)
            foreach (var (byHand, state) in expected[layer].Zip(states[layer]))
                Assert.Equal(byHand, state, 2e-3);
    }

    [Fact]
    public void The_direction_is_the_mean_difference_of_the_last_states()
    {
        (string Positive, string Negative)[] texts = [("the answer", "12"), ("then her", "123"), ("e n t", "é")];
        ContrastPair[] pairs = [.. texts.Select(t => new ContrastPair([new(ChatRole.User, t.Positive)], [new(ChatRole.User, t.Negative)]))];
        var done = new List<int>();

        var vector = MeanDifference.Compute(_fixture.Model, pairs, new Count(done), TestContext.Current.CancellationToken);

        Assert.Equal([1], vector.Layers); // llama.cpp cannot steer layer 0
        Assert.Equal([1, 2, 3], done);
        var expected = pairs.Select(pair => State(pair.Positive).Zip(State(pair.Negative), (p, n) => p - n).ToArray()).ToArray();
        for (var i = 0; i < vector.Width; i++)
            Assert.Equal(expected.Average(d => d[i]), vector.Direction(1)[i], 2e-3);

        double[] State(IReadOnlyList<ChatMessage> messages) => _fixture.States(_fixture.Model.Tokenizer.EncodeChat(messages))[1];
    }

    private sealed class Count(List<int> seen) : IProgress<int>
    {
        public void Report(int value) => seen.Add(value);
    }
}
