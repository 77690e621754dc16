using System.Text;
using System.Text.Json;
using CognitiveTools.Reasoners;
using CognitiveTools.Testing;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Server.Tests;

/// <summary>A client that joins the thinking and the content of a reasoner's answer reads every text once.</summary>
public sealed class AnswerOnceTests
{
    private const string Call = """Let me see. <call>{"tool":"recall_related","args":{}}</call>""";

    private const string Called = $"{Call}\n\n[recall_related {{\"question\":\"2+2?\"}}: ContractBroken]\nuse the rule";

    /// <summary>Replies of the model; the turns that are told; the answer.</summary>
    public static TheoryData<string, string[], string[], string> Solves => new()
    {
        { "tools", ["Two and two.\nANSWER: 4"], ["Two and two.\nANSWER: 4"], "Two and two.\nANSWER: 4" },
        { "tools", [Call, "use the rule", "So it is.\nANSWER: 4"], ["Let me see.", "use the rule", "So it is.\nANSWER: 4"],
            "So it is.\nANSWER: 4" },
        { "tools", ["I think so.", "ANSWER: 4"], ["I think so.", "ANSWER: 4"], "I think so.\nANSWER: 4" },
        { "tools", [Call, "use the rule", Call, "ANSWER: 4"], ["use the rule", "ANSWER: 4"], "ANSWER: 4" }, // the second call is refused
        { "tools:style=native", ["Two and two.\nANSWER: 4"], ["Two and two.\nANSWER: 4"], "Two and two.\nANSWER: 4" },
        { "cot", ["Two and two.\nANSWER: 4"], ["Two and two.\nANSWER: 4"], "Two and two.\nANSWER: 4" },
        { "cot", ["<think>Two and two.</think>\nANSWER: 4"], ["Two and two.", "ANSWER: 4"], "ANSWER: 4" },
        { "cot", ["So:\n<think>Two and two.</think>\nANSWER: 4"], ["Two and two.", "ANSWER: 4"], "So:\n\nANSWER: 4" },
    };

    [Theory]
    [MemberData(nameof(Solves))]
    public async Task The_answer_is_content_alone_and_the_turns_before_it_are_thinking_alone(
        string model, string[] replies, string[] told, string answer)
    {
        foreach (var stream in new[] { false, true })
        {
            await using var server = await ServerUnderTest.StartAsync(new ScriptedChatClient(replies));
            var (thinking, content) = await AskAsync(server, model, stream);

            Assert.Equal(answer, content);
            Assert.All(told, text => Assert.Equal(1, CountOf(text, $"{thinking}\n{content}")));
        }
    }

