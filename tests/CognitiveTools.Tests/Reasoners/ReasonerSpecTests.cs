using CognitiveTools.Reasoners;

namespace CognitiveTools.Tests.Reasoners;

public sealed class ReasonerSpecTests
{
    [Theory]
    [InlineData("cot")]
    [InlineData("latent:rule=soft,steps=8")]
    [InlineData("latent:steps=8/zeroed")]
    [InlineData("steer:vector=models/steering/v.gguf")]
    [InlineData("steer:strength=2,vector=models/v.gguf/random")]
    public void The_short_form_survives_a_round_trip(string text) =>
        Assert.Equal(text, ReasonerSpec.Parse(text).ToString());

    [Theory]
    [InlineData("latent:steps", "'steps' is not key=value")]
    [InlineData("latent:a=1,a=2", "given twice")]
    [InlineData("latent/", "control's name is missing")]
    [InlineData(":x=1", "write kind")]
    public void A_malformed_spec_names_what_is_wrong(string text, string expected) =>
        Assert.Contains(expected, Assert.Throws<FormatException>(() => ReasonerSpec.Parse(text)).Message, StringComparison.Ordinal);
}
