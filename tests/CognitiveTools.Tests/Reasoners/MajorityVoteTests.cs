using CognitiveTools.Chat;
using CognitiveTools.Prompts;
using CognitiveTools.Reasoners;
using CognitiveTools.Testing;
using CognitiveTools.Verbal;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Time.Testing;

namespace CognitiveTools.Tests.Reasoners;

public sealed class MajorityVoteTests
{
    [Theory]
    [InlineData("1 2 2", "2", 2)]
    [InlineData("3 2 2 3", "3", 2)]
    [InlineData("? ? 5", "5", 1)]
    [InlineData("? ?", "?", 0)]
    public async Task The_most_frequent_answer_wins_and_the_first_reached_of_equals(string samples, string expected, int votes)
    {
        var replies = samples.Split(' ');
        var client = new ScriptedChatClient([.. replies.Select(r => $"so {r}")]);
        var reasoning = await new MajorityVote(new PromptReasoner(client, PromptProfile.Embedded(), "cot"), new LastWord(), replies.Length)
            .SolveAsync(new Question("q", "?"), SolveOptions.Default, TestContext.Current.CancellationToken);

        Assert.Equal($"so {expected}", reasoning.Answer);
        Assert.StartsWith($"{votes} of {replies.Length} samples agreed", reasoning.Notes[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_sample_stands_in_the_trace_and_the_chosen_one_is_marked()
    {
        var client = new ScriptedChatClient("so 1", "so 2", "so 2");
        var reasoning = await new MajorityVote(new PromptReasoner(client, PromptProfile.Embedded(), "cot"), new LastWord(), 3)
            .SolveAsync(new Question("q", "?"), SolveOptions.Default, TestContext.Current.CancellationToken);

        Assert.Equal([new Branch(0, "so 1", Chosen: false), new Branch(1, "so 2", Chosen: true), new Branch(2, "so 2", Chosen: false)],
            reasoning.Steps.OfType<Branch>());
    }

    [Fact]
    public async Task Samples_differ_in_seed_are_not_greedy_and_losers_are_discarded_positions()
    {
        var client = new ScriptedChatClient("so 1", "so 2", "so 2");
        var reasoning = await new MajorityVote(new PromptReasoner(client, PromptProfile.Embedded(), "cot"), new LastWord(), 3)
            .SolveAsync(new Question("q", "?"), SolveOptions.Default, TestContext.Current.CancellationToken);

        Assert.Equal(3, client.Requests.Select(r => r.Options!.Seed).Distinct().Count());
        Assert.All(client.Requests, r => Assert.Equal(0.7f, r.Options!.Temperature)); // the solve leaves it to the model
        var one = reasoning.Usage.Prompt + reasoning.Usage.Generated;
        Assert.Equal((2, 2 * one, 3 * one), (reasoning.Usage.Generated, reasoning.Usage.Discarded, reasoning.Usage.Positions));
    }

    [Fact]
    public async Task Spent_wall_time_ends_the_sampling_and_says_so()
    {
        var time = new FakeTimeProvider();
        var client = new ScriptedChatClient(_ =>
        {
            time.Advance(TimeSpan.FromSeconds(6));
            return "so 1";
        });
        var reasoning = await new MajorityVote(new PromptReasoner(client, PromptProfile.Embedded(), "cot", time), new LastWord(),
            5, time: time)
            .SolveAsync(new Question("q", "?"), new SolveOptions { Budget = new Budget { WallTime = TimeSpan.FromSeconds(10) } },
                TestContext.Current.CancellationToken);
        Assert.Equal(2, client.Requests.Count);
        Assert.Contains("wallTime", reasoning.LimitsHit);
        Assert.EndsWith("3 were not begun", reasoning.Notes[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Samples_that_begin_at_once_are_asked_in_one_group_and_give_what_samples_in_turn_give()
    {
        var (turns, groups) = (new ScriptedChatClient("so 1", "so 2", "so 2"), new GroupingClient("so 1", "so 2", "so 2"));
        var seen = new List<Step>();
        var inTurn = await VoteAsync(turns, atOnce: 1, SolveOptions.Default);
        var atOnce = await VoteAsync(groups, atOnce: 2, SolveOptions.Default with { Observer = new Watcher(seen) });

        Assert.Equal([2, 1], groups.Groups);
        Assert.Equal((inTurn.Answer, inTurn.Notes[^1]), (atOnce.Answer, atOnce.Notes[^1]));
        Assert.Equal(inTurn.Steps, atOnce.Steps);
        Assert.Equal(inTurn.Usage with { Elapsed = default }, atOnce.Usage with { Elapsed = default });
        Assert.Equal(turns.Requests.Select(r => r.Options!.Seed), groups.Inner.Requests.Select(r => r.Options!.Seed));
        Assert.Equal(atOnce.Steps.Where(step => step is not Branch), seen);

        static Task<Reasoning> VoteAsync(IChatClient client, int atOnce, SolveOptions options) =>
            new MajorityVote(new PromptReasoner(client, PromptProfile.Embedded(), "cot"), new LastWord(), 3) { AtOnce = atOnce }
                .SolveAsync(new Question("q", "?"), options, TestContext.Current.CancellationToken);
    }

    [Fact]
    public void A_vote_without_samples_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() =>
        new MajorityVote(new PromptReasoner(new ScriptedChatClient(), PromptProfile.Embedded(), "cot"), new LastWord(), 0));

    // By spelling "one" would win with its two votes.
    [Fact]
    public async Task Answers_that_the_reader_calls_the_same_are_one_vote()
    {
        var client = new ScriptedChatClient("so one", "so Two", "so one", "so TWO", "so two");
        var reasoning = await new MajorityVote(new PromptReasoner(client, PromptProfile.Embedded(), "cot"), new LastWordInAnyCase(), 5)
            .SolveAsync(new Question("q", "?"), SolveOptions.Default, TestContext.Current.CancellationToken);

        Assert.Equal("so Two", reasoning.Answer);
        Assert.StartsWith("3 of 5 samples agreed", reasoning.Notes[^1], StringComparison.Ordinal);
    }

    private sealed class LastWordInAnyCase : IAnswerReader
    {
        public string? Read(string text) => text.Split(' ')[^1];

        public bool AreSame(string first, string second) => string.Equals(first, second, StringComparison.OrdinalIgnoreCase);
    }

    private sealed class Watcher(List<Step> seen) : IProgress<Step>
    {
        public void Report(Step value) => seen.Add(value);
    }

    /// <summary>Answers what was kept in a group when the group ends, and counts how many requests that are.</summary>
    private sealed class GroupingClient(params string[] replies) : DelegatingChatClient(new ScriptedChatClient(replies)), IGroupStarter
    {
        public List<int> Groups { get; } = [];

        public ScriptedChatClient Inner => (ScriptedChatClient)InnerClient;

        public override async Task<ChatResponse> GetResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        {
            var started = new TaskCompletionSource();
            Assert.True(StartGroup.TryKeep(this, started));
            await started.Task;
            return await base.GetResponseAsync(messages, options, cancellationToken);
        }

        public override async IAsyncEnumerable<Microsoft.Extensions.AI.ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<Microsoft.Extensions.AI.ChatMessage> messages,
            Microsoft.Extensions.AI.ChatOptions? options = null,
            [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            var response = await GetResponseAsync(messages, options, cancellationToken);
            foreach (var update in response.ToChatResponseUpdates())
                yield return update;
        }

        public void Start(IReadOnlyList<object> requests)
        {
            Groups.Add(requests.Count);
            foreach (var request in requests)
                ((TaskCompletionSource)request).SetResult();
        }
    }

    internal sealed class LastWord : IAnswerReader
    {
        public string? Read(string text) => text.Split(' ')[^1] is var word && word == "?" ? null : word;
    }
}
