using CognitiveTools.Reasoners;
using CsCheck;

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

    [Fact]
    public void Whatever_can_be_parsed_survives_a_round_trip_and_is_equal_by_value() =>
        Gen.Char["ab12/.=,: "].Array[1, 24].Select(chars => new string(chars)).Sample(
            text =>
            {
                if (Parsed(text) is not { } spec)
                    return;
                var again = ReasonerSpec.Parse(spec.ToString());
                Assert.Equal(spec, again);
                Assert.Equal(spec.GetHashCode(), again.GetHashCode());
                Assert.Equal(spec.ToString(), again.ToString());
            },
            iter: 20_000);

    [Fact]
    public void The_order_of_settings_does_not_matter_and_every_part_does()
    {
        var spec = ReasonerSpec.Parse("latent:steps=8,rule=soft/zeroed");

        Assert.Equal(spec, ReasonerSpec.Parse("latent:rule=soft,steps=8/zeroed"));
        Assert.Equal(spec, new ReasonerSpec("latent", new Dictionary<string, string> { ["steps"] = "8", ["rule"] = "soft" }, "zeroed"));
        foreach (var other in new[] { "pause:rule=soft,steps=8/zeroed", "latent:rule=soft,steps=9/zeroed", "latent:rule=soft/zeroed",
            "latent:rule=soft,steps=8" })
            Assert.NotEqual(spec, ReasonerSpec.Parse(other));
    }

    private static ReasonerSpec? Parsed(string text)
    {
        try
        {
            return ReasonerSpec.Parse(text);
        }
        catch (Exception refused) when (refused is FormatException or ArgumentException)
        {
            return null;
        }
    }

    [Theory]
    [InlineData("latent:steps", "'steps' is not key=value")]
    [InlineData("latent:a=1,a=2", "given twice")]
    [InlineData("latent/", "control's name is missing")]
    [InlineData(":x=1", "write kind")]
    public void A_malformed_spec_names_what_is_wrong(string text, string expected) =>
        Assert.Contains(expected, Assert.Throws<FormatException>(() => ReasonerSpec.Parse(text)).Message, StringComparison.Ordinal);
}
