using CognitiveTools.Testing;
using OpenAI.Chat;

namespace CognitiveTools.Server.Tests;

/// <summary>Reasoners as models.</summary>
public sealed class ReasonerModelTests
{
    private const string Call = """<call>{"tool":"recall_related","args":{}}</call>""";

    [Fact]
    public async Task A_reasoner_answers_the_question_and_its_bill_counts_the_tools()
    {
        var model = new ScriptedChatClient(Call, "use the rule", "so it is 4\nANSWER: 4");
        await using var server = await ServerUnderTest.StartAsync(model);

        var (status, body) = await server.PostAsync(
            """{"model":"cognitive-tools","seed":3,"messages":[{"role":"user","content":"2+2?"}]}""");

        Assert.Equal(200, status);
        var choice = body.GetProperty("choices")[0];
        Assert.EndsWith("ANSWER: 4", choice.GetProperty("message").GetProperty("content").GetString(), StringComparison.Ordinal);
        Assert.Contains("[recall_related", choice.GetProperty("message").GetProperty("reasoning_content").GetString(),
            StringComparison.Ordinal);
        Assert.Equal("stop", choice.GetProperty("finish_reason").GetString());
        var usage = body.GetProperty("usage");
        var positions = usage.GetProperty("positions_details");
        long Of(string name) => positions.GetProperty(name).GetInt64();
        Assert.True(Of("tool_prompt") > 0 && Of("tool_generated") == 3);
        Assert.Equal(Of("prompt") + Of("tool_prompt"), usage.GetProperty("prompt_tokens").GetInt64());
        Assert.Equal(Of("generated") + Of("tool_generated"), usage.GetProperty("completion_tokens").GetInt64());
        Assert.Equal(3, usage.GetProperty("completion_tokens_details").GetProperty("reasoning_tokens").GetInt64());
        Assert.Equal(usage.GetProperty("prompt_tokens").GetInt64() + usage.GetProperty("completion_tokens").GetInt64(),
            usage.GetProperty("total_tokens").GetInt64());
    }

    [Fact]
    public async Task A_streamed_answer_is_the_same_text_and_its_steps_come_before_it()
    {
        var model = new ScriptedChatClient(r => (r.Index % 3) switch { 0 => Call, 1 => "use the rule", _ => "ANSWER: 4" });
        await using var server = await ServerUnderTest.StartAsync(model);

        ChatCompletion whole = await server.OpenAI("tools").CompleteChatAsync("2+2?");
        var streamed = "";
        ChatTokenUsage? usage = null;
        await foreach (var update in server.OpenAI("tools").CompleteChatStreamingAsync("2+2?"))
        {
            streamed += string.Concat(update.ContentUpdate.Select(c => c.Text));
            usage = update.Usage ?? usage;
        }

        Assert.Equal(whole.Content.Single().Text, streamed);
        Assert.Equal(whole.Usage.TotalTokenCount, usage!.TotalTokenCount);
    }

    [Fact]
    public async Task The_plain_model_and_the_kinds_that_can_be_made_are_listed()
    {
        await using var server = await ServerUnderTest.StartAsync("x");

        var (_, list) = await server.GetAsync("v1/models");

        var names = list.GetProperty("data").EnumerateArray().Select(m => m.GetProperty("id").GetString()!).ToList();
        Assert.Equal(server.Models, names);
        // no latent model is registered here, and nothing that reads votes
        Assert.Equal(["plain", "cognitive-tools", "cognitive", "cot", "direct", "tools"], names);
    }

    [Theory]
    [InlineData("plain", 200)]
    [InlineData("cot", 200)]
    [InlineData("cot:profile=mini", 200)]
    [InlineData("cot:profile=nowhere", 400)]
    [InlineData("cot:mood=glad", 400)]
    [InlineData("maj", 404)]
    [InlineData("cot/zeroed", 400)]
    [InlineData("gpt-4o", 404)]
    public async Task A_model_is_there_whether_it_is_listed_or_not_or_the_reason_is_given(string name, int status)
    {
        await using var server = await ServerUnderTest.StartAsync("x");

        var (actual, body) = await server.GetAsync($"v1/models/{name}");

        Assert.Equal(status, actual);
        if (status == 200)
            Assert.Equal(name, body.GetProperty("id").GetString());
        else
            Assert.Equal(("model", status == 400 ? "invalid_value" : "model_not_found"),
                (body.GetProperty("error").GetProperty("param").GetString(), body.GetProperty("error").GetProperty("code").GetString()));
    }

