using CognitiveTools.Cli.Configuration;

namespace CognitiveTools.Cli.Tests.Configuration;

public sealed class UserSettingsTests
{
    private const string Key = "Llama:NativesDirectory";

    [Theory]
    [InlineData("""{ "OpenAI": { "Note": "http://127.0.0.1/*v1*/" } }""")]
    [InlineData("""{ "http://x": "//", }""")]
    public void An_address_in_a_settings_file_is_not_a_comment(string json)
    {
        using var places = new SettingsFixture();
        SettingsFixture.Write(places.User, json);
        var file = SettingsFixture.FileIn(places.User);

        UserSettings.SetIn(file, Key, "/natives");

        var entries = SettingsFile.Read(file);
        Assert.Equal("/natives", entries.Single(entry => entry.Key == Key).Value);
        Assert.Contains(entries, entry => entry.Value.Contains("//", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("{ // mine\n \"Model\": \"mini\" }")]
    [InlineData("{ \"Model\": /* mine */ \"mini\" }")]
    [InlineData("/* mine */ {}")]
    [InlineData("{} // mine")]
    public void A_file_with_comments_is_left_as_it_is(string json)
    {
        using var places = new SettingsFixture();
        SettingsFixture.Write(places.User, json);
        var file = SettingsFixture.FileIn(places.User);

        var error = Assert.Throws<InvalidDataException>(() => UserSettings.SetIn(file, Key, "/natives"));

        Assert.Contains("holds comments", error.Message, StringComparison.Ordinal);
        Assert.Equal(json, File.ReadAllText(file));
    }
}
