using System.ClientModel;
using CognitiveTools.Testing;
using OpenAI.Chat;

namespace CognitiveTools.Server.Tests;

/// <summary>The plain chat model, through OpenAI's own client.</summary>
public sealed class PlainChatTests
{
    [Fact]
    public async Task A_conversation_and_its_options_reach_the_model_and_the_answer_comes_back_with_its_usage()
    {
        var model = new ScriptedChatClient("one two three");
        await using var server = await ServerUnderTest.StartAsync(model);

        ChatCompletion answer = await server.OpenAI().CompleteChatAsync(
            [new SystemChatMessage("be brief"), new UserChatMessage("hello"), new AssistantChatMessage("yes?"),
                new UserChatMessage("go on")],
            new ChatCompletionOptions
            {
                Temperature = 0.5f,
                TopP = 0.9f,
                Seed = 7,
                MaxOutputTokenCount = 2,
                StopSequences = { "END", "FIN" },
                ResponseFormat = ChatResponseFormat.CreateJsonObjectFormat(),
            },
            TestContext.Current.CancellationToken);

        Assert.Equal("one two", answer.Content.Single().Text);
        Assert.Equal(ChatFinishReason.Length, answer.FinishReason);
        Assert.Equal((6, 2, 8), (answer.Usage.InputTokenCount, answer.Usage.OutputTokenCount, answer.Usage.TotalTokenCount));
        Assert.Equal("plain", answer.Model);
        var request = model.Requests.Single();
        Assert.Equal("[system]\nbe brief\n[user]\nhello\n[assistant]\nyes?\n[user]\ngo on", request.Transcript);
        var options = request.Options!;
        Assert.Equal((0.5f, 0.9f, 7, 2), (options.Temperature, options.TopP, options.Seed, options.MaxOutputTokens));
        Assert.Equal(["END", "FIN"], options.StopSequences!);
        Assert.Same(Microsoft.Extensions.AI.ChatResponseFormat.Json, options.ResponseFormat);
    }

    [Fact]
    public async Task What_a_request_leaves_out_is_left_to_the_model()
    {
        var model = new ScriptedChatClient("yes");
        await using var server = await ServerUnderTest.StartAsync(model);

        await server.OpenAI().CompleteChatAsync("hello");

        var options = model.Requests.Single().Options!;
        Assert.Null(options.Temperature);
        Assert.Null(options.TopP);
        Assert.Null(options.Seed);
        Assert.Null(options.MaxOutputTokens);
        Assert.Null(options.StopSequences);
        Assert.Null(options.ResponseFormat);
    }

    [Fact]
    public async Task Streamed_pieces_add_up_to_the_text_and_end_with_finish_and_usage()
    {
        string[] pieces = ["a \"b\"\n", "", "\ud83d", "\ude00 data: x\n\n", "é\u2028"];
        await using var server = await ServerUnderTest.StartAsync(new PiecesChatClient(pieces));
        var (text, count, finish, usage) = ("", 0, (ChatFinishReason?)null, (ChatTokenUsage?)null);

        await foreach (var update in server.OpenAI().CompleteChatStreamingAsync("hello"))
        {
            text += string.Concat(update.ContentUpdate.Select(c => c.Text));
            count += update.ContentUpdate.Count(c => c.Text.Length > 0);
            (finish, usage) = (update.FinishReason ?? finish, update.Usage ?? usage);
        }

        Assert.Equal(string.Concat(pieces), text);
        Assert.Equal(3, count); // empty pieces are dropped, and half a surrogate pair waits for the other half
        Assert.Equal(ChatFinishReason.Length, finish);
        Assert.Equal((7, 5, 12), (usage!.InputTokenCount, usage.OutputTokenCount, usage.TotalTokenCount));
    }

    [Fact]
    public async Task Pieces_arrive_while_the_model_still_writes()
    {
        var goOn = new TaskCompletionSource();
        await using var server = await ServerUnderTest.StartAsync(new PiecesChatClient(["first", "second"], (i, token) => i == 0
            ? Task.CompletedTask : goOn.Task.WaitAsync(token)));

        var text = "";
        await foreach (var update in server.OpenAI().CompleteChatStreamingAsync("hello"))
        {
            text += string.Concat(update.ContentUpdate.Select(c => c.Text));
            if (text == "first")
                goOn.TrySetResult(); // were the pieces held back, this line would never be reached
        }

        Assert.Equal("firstsecond", text);
    }

    [Fact]
    public async Task Without_being_asked_to_a_stream_has_no_usage()
    {
        await using var server = await ServerUnderTest.StartAsync("hello");
        using var content = new StringContent("""{"model":"plain","stream":true,"messages":[{"role":"user","content":"x"}]}""",
            System.Text.Encoding.UTF8, "application/json");
        using var response = await server.Http.PostAsync("v1/chat/completions", content, TestContext.Current.CancellationToken);

        var events = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.MediaType);
        Assert.DoesNotContain("usage", events, StringComparison.Ordinal);
        Assert.EndsWith("data: [DONE]\n\n", events, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_that_fails_fails_the_request_or_ends_the_stream_with_the_error()
    {
        var failing = new PiecesChatClient(["first", "second"], (i, _) => i == 0 ? Task.CompletedTask
            : throw new HttpRequestException("gone"));
        await using var server = await ServerUnderTest.StartAsync(failing);

        var (status, body) = await server.PostAsync("""{"model":"plain","messages":[{"role":"user","content":"x"}]}""");
        Assert.Equal(502, status);
        Assert.Equal("model_unreachable", body.GetProperty("error").GetProperty("code").GetString());

        using var content = new StringContent("""{"model":"plain","stream":true,"messages":[{"role":"user","content":"x"}]}""",
            System.Text.Encoding.UTF8, "application/json");
        using var response = await server.Http.PostAsync("v1/chat/completions", content, TestContext.Current.CancellationToken);
        var events = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("\"first\"", events, StringComparison.Ordinal);
        Assert.Matches(
            @"data: \{""error"":\{""message"":""[^""]*"",""type"":""server_error"",""param"":null,""code"":""model_unreachable"","
            + @"""request_id"":""[^""]+""\}\}\n\n$",
            events);
    }

    [Fact]
    public async Task An_error_before_the_first_piece_is_an_error_of_the_request_for_a_stream_too()
    {
        await using var server = await ServerUnderTest.StartAsync(
            new PiecesChatClient(["x"], (_, _) => throw new NotSupportedException("no such thing")));

        var error = await Assert.ThrowsAsync<ClientResultException>(async () =>
        {
            await foreach (var _ in server.OpenAI().CompleteChatStreamingAsync("hello"))
                Assert.Fail("There is nothing to stream.");
        });

        Assert.Equal(400, error.Status);
        Assert.Contains("no such thing", error.Message, StringComparison.Ordinal);
    }
}
