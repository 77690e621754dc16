using CognitiveTools.Calls;
using CognitiveTools.Loop;
using CognitiveTools.Prompts;
using CognitiveTools.Reasoners;
using CognitiveTools.Testing;
using CognitiveTools.Tools;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Tests.Loop;

/// <summary>A scripted model for the loop: replies of the main context in order, and one function for isolated calls.</summary>
internal sealed class LoopModel
{
    private int _turns;

    public LoopModel(params string[] replies)
    {
        Client = new ScriptedChatClient(request =>
        {
            if (IsCall(request))
                return Tool(request);
            return _turns < replies.Length ? replies[_turns++] : throw new InvalidOperationException($"no reply for turn {_turns + 1}");
        });
    }

    public ScriptedChatClient Client { get; }

    public Func<ScriptedRequest, string> Tool { get; init; } = _ => "Concepts: c\nGivens: g\nGoal: o\nSteps: s\nTechniques: t";

    public ToolLoopOptions Options { get; init; } = new();

    public PromptProfile Profile { get; init; } = PromptProfile.Embedded();

    public IReadOnlyList<CognitiveTool> Tools { get; init; } = ToolCatalog.Embedded().Tools;

    public IReadOnlyList<ScriptedRequest> Turns => [.. Client.Requests.Where(r => !IsCall(r))];

    public IReadOnlyList<ScriptedRequest> Calls => [.. Client.Requests.Where(IsCall)];

    public Task<Reasoning> SolveAsync(string question = "What is 2+2?", SolveOptions? options = null) =>
        new CognitiveToolLoop(Client, new IsolatedCall(Client), Profile, Tools, Options)
            .SolveAsync(new Question("q", question), options ?? SolveOptions.Default, TestContext.Current.CancellationToken);

    public static string Call(string tool, string arguments = "{}") =>
        $"I use a tool. <call>{{\"tool\":\"{tool}\",\"args\":{arguments}}}</call>";

    private static bool IsCall(ScriptedRequest request) =>
        !request.Messages[0].Text.StartsWith("You solve problems", StringComparison.Ordinal);
}
