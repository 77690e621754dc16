using CognitiveTools.OpenAI.Endpoints;
using CognitiveTools.Reasoners;
using CognitiveTools.TestServers;
using Microsoft.Extensions.AI;

namespace CognitiveTools.OpenAI.Tests;

/// <summary>Errors in further servers' words: full contexts, refused parameters, and errors that are neither.</summary>
public sealed class ServerWordsTests
{
    public static TheoryData<int, string> FullContexts => new()
    {
        { 400, "Requested generation length 1 is not possible! The provided prompt is 9000 tokens long, but the maximum supported sequence "
            + "length is 4096" }, // SambaNova
        { 400, "request (5000 tokens) exceeds the available context size (4096 tokens), try increasing it" }, // llama-server, newer
        { 400, "Request length 5000 is greater than max_seq_len 4096." }, // TabbyAPI
        { 400, "Prompt length (5000.0), query length (0) should not exceed max_num_tokens (4096)" }, // TensorRT-LLM
        { 400, "Bad request: prompt token count (5000) cannot exceed 4096" }, // Databricks
        { 400, "the number of input tokens 5000 cannot exceed the total tokens limit 4096 for this model" }, // watsonx
        { 400, "Input Tokens Exceeded: Number of input tokens exceeds maximum length." }, // Bedrock
        { 400, "Prompt exceeds max length" }, // Zhipu
        { 400, "Total tokens of image and text exceed max message tokens." }, // Volcengine
        { 413, "AiError: The estimated number of input and maximum output tokens (5000) exceeded this model context window limit (4096)." },
        { 400, "prompt too long; exceeded max context length by 100 tokens" }, // Ollama
        { 400, "This endpoint's maximum context length is 8192 tokens. However, you requested about 10000 tokens" }, // OpenRouter
    };

    /// <summary>Errors that speak of lengths and tokens, and of no context.</summary>
    public static TheoryData<int, string> Others => new()
    {
        { 413, "Request too large for model `llama-3.1-8b-instant` on tokens per minute (TPM): Limit 6000, Requested 8000, please reduce "
            + "your message size and try again." }, // Groq
        { 429, "Rate limit reached: too many tokens per minute" },
        { 402, "This request requires more credits, or fewer max_tokens. You requested up to 4096 tokens, but can only afford 1000." },
        { 404, "The model `x` does not exist" },
    };

    /// <summary>Errors as servers word them, and the parameters that they refuse.</summary>
    public static TheoryData<string, string> Refusals => new()
    {
        { """{"error":{"message":"Unsupported value: 'top_p' does not support 0.9 with this model.","param":"top_p"}}""", "top_p" },
        { """{"error":{"message":"Please use max_completion_tokens instead of max_tokens with this model."}}""", "max_completion_tokens" },
        { """{"code":"x","error":"Argument not supported on this model: stop"}""", "stop" }, // xAI
        { """{"error":{"message":"body.seed: property 'body.seed' is unsupported","type":"invalid_request_error"}}""", "seed" }, // Cerebras
        { """{"error":{"message":"[\"At body -> stop: Extra inputs are not permitted\"]","code":400}}""", "stop" }, // Perplexity
        { """{"title":"Bad Request","status":400,"detail":"[{'type': 'extra_forbidden', 'loc': ('body', 'seed'), 'msg': 'Extra'}]"}""",
            "seed" }, // NVIDIA
        { """{"error":{"message":"Extra inputs are not permitted, field: 'parallel_tool_calls', value: False"}}""",
            "parallel_tool_calls" }, // Fireworks
        { """{"error":{"message":"openai does not support parameters: ['temperature'], for model=gpt-5"}}""", "temperature" }, // LiteLLM
        { """{"error":{"message":"`temperature` and `top_p` cannot both be specified for this model."}}""", "temperature" }, // Anthropic
        { """{"error":{"message":"\"auto\" tool choice requires --enable-auto-tool-choice and --tool-call-parser"}}""",
            "tool_choice" }, // vLLM
        { """{"error":{"code":404,"message":"No endpoints found that support tool use."}}""", "tools" }, // OpenRouter
        { """{"error":{"message":"Function calling is not enabled for this model"}}""", "tools" },
        // Errors about something else.
        { """{"error":{"message":"Unexpected end of stream: stopped by the user"}}""", "" },
        { """{"error":{"message":"The seed of this conversation is unknown"}}""", "" },
    };

