using CognitiveTools.Calls;
using CognitiveTools.Chat;
using CognitiveTools.Loop;
using CognitiveTools.Prompts;
using CognitiveTools.Reasoners;
using CognitiveTools.Testing;
using CognitiveTools.Tools;
using CognitiveTools.Verbal;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Time.Testing;

namespace CognitiveTools.Tests.Reasoners;

/// <summary>The bill is what the model did, wherever and however it fails; what nobody counted is unknown, not 0.</summary>
public sealed class BillTests
{
    private const int MostPlaces = 200;

    private static readonly PromptProfile Profile = PromptProfile.Embedded();

    // Who hangs or sends no bill does not count.
    public static TheoryData<string, ChatFault> Counted => Cases(ChatFault.Throw, ChatFault.TimeOut);

    public static TheoryData<string, ChatFault> Uncounted => Cases(Enum.GetValues<ChatFault>());

    [Theory]
    [MemberData(nameof(Counted))]
    public async Task A_client_that_counts_is_billed_to_the_position_wherever_it_fails(string kind, ChatFault fault)
    {
        for (var place = 0; place < MostPlaces; place++)
        {
            var (reasoning, client) = await SolveAsync(kind, place, fault, counts: true);
            Assert.Equal((client.Positions, false), (reasoning.Usage.Positions, reasoning.Usage.Incomplete));
            if (!client.HasFailed)
                return;
        }

        Assert.Fail("the scripts are longer than the places tried");
    }

    [Theory]
    [MemberData(nameof(Uncounted))]
    public async Task A_client_that_does_not_count_leaves_a_bill_that_is_marked_and_no_higher_than_the_work(string kind, ChatFault fault)
    {
        for (var place = 0; place < MostPlaces; place++)
        {
            var (reasoning, client) = await SolveAsync(kind, place, fault, counts: false);
            Assert.Equal(client.HasFailed, reasoning.Usage.Incomplete);
            Assert.True(reasoning.Usage.Positions <= client.Positions);
            if (!client.HasFailed)
            {
                Assert.Equal(client.Positions, reasoning.Usage.Positions);
                return;
            }
        }

        Assert.Fail("the scripts are longer than the places tried");
    }

    [Theory]
    [InlineData(ChatFault.Throw, StopReason.Failed)]
    [InlineData(ChatFault.TimeOut, StopReason.TimedOut)]
    [InlineData(ChatFault.Hang, StopReason.TimedOut)]
    public async Task The_text_so_far_is_kept(ChatFault fault, StopReason stop)
    {
        var (reasoning, _) = await SolveAsync("cot", place: 3, fault, counts: false);
        Assert.Equal((stop, "The sum is "), (reasoning.Stop, reasoning.Answer));
        Assert.Equal(["what a turn spent that failed or ran out of time is not known"], reasoning.Notes);
    }

