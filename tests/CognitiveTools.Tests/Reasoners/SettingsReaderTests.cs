using CognitiveTools.Reasoners;

namespace CognitiveTools.Tests.Reasoners;

public sealed class SettingsReaderTests
{
    [Fact]
    public void Settings_are_read_and_absent_ones_take_their_default()
    {
        var reader = new SettingsReader(ReasonerSpec.Parse("latent:steps=8,temperature=0.5,rule=soft,of.k=2"));

        Assert.Equal(8, reader.Int32("steps", 1));
        Assert.Equal(0.5f, reader.Single("temperature", 1));
        Assert.Equal("soft", reader.Text("rule", "hard", "soft", "hard"));
        Assert.Equal(3, reader.Int32("absent", 3));
        Assert.Equal("2", reader.WithPrefix("of.")["k"]);
        reader.RefuseUnread();
    }

    [Theory]
    [InlineData("x:steps=no")]
    [InlineData("x:steps=0")]
    [InlineData("x:steps=11")]
    public void A_number_out_of_range_names_setting_value_and_range(string spec)
    {
        var error = Assert.Throws<ArgumentException>(() => new SettingsReader(ReasonerSpec.Parse(spec)).Int32("steps", 1, 1, 10));
        Assert.Contains("'steps=", error.Message, StringComparison.Ordinal);
        Assert.Contains("from 1 to 10", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("1,5")]
    public void A_number_that_is_not_finite_is_refused(string text) => Assert.Throws<ArgumentException>(() =>
        new SettingsReader(new ReasonerSpec("x", new Dictionary<string, string>(StringComparer.Ordinal) { ["t"] = text })).Single("t", 1));

    [Fact]
    public void A_text_that_is_not_allowed_names_those_that_are()
    {
        var error = Assert.Throws<ArgumentException>(() => new SettingsReader(ReasonerSpec.Parse("x:style=xml")).Text("style", "json",
            "json", "python"));
        Assert.Contains("json, python", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Unknown_settings_are_refused_by_name_with_those_known()
    {
        var reader = new SettingsReader(ReasonerSpec.Parse("x:stepz=8"));
        reader.Int32("steps", 1);
        var error = Assert.Throws<ArgumentException>(reader.RefuseUnread);
        Assert.Contains("'stepz'", error.Message, StringComparison.Ordinal);
        Assert.Contains("it takes: steps", error.Message, StringComparison.Ordinal);
    }
}
