using CognitiveTools.Calls;
using CognitiveTools.Code;
using CognitiveTools.Prompts;
using CognitiveTools.Reasoners;
using CognitiveTools.Sandbox.Hosting;
using CognitiveTools.Testing;
using CognitiveTools.Tools;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace CognitiveTools.Sandbox.Tests.Hosting;

public sealed class UseCodeTests
{
    private const string Program = "Thought: count.\nCode:\n```javascript\nconsole.log(2n ** 100n);\n```";

    [Fact]
    public async Task The_program_is_run_and_comes_back_with_what_it_printed()
    {
        var result = await CallAsync(Program);

        Assert.Equal(CallOutcome.Answered, result.Outcome);
        Assert.Equal("Code:\n```javascript\nconsole.log(2n ** 100n);\n```\nExecution output:\n1267650600228229401496703205376", result.Text);
        Assert.Equal(Program, result.Raw);
        Assert.Contains("javascript at sandbox level language: completed", result.Notes);
    }

    [Fact]
    public async Task A_program_that_fails_is_an_answer_that_says_why()
    {
        var result = await CallAsync("```js\nconst x = 1;\nnope();\n```");

        Assert.Equal(CallOutcome.Answered, result.Outcome);
        Assert.Contains("Error on line 2: ", result.Text, StringComparison.Ordinal);
        Assert.Contains("javascript at sandbox level language: failed", result.Notes);
    }

    [Fact]
    public async Task The_callers_time_limit_holds_for_the_program()
    {
        var sandbox = new NotingSandbox();

        await new IsolatedCall(new ScriptedChatClient(Program), new FakeTimeProvider()) { Sandbox = sandbox }
            .InvokeAsync(Request() with { TimeLimit = TimeSpan.FromSeconds(2) }, TestContext.Current.CancellationToken);

        Assert.Equal(CodeLimits.Default with { WallTime = TimeSpan.FromSeconds(2) }, sandbox.Limits);
        Assert.True(CodeLimits.Default.WallTime > TimeSpan.FromSeconds(2));
    }

