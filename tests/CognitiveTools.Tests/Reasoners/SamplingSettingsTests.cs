using CognitiveTools.Chat;
using CognitiveTools.Reasoners;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Tests.Reasoners;

public sealed class SamplingSettingsTests
{
    [Fact]
    public void What_is_left_out_is_not_in_the_request()
    {
        var request = Request("cot", SolveOptions.Default);
        Assert.Equal((null, null, null, null), (request.Temperature, request.TopP, request.TopK, request.PresencePenalty));
        Assert.Null(request.AdditionalProperties);
    }

    [Fact]
    public void Every_setting_reaches_the_request()
    {
        var request = Request("cot:temperature=0.6,topp=0.95,topk=20,minp=0.05,presence=-0.5", new SolveOptions { Temperature = 2 });
        Assert.Equal((0.6f, 0.95f, 20, -0.5f), (request.Temperature, request.TopP, request.TopK, request.PresencePenalty));
        Assert.Equal(0.05f, request.AdditionalProperties![ChatOptionKeys.MinP]);
    }

    [Theory]
    [InlineData("cot", 0f, 0f)]
    [InlineData("cot", null, null)]
    [InlineData("cot:temperature=none", 0.5f, null)]
    [InlineData("cot:temperature=0", 0.5f, 0f)]
    [InlineData("cot:topp=0.5", 0.5f, 0.5f)]
    public void The_temperature_is_the_solves_unless_a_setting_replaces_it(string spec, float? solve, float? expected) =>
        Assert.Equal(expected, Request(spec, new SolveOptions { Temperature = solve }).Temperature);

    [Theory]
    [InlineData("temperature=warm", "temperature")]
    [InlineData("temperature=-1", "or none")]
    [InlineData("topp=1.5", "topp")]
    [InlineData("topk=-1", "topk")]
    [InlineData("minp=NaN", "minp")]
    [InlineData("presence=3", "presence")]
    public void A_value_out_of_range_is_named(string setting, string expected) =>
        Assert.Contains(expected, Assert.Throws<ArgumentException>(() => Request($"cot:{setting}", SolveOptions.Default)).Message,
            StringComparison.Ordinal);

    [Fact]
    public void The_message_about_an_unknown_setting_lists_them_all()
    {
        var reader = new SettingsReader(ReasonerSpec.Parse("cot:warmth=1"));
        SamplingSettings.Read(reader);
        var message = Assert.Throws<ArgumentException>(reader.RefuseUnread).Message;
        Assert.All(SamplingSettings.Known, setting => Assert.Contains(setting.Name, message, StringComparison.Ordinal));
    }

    private static ChatOptions Request(string spec, SolveOptions solve)
    {
        var request = new ChatOptions();
        SamplingSettings.Read(new SettingsReader(ReasonerSpec.Parse(spec))).For(solve).Apply(request);
        return request;
    }
}