    [Fact]
    public async Task Thoughts_that_only_their_end_shows_are_thinking_where_the_answer_is_sent_at_the_end_and_are_not_counted()
    {
        await using var server = await ServerUnderTest.StartAsync(new ScriptedChatClient("Two and two.</think>ANSWER: 4"));
        var text = (await server.PostAsync("""{"model":"cot","messages":[{"role":"user","content":"2+2?"}]}""")).Body.GetRawText();

        Assert.Contains("\"content\":\"ANSWER: 4\"", text, StringComparison.Ordinal);
        Assert.Contains("\"reasoning_content\":\"Two and two.\"", text, StringComparison.Ordinal);
        Assert.DoesNotContain("reasoning_tokens", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_turn_that_stays_a_part_of_the_answer_after_a_call_without_a_result_is_told_once()
    {
        await using var server = await ServerUnderTest.StartAsync(
            new ScriptedChatClient(Call, "ANSWER: 4"), options => options with { Budget = new Budget { ToolCalls = 0 } });
        var (thinking, content) = await AskAsync(server, "tools", stream: true);

        Assert.Equal(1, CountOf("Let me see.", $"{thinking}\n{content}"));
        Assert.Equal(1, CountOf("ANSWER: 4", $"{thinking}\n{content}"));
        Assert.Contains("recall_related", thinking, StringComparison.Ordinal); // the refused call
    }

    [Fact]
    public async Task Thoughts_of_a_turn_are_sent_as_they_are_generated_and_once()
    {
        var isHeard = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = await ServerUnderTest.StartAsync(new PiecesChatClient(
            ["Hm, two", " and two.", "ANSWER: 4\n"], (i, _) => i == 0 ? Task.CompletedTask : isHeard.Task, thoughts: 2));
        using var request = RequestFor("tools", stream: true);
        using var response = await server.Http.SendAsync(
            request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
        var heard = new StringBuilder();
        while (!heard.ToString().Contains("Hm, two", StringComparison.Ordinal)) // the model says the rest only after this has come
            heard.AppendLine(await lines.ReadLineAsync(TestContext.Current.CancellationToken));
        isHeard.SetResult();
        heard.Append(await lines.ReadToEndAsync(TestContext.Current.CancellationToken));

        var (thinking, content) = Parts(heard.ToString());
        Assert.Equal(("Hm, two and two.", "ANSWER: 4"), (thinking, content));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Thoughts_of_the_turn_that_is_the_answer_are_thinking(bool stream)
    {
        await using var server = await ServerUnderTest.StartAsync(
            new ScriptedChatClient((_, _) => Task.FromResult(new ChatResponse(
                new ChatMessage(ChatRole.Assistant, [new TextReasoningContent("Hm."), new TextContent("ANSWER: 4")])))));
        var (thinking, content) = await AskAsync(server, "tools", stream);
        Assert.Equal(("Hm.", "ANSWER: 4"), (thinking, content));
    }

    /// <summary>Replies of the model, which thoughts may precede; the thinking as it is sent, from its first letter to its last.</summary>
    public static TheoryData<string, string[], string> Separators => new()
    {
        { "cot", ["Hm.|ANSWER: 4"], "Hm." },
        { "tools", ["Hm.|ANSWER: 4"], "Hm." },
        { "tools", ["Hm.|I think so.", "So.|ANSWER: 4"], "Hm.\n\nSo." },
        { "tools", [Call, "use the rule", "Hm.|ANSWER: 4"], Called + "\n\nHm." },
        { "tools", [Call, "use the rule", "ANSWER: 4"], Called },
    };

    [Theory]
    [MemberData(nameof(Separators))]
    public async Task Line_breaks_stand_between_pieces_of_thinking_alone(string model, string[] replies, string thinking)
    {
        foreach (var stream in new[] { false, true })
        {
            await using var server = await ServerUnderTest.StartAsync(new ScriptedChatClient((request, _) =>
            {
                var parts = replies[request.Index].Split('|');
                AIContent[] said = [.. parts[..^1].Select(static thought => new TextReasoningContent(thought)), new TextContent(parts[^1])];
                return Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, said)));
            }));

            Assert.Equal(thinking, (await AskAsync(server, model, stream)).Thinking);
        }
    }

    [Fact]
    public async Task No_thinking_follows_the_last_text()
    {
        await using var server = await ServerUnderTest.StartAsync(new PiecesChatClient(["Hm, two", " and two.", "ANSWER: 4"], thoughts: 2));
        using var request = RequestFor("cot", stream: true);
        using var response = await server.Http.SendAsync(request, TestContext.Current.CancellationToken);
        var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Contains("ANSWER: 4", body, StringComparison.Ordinal);
        Assert.DoesNotContain(
            "reasoning_content", body[body.IndexOf("ANSWER: 4", StringComparison.Ordinal)..], StringComparison.Ordinal);
    }

    private static int CountOf(string text, string all) => all.Split(text).Length - 1;

    private static HttpRequestMessage RequestFor(string model, bool stream) => new(HttpMethod.Post, "v1/chat/completions")
    {
        Content = new StringContent(
            $$"""{"model":"{{model}}","stream":{{(stream ? "true" : "false")}},"messages":[{"role":"user","content":"2+2?"}]}""",
            Encoding.UTF8, "application/json"),
    };

    private static async Task<(string Thinking, string Content)> AskAsync(ServerUnderTest server, string model, bool stream)
    {
        using var request = RequestFor(model, stream);
        using var response = await server.Http.SendAsync(request, TestContext.Current.CancellationToken);
        var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, body);
        return Parts(body);
    }

    private static (string Thinking, string Content) Parts(string body)
    {
        var (thinking, content) = ("", "");
        foreach (var line in body.Split('\n').Select(line => line.Replace("data: ", "", StringComparison.Ordinal).Trim()))
        {
            if (!line.StartsWith('{'))
                continue;
            var choices = JsonElement.Parse(line).GetProperty("choices");
            if (choices.GetArrayLength() == 0)
                continue;
            var said = choices[0].TryGetProperty("delta", out var delta) ? delta : choices[0].GetProperty("message");
            thinking += TextOf(said, "reasoning_content");
            content += TextOf(said, "content");
        }

        return (thinking, content);
    }

    private static string? TextOf(JsonElement said, string name) =>
        said.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : "";
}