    [Theory]
    [InlineData("I would rather not.", "there is no code block")]
    [InlineData("```javascript\n\n```", "the code block is empty")]
    [InlineData("```python\nprint(1)\n```", "the code block is python, but this tool runs javascript")]
    [InlineData("```javascript\nconsole.log(1)", "there is no code block")]
    public async Task Without_a_program_to_run_the_contract_is_broken(string reply, string reason)
    {
        var result = await CallAsync(reply);

        Assert.Equal(CallOutcome.ContractBroken, result.Outcome);
        Assert.Contains(reason, result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_last_of_several_programs_is_run() =>
        Assert.EndsWith("Execution output:\nsecond", (await CallAsync("```js\nconsole.log('first')\n```\nBetter:\n```js\nconsole.log('second')\n```")).Text, StringComparison.Ordinal);

    [Fact]
    public async Task Without_a_sandbox_the_model_is_not_even_asked()
    {
        var client = new ScriptedChatClient(Program);

        var result = await new IsolatedCall(client).InvokeAsync(Request(), TestContext.Current.CancellationToken);

        Assert.Equal(CallOutcome.Refused, result.Outcome);
        Assert.Contains("AddCodeSandbox", result.Reason, StringComparison.Ordinal);
        Assert.Empty(client.Requests);
    }

    [Fact]
    public async Task A_language_nobody_runs_is_refused_by_name()
    {
        var tool = ToolCatalog.Embedded(withCode: true).Find("use_code")! with { Runs = "prolog" };

        var result = await new IsolatedCall(new ScriptedChatClient()) { Sandbox = new CodeSandbox() }.InvokeAsync(Request() with { Tool = tool }, TestContext.Current.CancellationToken);

        Assert.Contains("prolog", result.Reason, StringComparison.Ordinal);
        Assert.Contains("javascript, python", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_papers_tool_runs_Python_or_says_why_it_cannot()
    {
        var runner = (await new CodeSandbox().FindAsync("python", TestContext.Current.CancellationToken))!;
        var call = new IsolatedCall(new ScriptedChatClient("```python\nprint(2**100)\n```")) { Sandbox = new CodeSandbox() };

        var result = await call.InvokeAsync(
            new ToolCall(ToolCatalog.Embedded("paper", withCode: true).Find("use_code")!, Question, PromptProfile.Embedded("paper")), TestContext.Current.CancellationToken);

        if (runner.Level == SandboxLevel.None)
            Assert.Equal(runner.Protection, result.Reason);
        else
            Assert.EndsWith("Execution output:\n1267650600228229401496703205376", result.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tools:code=on", 5)]
    [InlineData("tools:tools=use_code", 1)]
    [InlineData("tools", 4)]
    public async Task An_arm_has_the_tool_when_it_asks_for_it(string arm, int offered)
    {
        var client = new ScriptedChatClient("ANSWER: 1");
        await using var services = Host(client, sandbox: true);

        await services.GetRequiredService<ReasonerCatalog>().Create(ReasonerSpec.Parse(arm))
            .SolveAsync(new Question("q", "?"), SolveOptions.Default, TestContext.Current.CancellationToken);

        Assert.Equal(offered, client.Requests[0].Messages[0].Text.Split('\n').Count(line => line.StartsWith("- ", StringComparison.Ordinal) && line.Contains("): ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_whole_solve_computes_with_it()
    {
        var client = new ScriptedChatClient(
            """I compute it. <call>{"tool":"use_code","args":{"task":"2 to the power 100"}}</call>""", Program, "ANSWER: 1267650600228229401496703205376");
        await using var services = Host(client, sandbox: true);

        var reasoning = await services.GetRequiredService<ReasonerCatalog>().Create(ReasonerSpec.Parse("tools:code=on"))
            .SolveAsync(new Question("q", "What is 2^100?"), SolveOptions.Default, TestContext.Current.CancellationToken);

        Assert.Contains("1267650600228229401496703205376", client.Requests[^1].Messages[^1].Text, StringComparison.Ordinal);
        Assert.Equal(StopReason.Completed, reasoning.Stop);
    }

    [Fact]
    public async Task An_arm_with_a_profile_of_its_own_has_that_profiles_tool()
    {
        var client = new ScriptedChatClient("I compute.\nuse_code({'question': '?'})", Program, "ANSWER: 1");
        await using var services = Host(client, sandbox: true);

        var reasoning = await services.GetRequiredService<ReasonerCatalog>().Create(ReasonerSpec.Parse("tools:profile=paper,bind=model,code=on"))
            .SolveAsync(new Question("q", "?"), SolveOptions.Default, TestContext.Current.CancellationToken);

        // The paper's tool runs Python, or this host refuses to: never JavaScript.
        var called = Assert.Single(reasoning.Steps.OfType<Called>());
        Assert.NotEqual(nameof(CallOutcome.Answered), called.Outcome);
        Assert.DoesNotContain(called.Notes, n => n.Contains("sandbox level language", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_a_sandbox_the_arm_is_refused_with_the_remedy()
    {
        await using var services = Host(new ScriptedChatClient(), sandbox: false);

        var error = Assert.Throws<ArgumentException>(() => services.GetRequiredService<ReasonerCatalog>().Create(ReasonerSpec.Parse("tools:code=on")));

        Assert.Contains("AddCodeSandbox", error.Message, StringComparison.Ordinal);
    }

    private static readonly Dictionary<string, string> Question = new(StringComparer.Ordinal) { ["question"] = "What is 2^100?" };

    private static Task<CallResult> CallAsync(string reply, Func<ToolCall, ToolCall>? change = null) =>
        new IsolatedCall(new ScriptedChatClient(reply)) { Sandbox = new CodeSandbox() }.InvokeAsync((change ?? (r => r))(Request()), TestContext.Current.CancellationToken);

    /// <summary>Runs nothing and notes the limits that a program would have had.</summary>
    private sealed class NotingSandbox : ICodeSandbox, ICodeRunner
    {
        public CodeLimits? Limits { get; private set; }

        public IReadOnlyList<string> Languages => [Language];

        public string Language => "javascript";

        public SandboxLevel Level => SandboxLevel.Language;

        public string Protection => "nothing runs";

        public ValueTask<ICodeRunner?> FindAsync(string language, CancellationToken cancellationToken = default) => new(this);

        public ValueTask<CodeResult> RunAsync(string code, CodeLimits limits, CancellationToken cancellationToken = default)
        {
            Limits = limits;
            return new(new CodeResult { Outcome = CodeOutcome.Completed, Level = Level, Output = "" });
        }
    }

    private static ToolCall Request() => new(ToolCatalog.Embedded(withCode: true).Find("use_code")!, Question, PromptProfile.Embedded());

    private static ServiceProvider Host(IChatClient client, bool sandbox)
    {
        var services = new ServiceCollection();
        services.AddKeyedSingleton("verbal", client);
        services.AddCognitiveTools();
        if (sandbox)
            services.AddCodeSandbox();
        return services.BuildServiceProvider();
    }
}
