using CognitiveTools.Calls;
using CognitiveTools.Evals.Tests;
using CognitiveTools.Lab.Problems.Generation;
using CognitiveTools.Lab.Training.Corpora;
using CognitiveTools.Loop;
using CognitiveTools.Prompts;
using CognitiveTools.Randomness;
using CognitiveTools.Reasoners;
using CognitiveTools.Testing;
using CognitiveTools.Tools;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Lab.Tests.Generation;

/// <summary>A model trained on one text and asked with another would fail for no reason of its own.</summary>
public sealed class MiniProfileTests
{
    private static readonly PromptProfile Profile = PromptProfile.Embedded("mini");
    private static readonly ToolCatalog Tools = ToolCatalog.Load(Path.Combine(Repository.Root, "tools", "mini"));

    [Fact]
    public void Single_questions_are_put_as_in_training()
    {
        var problem = new ProblemGenerator(4, Split.Train, "recurrence").Draw().First();
        var flaw = Enumerable.Range(0, 50).Select(i => problem.PlantError(new SeededRandom((ulong)i))).First(found => found is not null)!;
        Same(MiniFormats.Direct(problem), "direct", ("question", problem.Text));
        Same(MiniFormats.ChainOfThought(problem), "cot", ("question", problem.Text));
        Same(MiniFormats.Understand(problem), "understand_question", ("question", problem.Text));
        Same(MiniFormats.InStages(problem), "latent", ("question", problem.Text));
        Same(MiniFormats.Recall(problem), "recall_related", ("question", problem.Text));
        Same(
            MiniFormats.Examine(problem, flaw),
            "examine_answer",
            ("question", problem.Text), ("current_proposed_answer", $"{flaw.Answer}"), ("current_reasoning", Steps(flaw.Steps)));
        Same(
            MiniFormats.Backtrack(problem, flaw),
            "backtracking",
            ("question", problem.Text), ("reasoning_trace", Steps(flaw.Steps)));
    }

    [Fact]
    public void The_profiles_prompts_fit_the_profiles_tools() => Assert.All(Tools.Tools, tool => ToolCatalog.Check(tool, Profile));

    [Fact]
    public async Task The_tool_loop_hears_and_says_what_the_model_was_trained_on()
    {
        var options = new CorpusOptions { Seed = 5, Count = 60, Formats = new Dictionary<string, int> { ["loop"] = 1 } };
        foreach (var conversation in Corpus.Converse(options))
        {
            var messages = Messages(conversation.Passages);
            var names = messages[0].Text.Split(' ').Skip(1).ToArray();
            var replies = messages.Where(message => message.Role == ChatRole.Assistant).Select(message => message.Text).ToArray();
            using var client = new ScriptedChatClient(replies);
            var contents = new Queue<string>(messages.Skip(2).Where(message => message.Role == ChatRole.User)
                .Select(message => message.Text.Split('\n', 2)[1])
                .Select(rest => rest[..rest.LastIndexOf('\n')]));
            var loop = new CognitiveToolLoop(client, new Shelf(contents), Profile, Tools.Select(names));

            var reasoning =
                await loop.SolveAsync(new Question("q", messages[1].Text), SolveOptions.Default, TestContext.Current.CancellationToken);

            Assert.Equal(StopReason.Completed, reasoning.Stop);
            Assert.Empty(contents);
            var heard = client.Requests[^1].Messages.Select(Unfenced).ToArray();
            Assert.Equal(messages.SkipLast(1).Select(Unfenced), heard);
        }
    }

    // A fence is drawn again for every solve.
    private static string Unfenced(ChatMessage message) =>
        message.Role + "|" + System.Text.RegularExpressions.Regex.Replace(
            message.Text, @"\b\d{6}\b", "FENCE", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromMinutes(1));

    private static string Steps(IEnumerable<string> steps) => string.Concat(steps.Select((step, i) => $"{i + 1}:{step};"));

    private static void Same(Conversation conversation, string prompt, params (string Name, string Value)[] values) =>
        Assert.Equal(
            Messages(conversation.Passages).SkipLast(1).Select(message => (message.Role, message.Text)),
            Profile.Render(prompt, values.ToDictionary(value => value.Name, value => value.Value))
                .Select(message => (message.Role, message.Text)));

    private static List<ChatMessage> Messages(IEnumerable<Passage> passages)
    {
        var messages = new List<ChatMessage>();
        foreach (var passage in passages)
        {
            var role = passage.Role switch { Role.System => ChatRole.System, Role.User => ChatRole.User, _ => ChatRole.Assistant };
            if (messages.Count > 0 && messages[^1].Role == role)
                messages[^1] = new ChatMessage(role, messages[^1].Text + passage.Text);
            else
                messages.Add(new ChatMessage(role, passage.Text));
        }

        return messages;
    }

    private sealed class Shelf(Queue<string> contents) : IToolInvoker
    {
        public Task<CallResult> InvokeAsync(ToolCall request, CancellationToken cancellationToken = default) =>
            Task.FromResult(new CallResult(CallOutcome.Answered, contents.Dequeue()));
    }
}
