using CognitiveTools.Testing;

namespace CognitiveTools.Server.Tests;

/// <summary>Fields that clients send and that change nothing in the answer.</summary>
public sealed class IgnoredParameterTests
{
    [Theory]
    [InlineData(""" "user":"me" """)]
    [InlineData(""" "safety_identifier":"h4sh" """)]
    [InlineData(""" "store":true """)]
    [InlineData(""" "metadata":{"run":"7","nested":{"a":[1]}} """)]
    [InlineData(""" "service_tier":"flex" """)]
    [InlineData(""" "prediction":{"type":"content","content":"x"} """)]
    [InlineData(""" "prompt_cache_key":"k","prompt_cache_retention":"24h" """)]
    [InlineData(""" "parallel_tool_calls":false """)]
    [InlineData(""" "user":null,"metadata":null """)]
    public async Task They_are_passed_over_and_the_model_is_asked_the_same(string fields)
    {
        var model = new ScriptedChatClient(_ => "yes");
        await using var server = await ServerUnderTest.StartAsync(model);

        var (plain, _) = await server.PostAsync("""{"model":"plain","seed":3,"messages":[{"role":"user","content":"x"}]}""");
        var (status, _) = await server.PostAsync($$"""{"model":"plain","seed":3,"messages":[{"role":"user","content":"x"}],{{fields}}}""");
        var (reasoner, _) = await server.PostAsync($$"""{"model":"cot","messages":[{"role":"user","content":"x"}],{{fields}}}""");

        Assert.Equal((200, 200, 200), (plain, status, reasoner));
        Assert.Equal(model.Requests[0].LastText, model.Requests[1].LastText);
        Assert.Equal(model.Requests[0].Options?.Seed, model.Requests[1].Options?.Seed);
        Assert.Null(model.Requests[1].Options?.AdditionalProperties);
    }
}