    [Theory]
    [InlineData("messages",
        """ "messages":[{"role":"user","content":"a"},{"role":"assistant","content":"b"},{"role":"user","content":"c"}] """)]
    [InlineData("messages", """ "messages":[{"role":"system","content":"a"},{"role":"user","content":"c"}] """)]
    [InlineData("messages[0].content", """ "messages":[{"role":"user","content":" "}] """)]
    [InlineData("stop", """ "stop":"x","messages":[{"role":"user","content":"c"}] """)]
    [InlineData("top_p", """ "top_p":0.5,"messages":[{"role":"user","content":"c"}] """)]
    [InlineData("seed", """ "seed":99999999999,"messages":[{"role":"user","content":"c"}] """)]
    [InlineData("max_completion_tokens", """ "max_completion_tokens":5,"messages":[{"role":"user","content":"c"}] """)]
    [InlineData("response_format", """ "response_format":{"type":"json_object"},"messages":[{"role":"user","content":"c"}] """)]
    public async Task What_a_reasoner_cannot_honour_is_refused_by_name(string parameter, string rest)
    {
        var model = new ScriptedChatClient("ANSWER: 1");
        await using var server = await ServerUnderTest.StartAsync(model);

        var (status, body) = await server.PostAsync($$"""{"model":"cot",{{rest}}}""");

        Assert.Equal((400, parameter), (status, body.GetProperty("error").GetProperty("param").GetString()));
        Assert.Empty(model.Requests);
    }

    [Fact]
    public async Task The_token_limit_bounds_each_turn_and_the_finish_says_so()
    {
        var model = new ScriptedChatClient("one two three four");
        await using var server = await ServerUnderTest.StartAsync(model);

        var (_, body) = await server.PostAsync(
            """{"model":"direct","max_tokens":2,"temperature":0.5,"messages":[{"role":"user","content":"c"}]}""");

        Assert.Equal("length", body.GetProperty("choices")[0].GetProperty("finish_reason").GetString());
        Assert.Equal((2, 0.5f), (model.Requests[0].Options!.MaxOutputTokens, model.Requests[0].Options!.Temperature));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_text_that_is_the_answer_is_not_told_a_second_time_as_thinking(bool stream)
    {
        await using var server = await ServerUnderTest.StartAsync("First this. ANSWER: 7");
        using var content = new StringContent(
            $$"""{"model":"cot","stream":{{(stream ? "true" : "false")}},"messages":[{"role":"user","content":"c"}]}""",
            System.Text.Encoding.UTF8, "application/json");

        using var response = await server.Http.PostAsync("v1/chat/completions", content, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Equal(2, text.Split("First this.").Length);
        Assert.DoesNotContain("reasoning_content", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Text_that_is_the_answer_for_certain_is_sent_as_it_is_generated()
    {
        var isHeard = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = await ServerUnderTest.StartAsync(new PiecesChatClient(
            ["First ", "this. ANSWER: 7"], (i, _) => i == 0 ? Task.CompletedTask : isHeard.Task));
        using var content = new StringContent(
            """{"model":"cot","stream":true,"messages":[{"role":"user","content":"c"}]}""",
            System.Text.Encoding.UTF8, "application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, "v1/chat/completions") { Content = content };

        using var response = await server.Http.SendAsync(
            request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
        var heard = "";
        while (!heard.Contains("First", StringComparison.Ordinal)) // the model says the rest only after this has come
            heard += await lines.ReadLineAsync(TestContext.Current.CancellationToken);
        isHeard.SetResult();
        var rest = await lines.ReadToEndAsync(TestContext.Current.CancellationToken);

        Assert.Contains("\"content\":\"First ", heard, StringComparison.Ordinal);
        Assert.Contains("ANSWER: 7", rest, StringComparison.Ordinal);
        Assert.Contains("[DONE]", rest, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Remarks_on_the_answer_are_sent_with_its_end(bool stream)
    {
        await using var server = await ServerUnderTest.StartAsync(new PiecesChatClient(["Hm.", "ANSWER: 7"], thoughts: 1));
        using var content = new StringContent(
            $$"""{"model":"cot","stream":{{(stream ? "true" : "false")}},"messages":[{"role":"user","content":"c"}]}""",
            System.Text.Encoding.UTF8, "application/json");

        using var response = await server.Http.PostAsync("v1/chat/completions", content, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        var last = text.Split('\n').Select(static line => line.Replace("data: ", "", StringComparison.Ordinal))
            .Last(static line => line.StartsWith('{'));
        var notes = System.Text.Json.JsonElement.Parse(last).GetProperty("cognitive_tools").GetProperty("notes");
        Assert.Equal("the client did not count its thoughts", Assert.Single(notes.EnumerateArray()).GetString());
    }

    [Fact]
    public async Task A_model_that_fails_fails_the_request()
    {
        await using var server = await ServerUnderTest.StartAsync(new ScriptedChatClient((_, _) => throw new HttpRequestException("gone")));

        var (status, body) = await server.PostAsync("""{"model":"cot","messages":[{"role":"user","content":"c"}]}""");

        Assert.Equal((502, "reasoner_failed"), (status, body.GetProperty("error").GetProperty("code").GetString()));
        Assert.DoesNotContain("gone", body.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
    }
}
