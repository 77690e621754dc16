using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using CognitiveTools.Calls;
using CognitiveTools.Functions;
using CognitiveTools.Hosting;
using CognitiveTools.Prompts;
using CognitiveTools.Reasoners;
using CognitiveTools.Telemetry;
using CognitiveTools.Testing;
using CognitiveTools.Tools;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CognitiveTools.Tests.Telemetry;

/// <summary>What a host that listens gets to see. Other tests run at the same time, so each looks at its own trace or tool.</summary>
public sealed class TelemetryTests
{
    private const string Secret = "how-many-swans";
    private const string Report = "eleven-swans";

    [Fact]
    public async Task A_solve_is_one_span_around_its_chats_and_one_span_per_tool_call()
    {
        using var host = Host("tele_nest");
        using var trace = new RecordedTrace();

        var reasoning = await host.SolveAsync();

        var solve = Assert.Single(trace.Spans, s => s.DisplayName == "solve tools");
        Assert.Equal("q7", solve.GetTagItem(TelemetryNames.Question));
        Assert.Equal("Completed", solve.GetTagItem(TelemetryNames.Stop));
        Assert.Equal(reasoning.Usage.Positions, solve.GetTagItem(TelemetryNames.SpentPositions));
        var tool = Assert.Single(trace.Spans, s => s.DisplayName == "execute_tool tele_nest");
        Assert.Equal(solve.SpanId, tool.ParentSpanId);
        Assert.Equal("tele_nest", tool.GetTagItem("gen_ai.tool.name"));
        Assert.Equal("execute_tool", tool.GetTagItem("gen_ai.operation.name"));
        Assert.Equal("Answered", tool.GetTagItem(TelemetryNames.Outcome));
        Assert.Equal(reasoning.Usage.ToolPrompt + reasoning.Usage.ToolGenerated, tool.GetTagItem(TelemetryNames.SpentPositions));
        var chats = trace.Spans.Where(s => (string?)s.GetTagItem("gen_ai.operation.name") == "chat").ToList();
        Assert.Equal(3, chats.Count);
        Assert.Single(chats, c => c.ParentSpanId == tool.SpanId);
        Assert.All(chats, c => Assert.NotNull(c.GetTagItem("gen_ai.usage.input_tokens")));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Spans_hold_content_only_where_it_was_asked_for(bool content)
    {
        using var host = Host("tele_content", options => options.RecordContent = content);
        using var trace = new RecordedTrace();

        await host.SolveAsync();

        var everything = string.Join('\n', trace.Spans.SelectMany(
            s => s.TagObjects.Select(t => $"{t.Value}").Concat(s.Events.SelectMany(e => e.Tags.Select(t => $"{t.Value}")))));
        Assert.Equal(content, everything.Contains(Secret, StringComparison.Ordinal));
        Assert.Equal(content, everything.Contains(Report, StringComparison.Ordinal));
        var tool = Assert.Single(trace.Spans, s => s.DisplayName == "execute_tool tele_content");
        Assert.Equal(content ? $$"""{"text":"{{Secret}}"}""" : null, tool.GetTagItem(TelemetryNames.ToolArguments));
        Assert.Equal(content ? Report : null, tool.GetTagItem(TelemetryNames.ToolResult));
    }

    [Fact]
    public async Task A_call_that_gave_nothing_is_an_error_in_its_span()
    {
        using var folder = ToolFolder("tele_fails");
        using var trace = new RecordedTrace();
        var function = Function(folder, "tele_fails", new ScriptedChatClient((_, _) => throw new HttpRequestException("no route")));

        await function.CallAsync(new Dictionary<string, object?>(StringComparer.Ordinal) { ["text"] = "x" },
            TestContext.Current.CancellationToken);

        var span = Assert.Single(trace.Spans, s => s.DisplayName == "execute_tool tele_fails");
        Assert.Equal((ActivityStatusCode.Error, "Refused"), (span.Status, span.GetTagItem("error.type")));
    }

    [Fact]
    public async Task Counters_tell_solves_calls_by_outcome_and_positions_by_kind()
    {
        using var counters = new RecordedCounters();
        using var host = Host("tele_count");
        var reasoning = await host.SolveAsync("tools:calls=3,tools=tele_count");
        using var folder = ToolFolder("tele_count");
        await Function(folder, "tele_count", new ScriptedChatClient())
            .CallAsync(new Dictionary<string, object?>(StringComparer.Ordinal), TestContext.Current.CancellationToken);

        Assert.Equal(1, counters.Sum(TelemetryNames.ToolCalls, ("gen_ai.tool.name", "tele_count"), (TelemetryNames.Outcome, "Answered")));
        Assert.Equal(1, counters.Sum(TelemetryNames.ToolCalls, ("gen_ai.tool.name", "tele_count"), (TelemetryNames.Outcome, "Refused")));
        // Other tests' solves are counted too, so no more than a lower bound can be told here.
        Assert.True(counters.Sum(TelemetryNames.Solves, (TelemetryNames.Reasoner, "tools"), (TelemetryNames.Stop, "Completed")) >= 1);
        Assert.True(counters.Sum(TelemetryNames.Positions, (TelemetryNames.Reasoner, "tools"),
            (TelemetryNames.PositionKind, "tool_generated")) >= reasoning.Usage.ToolGenerated);
    }

    [Fact]
    public async Task A_vote_is_one_solve()
    {
        using var counters = new RecordedCounters();
        var catalog = new ServiceCollection()
            .AddKeyedSingleton<IChatClient>("verbal", new ScriptedChatClient("ANSWER: 4", "ANSWER: 4"))
            .AddSingleton<IAnswerReader>(new CognitiveTools.Tests.Reasoners.MajorityVoteTests.LastWord())
            .AddCognitiveTools().BuildServiceProvider().GetRequiredService<ReasonerCatalog>();
        using var trace = new RecordedTrace();
        var reasoning = await catalog.Create(ReasonerSpec.Parse("maj:k=2,of=cot"))
            .SolveAsync(new Question("q", "x"), SolveOptions.Default, TestContext.Current.CancellationToken);
        Assert.Equal("solve maj", Assert.Single(trace.Spans, s => s.DisplayName.StartsWith("solve", StringComparison.Ordinal)).DisplayName);
        Assert.True(counters.Sum(TelemetryNames.Positions, (TelemetryNames.Reasoner, "maj"),
            (TelemetryNames.PositionKind, "discarded")) >= reasoning.Usage.Discarded);
    }

    [Fact]
    public async Task Where_nobody_listens_no_span_is_made()
    {
        var seen = new List<Activity?>();
        using var folder = ToolFolder("tele_silent");
        using var root = new Activity("alone").Start();
        var function = Function(folder, "tele_silent", new ScriptedChatClient(_ =>
        {
            seen.Add(Activity.Current);
            return Report;
        }));

        await function.CallAsync(new Dictionary<string, object?>(StringComparer.Ordinal) { ["text"] = "x" },
            TestContext.Current.CancellationToken);

        Assert.Same(root, Assert.Single(seen));
    }

    [Fact]
    public async Task Logs_hold_content_at_the_level_trace_only()
    {
        var logs = new RecordedLogs();
        using var host = Host("tele_logs", logs: logs);

        await host.SolveAsync();

        var (trace, rest) = (logs.Texts(l => l == LogLevel.Trace), logs.Texts(l => l > LogLevel.Trace));
        Assert.Contains(Secret, trace, StringComparison.Ordinal);
        Assert.Contains(Report, trace, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, rest, StringComparison.Ordinal);
        Assert.DoesNotContain(Report, rest, StringComparison.Ordinal);
        Assert.Contains("tele_logs: Answered", rest, StringComparison.Ordinal);
        Assert.Contains("q7 by tools: Completed", rest, StringComparison.Ordinal);
    }

    private static TemporaryFolder ToolFolder(string name)
    {
        var folder = new TemporaryFolder();
        folder.Write($"{name}.yaml",
            $"name: {name}\ndescription: Counts.\nprompt: {name}\nparameters:\n  text:\n    description: The text.\n");
        folder.Write($"{name}.md", "<<system>>\nCount.\n<<user>>\n{{text}}");
        return folder;
    }

    private static CognitiveToolFunction Function(TemporaryFolder folder, string name, IChatClient client) =>
        CognitiveToolFunctions.Create(ToolCatalog.Load(folder.Path), PromptProfile.Embedded().Extend(folder.Path), new IsolatedCall(client))
            .Single(f => f.Name == name);

    private static TelemetryHost Host(string tool, Action<CognitiveToolsOptions>? configure = null, RecordedLogs? logs = null)
    {
        var folder = ToolFolder(tool);
        var client = new ScriptedChatClient($$$"""<call>{"tool":"{{{tool}}}","args":{"text":"{{{Secret}}}"}}</call>""",
            Report, "ANSWER: 4");
        var services = new ServiceCollection();
        services.AddKeyedSingleton<IChatClient>("verbal", client);
        if (logs is not null)
            services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(logs));
        services.AddCognitiveTools(options => options.ToolsFolder = folder.Path).AddCognitiveTools(configure ?? (_ => { }));
        return new TelemetryHost(services.BuildServiceProvider(), folder);
    }