    [Fact]
    public async Task Usage_in_part_is_marked_and_a_total_alone_counts()
    {
        var details = new UsageDetails { TotalTokenCount = 11 };
        var client = new ScriptedChatClient((_, _) => Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, "4")) { Usage = details }));
        var reasoning = await new PromptReasoner(client, Profile, "cot").SolveAsync(new Question("q", "?"), SolveOptions.Default, TestContext.Current.CancellationToken);
        Assert.Equal((11, true), (reasoning.Usage.Positions, reasoning.Usage.Incomplete));
        Assert.Equal(["the client reported its usage in part"], reasoning.Notes);
    }

    [Theory]
    [InlineData(System.Net.HttpStatusCode.TooManyRequests, false)]
    [InlineData(System.Net.HttpStatusCode.BadGateway, true)]
    [InlineData(null, false)]
    public async Task A_refused_request_cost_nothing_and_one_that_broke_down_may_have(System.Net.HttpStatusCode? status, bool unknown)
    {
        var client = new ScriptedChatClient((_, _) => throw new HttpRequestException("no", null, status));
        var reasoning = await new PromptReasoner(client, Profile, "cot").SolveAsync(new Question("q", "?"), SolveOptions.Default, TestContext.Current.CancellationToken);
        Assert.Equal((0, unknown), (reasoning.Usage.Positions, reasoning.Usage.Incomplete));
    }

    [Fact]
    public async Task Thoughts_handed_over_apart_are_in_the_trace_and_not_in_the_answer()
    {
        var client = new ScriptedChatClient((_, _) => Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, [new TextReasoningContent("2+2 is 4.\nANSWER: 4")]))));
        var reasoning = await new PromptReasoner(client, Profile, "cot").SolveAsync(new Question("q", "?"), SolveOptions.Default, TestContext.Current.CancellationToken);
        Assert.Equal(("", "2+2 is 4.\nANSWER: 4"), (reasoning.Answer, Assert.IsType<Said>(reasoning.Steps[0]).Thoughts));
    }

    [Fact]
    public async Task A_host_that_fails_between_loop_and_tool_leaves_the_solve_going_and_the_bill_marked()
    {
        var client = new ScriptedChatClient("""<call>{"tool":"understand_question","args":{}}</call>""", "ANSWER: 4");
        var loop = new CognitiveToolLoop(client, new FailingInvoker(), Profile, ToolCatalog.Embedded().Tools);
        var reasoning = await loop.SolveAsync(new Question("q", "?"), SolveOptions.Default, TestContext.Current.CancellationToken);
        Assert.Equal(("ANSWER: 4", true), (reasoning.Answer, reasoning.Usage.Incomplete));
        Assert.Contains("a filter failed", Assert.Single(reasoning.Steps.OfType<Called>()).Observation, StringComparison.Ordinal);
    }

    [Fact]
    public void Bills_add_up_and_one_unknown_part_makes_the_sum_unknown()
    {
        var known = new Usage { Prompt = 3, Cached = 1 };
        var unknown = new Usage { Generated = 2, Incomplete = true };
        Assert.Equal(new Usage { Prompt = 3, Generated = 2, Cached = 1, Incomplete = true }, known + unknown);
        Assert.Equal(["3 positions", "at least 2 positions", "positions unknown"], new[] { known, unknown, Usage.None with { Incomplete = true } }.Select(UsageWords.Positions));
    }

    [Fact]
    public void Work_is_found_on_the_exception_around_the_one_it_was_noted_on()
    {
        var work = new PartialWork(3, 2, 1, "text");
        Assert.Same(work, PartialWork.Of(new InvalidOperationException("around", work.On(new IOException()))));
        Assert.Null(PartialWork.Of(new IOException()));
        Assert.Null(PartialWork.Of(null));
    }

    [Fact]
    public async Task Whoever_reads_along_gets_the_text_piece_by_piece()
    {
        var pieces = new Pieces();
        await SolveAsync("cot", place: MostPlaces, ChatFault.Throw, counts: true, pieces);
        Assert.Equal(["The ", "sum ", "is ", "4. ", "ANSWER: ", "4 "], pieces.All.Select(p => p.Text));
    }

    private static async Task<(Reasoning Reasoning, FaultyChatClient Client)> SolveAsync(
        string kind, int place, ChatFault fault, bool counts, IProgress<TextPiece>? observer = null)
    {
        var time = new FakeTimeProvider();
        var client = new FaultyChatClient(kind == "tools" ? ToolScript : _ => "The sum is 4. ANSWER: 4", place, fault, time, counts);
        var cot = new PromptReasoner(client, Profile, "cot", time);
        IReasoner reasoner = kind switch
        {
            "tools" => new CognitiveToolLoop(client, new IsolatedCall(client, time), Profile, ToolCatalog.Embedded().Tools, time: time),
            "maj" => new MajorityVote(cot, new LastWord(), 3, time: time),
            _ => cot,
        };
        var options = new SolveOptions { Budget = new Budget { WallTime = TimeSpan.FromMinutes(30) }, TextObserver = observer };
        return (await reasoner.SolveAsync(new Question("q", "What is 2+2?"), options, TestContext.Current.CancellationToken), client);
    }

    private static string ToolScript(int request) => request switch
    {
        0 => """Let me see. <call>{"tool":"understand_question","args":{}}</call>""",
        1 => "Concepts: c Givens: g Goal: o Steps: s Techniques: t",
        2 => """Once more. <call>{"tool":"recall_related","args":{}}</call>""",
        3 => "Problem: p Solution: s Lesson: l",
        _ => "ANSWER: 4",
    };

    private static TheoryData<string, ChatFault> Cases(params ChatFault[] faults)
    {
        var cases = new TheoryData<string, ChatFault>();
        foreach (var kind in new[] { "cot", "tools", "maj" })
        {
            foreach (var fault in faults)
                cases.Add(kind, fault);
        }

        return cases;
    }

    private sealed class LastWord : IAnswerReader
    {
        public string? Read(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries).LastOrDefault();
    }

    private sealed class FailingInvoker : IToolInvoker
    {
        public Task<CallResult> InvokeAsync(ToolCall request, CancellationToken cancellationToken = default) => throw new InvalidOperationException("a filter failed");
    }

    private sealed class Pieces : IProgress<TextPiece>
    {
        public List<TextPiece> All { get; } = [];

        public void Report(TextPiece value) => All.Add(value);
    }
}
