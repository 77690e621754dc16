using CognitiveTools.Calls;
using CognitiveTools.Chat;
using CognitiveTools.OpenAI.Endpoints;
using CognitiveTools.Reasoners;
using CognitiveTools.TestServers;
using Microsoft.Extensions.AI;

namespace CognitiveTools.OpenAI.Tests;

/// <summary>Errors that are outcomes: full contexts, content filters, refusals, a model that is loaded, another API, other keys.</summary>
public sealed class EndpointOutcomeTests
{
    /// <summary>A full context in the words of servers, with their status.</summary>
    public static TheoryData<int, string> FullContexts => new()
    {
        { 400, "This model's maximum context length is 4096 tokens. However, you requested 5000 tokens." }, // OpenAI, vLLM, DeepSeek
        { 400, "Your input exceeds the context window of this model. Please adjust your input and try again." }, // OpenAI's Responses API
        { 400, "the request exceeds the available context size (4096 tokens), try increasing it" }, // llama-server
        { 500, "context size has been exceeded" }, // older llama-server
        { 400, "The decoder prompt (length 5000) is longer than the maximum model length of 4096." }, // vLLM
        { 400, "Input length (5000) exceeds model's maximum context length (4096)." },
        { 400, "The input (5000 tokens) is longer than the model's context length (4096 tokens)." }, // SGLang
        { 400, "The number of tokens to keep from the initial prompt is greater than the context length." }, // LM Studio
        { 400, "Trying to keep the first 5000 tokens when context the overflows. However, the model is loaded with context length of only "
            + "4096 tokens" },
        { 400, "Reached context length of 4096 tokens, but this model does not currently support mid-generation context overflow" },
        { 400, "the input length exceeds the context length" }, // Ollama
        { 400, "prompt is too long: 210000 tokens > 200000 maximum" }, // Anthropic
        { 400, "input length and `max_tokens` exceed context limit: 188240 + 21333 > 200000" },
        { 400, "Prompt contains 40000 tokens and 0 draft tokens, too large for model with 32768 maximum context length" }, // Mistral
        { 400, "The input token count (1200000) exceeds the maximum number of tokens allowed (1048576)." }, // Gemini
        { 400, "This model's maximum prompt length is 131072 but the request contains 537812 tokens." }, // xAI
        { 400, "too many tokens: total number of tokens in the prompt cannot exceed 4081" }, // Cohere
        { 400, "Input is too long for requested model." }, // Bedrock
        { 422, "Input validation error: `inputs` tokens + `max_new_tokens` must be <= 4096" }, // TGI
        { 422, "Input validation error: `inputs` must have less than 4096 tokens. Given: 5000" },
        { 400, "Please reduce the length of the messages or completion." }, // Groq, Cerebras
        { 400, "Your request exceeded model token limit: 8192" }, // Moonshot
        { 400, "context window exceeds limit" }, // MiniMax
        { 413, "Request body too large for gpt-4o model. Max size: 8000 tokens. (tokens_limit_reached)" }, // GitHub
    };

    /// <summary>A content filter in the words of servers.</summary>
    public static TheoryData<int, string> Filters => new()
    {
        { 400, "The response was filtered due to the prompt triggering Azure OpenAI's content management policy." },
        { 400, "Invalid prompt: your prompt was flagged as potentially violating our usage policy." },
        { 400, "Content Exists Risk" }, // DeepSeek
        { 400, "Input data may contain inappropriate content. (data_inspection_failed)" }, // Alibaba
        { 403, "This model requires moderation and your input was flagged" }, // OpenRouter
    };

    [Theory]
    [MemberData(nameof(FullContexts))]
    public async Task A_full_context_is_a_full_context_in_any_servers_words(int status, string words)
    {
        await using var server = await ChatCompletionsServer.StartAsync(_ => new ChatReply(words) { Status = status });
        using var host = new EndpointHost(server.Endpoint);
        Assert.Equal((StopReason.ContextFull, null), await StopOf(host));
    }