    private sealed class TelemetryHost(ServiceProvider services, TemporaryFolder folder) : IDisposable
    {
        public Task<Reasoning> SolveAsync(string arm = "tools") =>
            services.GetRequiredService<ReasonerCatalog>().Create(ReasonerSpec.Parse(arm))
            .SolveAsync(new Question("q7", Secret), SolveOptions.Default, TestContext.Current.CancellationToken);

        public void Dispose()
        {
            services.Dispose();
            folder.Dispose();
        }
    }

    /// <summary>The spans of the toolkit under one root of this test.</summary>
    private sealed class RecordedTrace : IDisposable
    {
        private readonly ConcurrentQueue<Activity> _all = new();
        private readonly Activity _root = new Activity("test").SetIdFormat(ActivityIdFormat.W3C).Start();
        private readonly ActivityListener _listener;

        public RecordedTrace()
        {
            _listener = new ActivityListener
            {
                ShouldListenTo = source => source.Name == TelemetryNames.Source,
                Sample = (ref ActivityCreationOptions<ActivityContext> options) =>
                    options.TraceId == _root.TraceId ? ActivitySamplingResult.AllDataAndRecorded : ActivitySamplingResult.None,
                ActivityStopped = _all.Enqueue,
            };
            ActivitySource.AddActivityListener(_listener);
        }

