using CognitiveTools.Calls;
using CognitiveTools.Chat;
using CognitiveTools.Loop;
using CognitiveTools.Prompts;
using CognitiveTools.Reasoners;
using CognitiveTools.Testing;
using CognitiveTools.Tools;
using Microsoft.Extensions.AI;
using static CognitiveTools.Tests.Loop.LoopModel;

namespace CognitiveTools.Tests.Loop;

public sealed class CognitiveToolLoopTests
{
    private const string Notes = "Concepts: c\nGivens: g\nGoal: o\nSteps: s\nTechniques: t";

    [Fact]
    public async Task An_answer_without_any_call_ends_the_solve()
    {
        var model = new LoopModel("Two and two.\nANSWER: 4");
        var reasoning = await model.SolveAsync();
        Assert.Equal((StopReason.Completed, "Two and two.\nANSWER: 4"), (reasoning.Stop, reasoning.Answer));
        Assert.Equal([new Said("Two and two.\nANSWER: 4")], reasoning.Steps);
        Assert.Empty(reasoning.LimitsHit);
    }

    [Fact]
    public async Task A_call_runs_and_its_output_comes_back_and_only_the_text_behind_it_is_the_answer()
    {
        var model = new LoopModel(Call("understand_question"), "Now I see.\nANSWER: 4");
        var reasoning = await model.SolveAsync(options: new SolveOptions { Seed = 3 });

        Assert.Equal((StopReason.Completed, "Now I see.\nANSWER: 4"), (reasoning.Stop, reasoning.Answer));
        var called = Assert.IsType<Called>(reasoning.Steps[1]);
        Assert.Equal(("understand_question", """{"question":"What is 2+2?"}""", "Answered", Notes),
            (called.Tool, called.Arguments, called.Outcome, called.Observation));
        Assert.Equal(called.Usage.ToolPrompt, reasoning.Usage.ToolPrompt);
        Assert.True(reasoning.Usage.ToolGenerated > 0);
        var turn = model.Turns[1];
        Assert.Equal([ChatRole.System, ChatRole.User, ChatRole.Assistant, ChatRole.User], turn.Messages.Select(m => m.Role));
        Assert.EndsWith("</call>", turn.Messages[2].Text, StringComparison.Ordinal);
        Assert.Contains($"\n{Notes}\n", turn.LastText, StringComparison.Ordinal);
        Assert.Equal(model.Turns.Sum(t => t.Messages.Sum(m => m.Text.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries).Length)),
            reasoning.Usage.Prompt);
    }

    [Fact]
    public async Task An_isolated_call_sees_its_own_message_and_nothing_of_the_main_text()
    {
        var model = new LoopModel($"MAIN-SECRET thoughts. {Call("understand_question")}",
            $"MORE-SECRET {Call("examine_answer", """{"current_proposed_answer":"4"}""")}", "ANSWER: 4");
        await model.SolveAsync();

        Assert.Equal(2, model.Calls.Count);
        Assert.All(model.Calls, call =>
        {
            Assert.Equal([ChatRole.User], call.Messages.Select(m => m.Role));
            Assert.DoesNotContain("SECRET", call.Transcript, StringComparison.Ordinal);
            Assert.DoesNotContain("You solve problems", call.Transcript, StringComparison.Ordinal);
            Assert.Null(call.Options!.Tools);
            Assert.Null(call.Options.StopSequences);
            Assert.Null(call.Options.AdditionalProperties);
        });
        Assert.StartsWith("Problem:\nWhat is 2+2?\n\nYou assist", model.Calls[0].LastText, StringComparison.Ordinal);
        Assert.NotEqual(model.Calls[0].Options!.Seed, model.Calls[1].Options!.Seed);
    }

    [Fact]
    public async Task A_tool_cannot_call_a_tool()
    {
        var model = new LoopModel(Call("understand_question"),
            "ANSWER: 4")
        { Tool = _ => Call("backtracking", """{"reasoning_trace":"x"}""") };
        var reasoning = await model.SolveAsync();
        Assert.Single(model.Calls);
        Assert.Single(reasoning.Steps.OfType<Called>());
    }

    [Fact]
    public async Task What_follows_the_first_call_is_cut_so_that_no_invented_result_stays()
    {
        var model = new LoopModel("x");
        var client = new ScriptedChatClient(
            (request, _) => Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, request.Index switch
            {
                0 => $"{Call("understand_question")}\nObservation: invented\n{Call("backtracking")}\nANSWER: 9",
                1 => Notes,
                _ => "ANSWER: 4",
            }))));
        var loop = new CognitiveToolLoop(client, new IsolatedCall(client), model.Profile, model.Tools);
        var reasoning = await loop.SolveAsync(new Question("q", "2+2?"), SolveOptions.Default, TestContext.Current.CancellationToken);

        Assert.Equal("ANSWER: 4", reasoning.Answer);
        var called = Assert.Single(reasoning.Steps.OfType<Called>());
        Assert.Contains(called.Notes, n => n.EndsWith("characters after the call were cut", StringComparison.Ordinal));
        Assert.DoesNotContain("invented", client.Requests[2].Transcript, StringComparison.Ordinal);
        Assert.Contains("the client reported no usage", reasoning.Notes);
    }

    [Fact]
    public async Task An_answer_before_a_call_ends_the_solve()
    {
        var model = new LoopModel($"ANSWER: 4\n{Call("understand_question")}");
        var reasoning = await model.SolveAsync();
        Assert.Equal(StopReason.Completed, reasoning.Stop);
        Assert.DoesNotContain("<call>", reasoning.Answer, StringComparison.Ordinal);
        Assert.Empty(model.Calls);
    }

    [Fact]
    public async Task A_call_hidden_in_a_think_block_is_ignored_and_its_stop_sequence_does_not_end_the_thought()
    {
        var text = $"<think>{Call("understand_question")}</think>\nANSWER: 4";
        var model = new LoopModel(text, text);
        var reasoning = await model.SolveAsync();
        Assert.Equal((StopReason.Completed, "ANSWER: 4"), (reasoning.Stop, reasoning.Answer));
        Assert.Empty(model.Calls);
        Assert.Null(model.Turns[1].Options!.StopSequences);
        Assert.True(reasoning.Usage.Discarded > 0);
        Assert.Contains(reasoning.Notes, note => note.Contains("inside a thought", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_python_style_asks_for_python_and_stops_at_an_invented_observation()
    {
        var model = new LoopModel(
            "print(examine_answer({'current_proposed_answer': '4', 'model': 'math'}))\nObservation: fine", "ANSWER: 4")
        {
            Options = new ToolLoopOptions { Style = CallStyle.Python },
        };
        var reasoning = await model.SolveAsync();
        Assert.Contains("print(backtracking({'reasoning_trace': '...'}))", model.Turns[0].Transcript, StringComparison.Ordinal);
        Assert.Equal(["Observation:"], model.Turns[0].Options!.StopSequences);
        Assert.Equal(["unknown argument 'model' was ignored"], Assert.Single(reasoning.Steps.OfType<Called>()).Notes.Take(1));
    }

    [Theory]
    [InlineData("""{"question":"a paraphrase"}""", nameof(QuestionBinding.Host), "What is 2+2?", "replaced by the original question")]
    [InlineData("""{"question":"What is 2+3?"}""", nameof(QuestionBinding.Model), "What is 2+3?", "1 edits from the original")]
    public async Task The_question_comes_from_the_host_or_the_model(string arguments, string binding, string expected, string note)
    {
        var options = new ToolLoopOptions { Binding = Enum.Parse<QuestionBinding>(binding) };
        var model = new LoopModel(Call("understand_question", arguments), "ANSWER: 4") { Options = options };
        var called = (await model.SolveAsync()).Steps.OfType<Called>().Single();
        Assert.StartsWith($"Problem:\n{expected}\n\nYou assist", model.Calls[0].LastText, StringComparison.Ordinal);
        Assert.Contains(called.Notes, n => n.Contains(note, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("examine_answer('21', 'because')")]
    [InlineData("examine_answer('a paraphrase', '21', 'because')")]
    [InlineData("examine_answer('What is 2+2?', '21')")]
    [InlineData("examine_answer('21', current_reasoning='because')")]
    public async Task Positional_arguments_fill_the_parameters_that_were_meant(string call)
    {
        var model = new LoopModel(call, "ANSWER: 4");
        await model.SolveAsync();
        Assert.Contains("Problem:\nWhat is 2+2?\n\nProposed answer:\n21\n", model.Calls[0].LastText, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""<call>{"tool":"calculator","args":{}}""", "there is no tool 'calculator'; the tools are: backtracking")]
    [InlineData("""<call>{"tool":"examine_answer","args":{}}""", "examine_answer needs the argument 'current_proposed_answer'")]
    [InlineData("""<call>{"tool":"examine_answer","args":{"current_proposed_answer":"  "}}""",
        "examine_answer needs the argument 'current_proposed_answer'")]
    [InlineData("<call>whatever", "the call cannot be read")]
    public async Task A_wrong_call_is_answered_with_an_error_the_model_can_mend(string wrong, string error)
    {
        var model = new LoopModel(wrong, Call("understand_question"), "ANSWER: 4");
        var reasoning = await model.SolveAsync();
        Assert.Equal(["Refused", "Answered"], reasoning.Steps.OfType<Called>().Select(c => c.Outcome));
        Assert.Contains($"error: {error}", model.Turns[1].LastText, StringComparison.Ordinal);
        Assert.Equal(StopReason.Completed, reasoning.Stop);
    }

    [Fact]
    public async Task A_name_in_another_case_is_repaired_and_noted()
    {
        var model = new LoopModel(Call("Understand-Question"), "ANSWER: 4");
        var called = (await model.SolveAsync()).Steps.OfType<Called>().Single();
        Assert.Equal(("understand_question", "Answered"), (called.Tool, called.Outcome));
        Assert.Contains("'Understand-Question' was read as understand_question", called.Notes);
    }

    [Fact]
    public async Task The_same_call_twice_is_refused()
    {
        var model = new LoopModel(Call("understand_question"), Call("understand_question"), "ANSWER: 4");
        var reasoning = await model.SolveAsync();
        Assert.Single(model.Calls);
        Assert.Contains("was made before", reasoning.Steps.OfType<Called>().Last().Observation, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failing_main_model_is_a_value_and_a_failing_tool_an_observation()
    {
        var failed = await new LoopModel().SolveAsync();
        Assert.Equal(StopReason.Failed, failed.Stop);
        Assert.Contains("no reply for turn 1", failed.Error, StringComparison.Ordinal);

        var model = new LoopModel(Call("understand_question"), "ANSWER: 4") { Tool = _ => throw new HttpRequestException("gone") };
        var reasoning = await model.SolveAsync();
        Assert.Equal(StopReason.Completed, reasoning.Stop);
        Assert.Equal("error: understand_question gave no result: the model failed: gone",
            reasoning.Steps.OfType<Called>().Single().Observation);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task The_callers_cancellation_throws_in_every_state(int requestsBefore)
    {
        using var source = new CancellationTokenSource();
        var client = new ScriptedChatClient(async (request, token) =>
        {
            if (request.Index == requestsBefore)
                await source.CancelAsync();
            token.ThrowIfCancellationRequested();
            return ScriptedChatClient.Generate(request, request.Index == 0 ? Call("understand_question") : Notes);
        });
        var loop = new CognitiveToolLoop(client, new IsolatedCall(client), PromptProfile.Embedded(), ToolCatalog.Embedded().Tools);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => loop.SolveAsync(new Question("q", "2+2?"), SolveOptions.Default,
            source.Token));
    }

    [Fact]
    public async Task The_same_seed_gives_the_same_requests_and_another_seed_another_fence()
    {
        async Task<string> Run(int seed)
        {
            var model = new LoopModel(Call("understand_question"), "ANSWER: 4");
            await model.SolveAsync(options: new SolveOptions { Seed = seed });
            return string.Join('\n', model.Client.Requests.Select(r => $"{r.Options!.Seed} {r.Transcript}"));
        }

        Assert.Equal(await Run(1), await Run(1));
        Assert.NotEqual(await Run(1), await Run(2));
    }

    [Fact]
    public async Task A_client_that_knows_grammars_is_given_one_for_the_tools_on_offer()
    {
        var model = new LoopModel("ANSWER: 4");
        using var client = new GrammarClient(model.Client);
        await new CognitiveToolLoop(client, new IsolatedCall(client), PromptProfile.Embedded(),
            ToolCatalog.Embedded().Select(["examine_answer"]))
            .SolveAsync(new Question("q", "2+2?"), SolveOptions.Default, TestContext.Current.CancellationToken);

        var properties = model.Turns[0].Options!.AdditionalProperties!;
        Assert.Equal("<call>", properties[ChatOptionKeys.GrammarTrigger]);
        Golden.Match("grammar", (string)properties[ChatOptionKeys.Grammar]!);
    }

    [Fact]
    public async Task Steps_reach_the_observer_as_they_happen()
    {
        var seen = new List<Step>();
        var reasoning = await new LoopModel(Call("understand_question"), "ANSWER: 4")
            .SolveAsync(options: new SolveOptions { Observer = new Collector(seen) });
        Assert.Equal(reasoning.Steps, seen);
    }

    [Fact]
    public void A_loop_without_tools_or_with_a_profile_that_lacks_a_prompt_is_refused_when_it_is_made()
    {
        var client = new ScriptedChatClient();
        Assert.Throws<ArgumentException>(() => new CognitiveToolLoop(client, new IsolatedCall(client), PromptProfile.Embedded(), []));
        using var folder = new TemporaryFolder();
        foreach (var tool in ToolCatalog.Embedded().Tools)
            folder.Write($"{tool.Name}.md", $"<<system>>\nx\n<<user>>\n{string.Concat(tool.Parameters.Select(p => $"{{{{{p.Name}}}}}"))}");
        var error = Assert.Throws<ArgumentException>(
            () => new CognitiveToolLoop(client, new IsolatedCall(client), PromptProfile.Load(folder.Path), ToolCatalog.Embedded().Tools));
        Assert.Contains("no prompt 'loop'", error.Message, StringComparison.Ordinal);
    }

    private sealed class GrammarClient(IChatClient inner) : DelegatingChatClient(inner)
    {
        public override object? GetService(Type serviceType, object? serviceKey = null) =>
            serviceType == typeof(ChatCapabilities) ? new ChatCapabilities(Grammar: true) : base.GetService(serviceType, serviceKey);
    }

    private sealed class Collector(List<Step> steps) : IProgress<Step>
    {
        public void Report(Step value) => steps.Add(value);
    }
}