    [Theory]
    [InlineData(400, "max_tokens is too large: 100000. This model supports at most 16384 completion tokens.")]
    [InlineData(400, "Invalid 'messages[0].content': the string is too long for a name.")]
    [InlineData(429, "Request too large for gpt-4o on tokens per min (TPM): Limit 30000, Requested 35000.")]
    [InlineData(500, "internal error")]
    public async Task Other_errors_are_not_a_full_context(int status, string words)
    {
        await using var server = await ChatCompletionsServer.StartAsync(_ => new ChatReply(words) { Status = status });
        using var host = new EndpointHost(server.Endpoint);
        var (stop, error) = await StopOf(host);
        Assert.Equal(StopReason.Failed, stop);
        Assert.Contains(words, error, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Filters))]
    public async Task A_refused_prompt_is_an_empty_answer_with_a_note(int status, string words)
    {
        await using var server = await ChatCompletionsServer.StartAsync(_ => new ChatReply(words) { Status = status });
        using var host = new EndpointHost(server.Endpoint);
        var reasoning = await host.SolveAsync("cot");
        Assert.Equal((StopReason.Completed, "", null), (reasoning.Stop, reasoning.Answer, reasoning.Error));
        Assert.Contains(ModelTurn.Filtered, reasoning.Notes);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_refusal_of_the_model_is_its_answer_with_a_note(bool streams)
    {
        const string Refusal = "I cannot help with that.";
        var message = streams ? "delta" : "message";
        var kind = streams ? "chat.completion.chunk" : "chat.completion";
        var json = $$$"""{"id":"1","object":"{{{kind}}}","created":1,"model":"m","choices":[{"index":0,"{{{message}}}":{"""
            + $$$""" "role":"assistant","content":null,"refusal":"{{{Refusal}}}"},"finish_reason":"stop"}],"usage":{"""
            + """ "prompt_tokens":3,"completion_tokens":6,"total_tokens":9}}""";
        await using var server = await ChatCompletionsServer.StartAsync(_ => new ChatReply("")
        {
            Body = streams ? $"data: {json}\n\ndata: [DONE]\n\n" : json,
            BodyType = streams ? "text/event-stream" : "application/json",
        });
        using var host = new EndpointHost(server.Endpoint, ("OpenAI:Stream", streams ? "true" : "false"));

        var reasoning = await host.SolveAsync("cot");

        Assert.Equal((StopReason.Completed, Refusal), (reasoning.Stop, reasoning.Answer));
        Assert.Contains(ModelTurn.Refused, reasoning.Notes);
    }

    [Fact]
    public async Task A_server_that_loads_its_model_is_waited_for()
    {
        await using var server = await ChatCompletionsServer.StartAsync(call => call.Index < 3
            ? new ChatReply("Loading model") { Status = 503, Code = "unavailable_error" } : new ChatReply("ANSWER: 4"));
        using var host = new EndpointHost(server.Endpoint);
        Assert.Equal("ANSWER: 4", (await host.SolveAsync("cot")).Answer);
        Assert.Equal(4, server.Calls.Count);
    }

    [Fact]
    public async Task A_server_that_loads_for_too_long_is_an_error_that_names_the_setting()
    {
        await using var server = await ChatCompletionsServer.StartAsync(_ => new ChatReply("Loading model") { Status = 503 });
        using var host = new EndpointHost(server.Endpoint, ("OpenAI:LoadTimeout", "00:00:00.4"));
        Assert.Contains("OpenAI:LoadTimeout", (await host.SolveAsync("cot")).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("auto")]
    [InlineData("responses")]
    public async Task A_model_that_has_only_the_Responses_API_answers_there(string api)
    {
        await using var server = await ResponsesOnlyAsync();
        using var host = new EndpointHost(server.Endpoint, ("OpenAI:Api", api));

        var first = await host.SolveAsync("cot");
        var second = await host.SolveAsync("cot");

        Assert.All([first, second], reasoning =>
        {
            Assert.Equal((StopReason.Completed, "ANSWER: 4", null), (reasoning.Stop, reasoning.Answer, reasoning.Error));
            Assert.Equal((7, 5), (reasoning.Usage.Prompt, reasoning.Usage.Generated));
        });
        Assert.Equal(api == "auto" ? 3 : 2, server.Calls.Count);
        Assert.Equal("/v1/responses", server.Calls[^1].Address);
        Assert.False((bool)server.Calls[^1].Body["store"]!);
    }

    [Fact]
    public async Task With_chat_alone_such_a_model_is_an_error_with_the_servers_words()
    {
        await using var server = await ResponsesOnlyAsync();
        using var host = new EndpointHost(server.Endpoint, ("OpenAI:Api", "chat"));
        Assert.Contains("only supported in v1/responses", (await host.SolveAsync("cot")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sampling_that_the_Responses_API_does_not_have_is_an_error_that_names_the_setting()
    {
        await using var server = await ResponsesOnlyAsync();
        using var host = new EndpointHost(server.Endpoint, ("OpenAI:Api", "responses"));
        Assert.Contains("setting topk", (await host.SolveAsync("cot:topk=5")).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/openai/deployments/one?api-version=2024-10-21", null, "api-key")]
    [InlineData("/v1", "api-key", "api-key")]
    [InlineData("/v1", null, "bearer")]
    [InlineData("/openai/deployments/one?api-version=2024-10-21", "Authorization", "bearer")]
    public async Task Azures_address_keeps_its_version_and_its_key_has_its_own_header(string path, string? header, string expected)
    {
        await using var server = await ChatCompletionsServer.StartAsync(_ => new ChatReply("hello"), key: "secret");
        (string, string)[] settings = [("OpenAI:ApiKey", "secret"), .. header is null ? [] : new[] { ("OpenAI:KeyHeader", header) }];
        using var host = new EndpointHost(server.Root + path, settings);

        Assert.Equal("hello", (await host.AskAsync()).Text);

        var call = Assert.Single(server.Calls);
        var (at, query) = (path.Split('?')[0], path.Contains('?', StringComparison.Ordinal) ? "?" + path.Split('?')[1] : "");
        Assert.Equal($"{at}/chat/completions{query}", call.Address);
        Assert.Equal(expected == "api-key" ? ("secret", "") : ("", "Bearer secret"), (call.ApiKey, call.Authorization));
    }

    [Fact]
    public async Task A_key_that_may_chat_and_not_list_models_is_good()
    {
        await using var server = await ChatCompletionsServer.StartAsync("hello");
        foreach (var (status, body) in new[]
        {
            (403, "{\"error\":{\"message\":\"You have insufficient permissions.\"}}"),
            (401, "{\"error\":{\"message\":\"Missing scopes: api.model.read\"}}"),
            (404, "no such page"),
        })
        {
            server.Models = new ChatReply("") { Status = status, Body = body };
            using var host = new EndpointHost(server.Endpoint);
            await OpenAICompatibleEndpoint.CheckAsync(host.Options, TestContext.Current.CancellationToken);
        }
    }

    [Theory]
    [InlineData("""{"data":[{"id":"scripted-1","owned_by":"vllm"}]}""", "auto", true)]
    [InlineData("""{"data":[{"id":"scripted-1","owned_by": "llamacpp"}]}""", "auto", true)]
    [InlineData("""{"data":[{"id":"scripted-1","owned_by":"openai"}]}""", "auto", false)]
    [InlineData("""{"data":[{"id":"scripted-1","owned_by":"vllm"}]}""", "reasoning_effort", false)]
    [InlineData("""{"data":[]}""", "chat_template_kwargs", true)]
    public async Task How_much_to_think_travels_in_the_field_that_the_server_reads(string models, string field, bool inTemplate)
    {
        await using var server = await ChatCompletionsServer.StartAsync("ANSWER: 4");
        server.Models = new ChatReply("") { Body = models };
        using var host = new EndpointHost(server.Endpoint, ("OpenAI:ThinkingField", field));

        await host.AskAsync(new ChatOptions { Reasoning = new() { Effort = ReasoningEffort.Low } });
        await host.AskAsync(new ChatOptions { Reasoning = new() { Effort = ReasoningEffort.None } });

        var (low, none) = (server.Calls[0].Body, server.Calls[1].Body);
        if (inTemplate)
        {
            Assert.Equal((true, "low"),
                ((bool)low["chat_template_kwargs"]!["enable_thinking"]!, (string)low["chat_template_kwargs"]!["reasoning_effort"]!));
            Assert.False((bool)none["chat_template_kwargs"]!["enable_thinking"]!);
            Assert.False(low.ContainsKey("reasoning_effort"));
        }
        else
        {
            Assert.Equal(("low", "none"), ((string)low["reasoning_effort"]!, (string)none["reasoning_effort"]!));
            Assert.False(low.ContainsKey("chat_template_kwargs"));
        }

        Assert.Equal(field == "auto" ? 1 : 0, server.ModelsAsked);
    }

    [Fact]
    public async Task Template_variables_are_sent_as_they_are_and_a_refusal_is_an_error_that_names_them()
    {
        var refuses = false;
        await using var server = await ChatCompletionsServer.StartAsync(_ => refuses
            ? new ChatReply("Unrecognized request argument supplied: chat_template_kwargs") { Status = 400 } : new ChatReply("hello"));
        using var host = new EndpointHost(server.Endpoint);
        var options = new ChatOptions
        {
            AdditionalProperties = new()
            {
                [ChatOptionKeys.TemplateVariables] =
                    new Dictionary<string, object?>(StringComparer.Ordinal) { ["enable_thinking"] = false },
            },
        };

        await host.AskAsync(options);
        Assert.False((bool)server.Calls[0].Body["chat_template_kwargs"]!["enable_thinking"]!);
        refuses = true;
        var error = await Assert.ThrowsAsync<HttpRequestException>(() => host.AskAsync(options));
        Assert.Contains("refuses chat_template_kwargs", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_that_thinks_although_it_was_asked_not_to_leaves_a_note()
    {
        const string Body = """{"id":"1","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"message":{"""
            + """ "role":"assistant","content":"4","reasoning_content":"hm"},"finish_reason":"stop"}]}""";
        await using var server = await ChatCompletionsServer.StartAsync(_ => new ChatReply("") { Body = Body });
        using var host = new EndpointHost(server.Endpoint);
        var response = await host.AskAsync(new ChatOptions { Reasoning = new() { Effort = ReasoningEffort.None } });
        Assert.Contains("the model thought although it was asked not to",
            (IEnumerable<string>)response.AdditionalProperties![ChatOptionKeys.Notes]!);
    }

    private static async Task<(StopReason Stop, string? Error)> StopOf(EndpointHost host)
    {
        var reasoning = await host.SolveAsync("cot");
        return (reasoning.Stop, reasoning.Error);
    }

    private static Task<ChatCompletionsServer> ResponsesOnlyAsync() => ChatCompletionsServer.StartAsync(call =>
        call.Address != "/v1/responses"
            ? new ChatReply("This model is only supported in v1/responses and not in v1/chat/completions.") { Status = 404 }
            : (bool?)call.Body["stream"] is true
                ? new ChatReply("") { Body = Streamed, BodyType = "text/event-stream" }
                : new ChatReply("") { Body = Response });

    private const string Item = """{"type":"message","id":"msg_1","status":"completed","role":"assistant","content":[{"""
        + """ "type":"output_text","text":"ANSWER: 4","annotations":[]}]}""";

    private const string Response = """{"id":"resp_1","object":"response","created_at":1,"status":"completed","model":"scripted-1","""
        + "\"output\":[" + Item + """],"usage":{"input_tokens":7,"input_tokens_details":{"cached_tokens":0},"output_tokens":5,"""
        + """ "output_tokens_details":{"reasoning_tokens":0},"total_tokens":12},"parallel_tool_calls":true,"tools":[]}""";

    private static string Streamed => string.Concat(((string[])
    [
        """{"type":"response.output_item.added","sequence_number":0,"output_index":0,"item":{"type":"message","id":"msg_1","""
            + """ "status":"in_progress","role":"assistant","content":[]}}""",
        """{"type":"response.output_text.delta","sequence_number":1,"item_id":"msg_1","output_index":0,"content_index":0,"""
            + """ "delta":"ANSWER: 4"}""",
        """{"type":"response.completed","sequence_number":2,"response":""" + Response + "}",
    ]).Select(data => $"data: {data}\n\n"));
}