        public IEnumerable<Activity> Spans => _all.Where(a => a.TraceId == _root.TraceId);

        public void Dispose()
        {
            _listener.Dispose();
            _root.Dispose();
        }
    }

    private sealed class RecordedCounters : IDisposable
    {
        private readonly ConcurrentQueue<(string Name, long Value, KeyValuePair<string, object?>[] Tags)> _all = new();
        private readonly MeterListener _listener = new();

        public RecordedCounters()
        {
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == TelemetryNames.Source)
                    listener.EnableMeasurementEvents(instrument);
            };
            _listener.SetMeasurementEventCallback<long>(
                (instrument, value, tags, _) => _all.Enqueue((instrument.Name, value, tags.ToArray())));
            _listener.Start();
        }

        public long Sum(string name, params (string Key, string Value)[] tags) =>
            _all.Where(m => m.Name == name && tags.All(t => m.Tags.Any(has => has.Key == t.Key && t.Value.Equals(has.Value))))
                .Sum(m => m.Value);

        public void Dispose() => _listener.Dispose();
    }

    private sealed class RecordedLogs : ILoggerProvider, ILogger
    {
        private readonly ConcurrentQueue<(LogLevel Level, string Text)> _all = new();

        public string Texts(Func<LogLevel, bool> levels) => string.Join('\n', _all.Where(l => levels(l.Level)).Select(l => l.Text));

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?,
            string> formatter) =>
            _all.Enqueue((logLevel, formatter(state, exception)));

        public void Dispose()
        {
            // Nothing is held.
        }
    }
}