    [Theory]
    [MemberData(nameof(FullContexts))]
    public async Task A_full_context_is_a_full_context(int status, string words)
    {
        await using var server = await ChatCompletionsServer.StartAsync(_ => new ChatReply(words) { Status = status });
        using var host = new EndpointHost(server.Endpoint);
        var reasoning = await host.SolveAsync("cot");
        Assert.Equal((StopReason.ContextFull, null), (reasoning.Stop, reasoning.Error));
    }

    [Theory]
    [MemberData(nameof(Others))]
    public async Task Another_error_is_an_error_with_its_words(int status, string words)
    {
        await using var server = await ChatCompletionsServer.StartAsync(_ => new ChatReply(words) { Status = status });
        using var host = new EndpointHost(server.Endpoint);
        var reasoning = await host.SolveAsync("cot");
        Assert.Equal(StopReason.Failed, reasoning.Stop);
        Assert.Contains(words, reasoning.Error, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Refusals))]
    public void The_refused_parameter_is_found(string body, string expected) =>
        Assert.Equal(expected, RefusedParameter.Of(body) is [var first, ..] ? first : "");

    [Theory]
    [InlineData(500, "tools param requires --jinja flag")] // llama-server
    [InlineData(400, "\"auto\" tool choice requires --enable-auto-tool-choice and --tool-call-parser to be set")] // vLLM
    [InlineData(404, "No endpoints found that support tool use. To learn more about provider routing, visit the docs.")] // OpenRouter
    public async Task A_server_without_function_calls_is_an_error_that_names_the_setting(int status, string words)
    {
        await using var server = await ChatCompletionsServer.StartAsync(_ => new ChatReply(words) { Status = status });
        using var host = new EndpointHost(server.Endpoint);
        var error = await Assert.ThrowsAsync<HttpRequestException>(
            () => host.AskAsync(new ChatOptions { Tools = [AIFunctionFactory.Create(static () => 1, "one")] }));
        Assert.Contains("OpenAI:FunctionCalls to false", error.Message, StringComparison.Ordinal);
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(400, "max_tokens is too large: 100000. This model supports at most 16384 completion tokens.")] // OpenAI
    [InlineData(400, "Invalid max_tokens value, the valid range of max_tokens is [1, 8192]")] // DeepSeek
    [InlineData(400, "max_tokens: 100000 > 8192, which is the maximum allowed number of output tokens for claude")] // Anthropic
    [InlineData(422, "Input validation error: `max_new_tokens` must be <= 4096. Given: 100000")] // TGI
    [InlineData(400, "Invalid value for 'max_tokens': must be at least 16")]
    public async Task A_limit_of_tokens_that_does_not_suit_the_model_is_an_error_that_names_the_option(int status, string words)
    {
        await using var server = await ChatCompletionsServer.StartAsync(_ => new ChatReply(words) { Status = status });
        using var host = new EndpointHost(server.Endpoint);
        var error = await Assert.ThrowsAsync<HttpRequestException>(() => host.AskAsync(new ChatOptions { MaxOutputTokens = 100_000 }));
        Assert.All([words, "--max-tokens", "100000"], part => Assert.Contains(part, error.Message, StringComparison.Ordinal));
        Assert.Single(server.Calls);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(422)]
    public async Task A_refused_default_in_any_words_is_left_out(int status)
    {
        await using var server = await ChatCompletionsServer.StartAsync(call => call.Body.ContainsKey("seed")
            ? new ChatReply("body.seed: property 'body.seed' is unsupported") { Status = status }
            : call.Body.ContainsKey("max_tokens")
                ? new ChatReply("Please use max_completion_tokens instead of max_tokens.") { Status = status }
                : new ChatReply("ANSWER: 4"));
        using var host = new EndpointHost(server.Endpoint);
        var reasoning = await host.SolveAsync("cot");
        Assert.Equal((StopReason.Completed, "ANSWER: 4"), (reasoning.Stop, reasoning.Answer));
        Assert.Contains(reasoning.Notes, static note => note.Contains("takes no seed", StringComparison.Ordinal));
    }
}
