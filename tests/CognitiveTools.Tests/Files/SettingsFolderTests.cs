using CognitiveTools.Files;

namespace CognitiveTools.Tests.Files;

public sealed class SettingsFolderTests
{
    private static readonly string Home = Path.GetFullPath("/home/someone");

    [Fact]
    public void The_variable_comes_before_the_users_home()
    {
        Assert.Equal(Path.Combine(Path.GetFullPath("/there"), "cognitivetools"), Find(Path.GetFullPath("/there"), Home));
        Assert.StartsWith(Home, Find(null, Home), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("config")]
    [InlineData("./config")]
    public void A_folder_that_depends_on_the_current_one_is_passed_over(string relative)
    {
        Assert.StartsWith(Home, Find(relative, Home), StringComparison.Ordinal);
        Assert.Null(Find(relative, "")); // a user without a home
    }

    private static string? Find(string? variable, string home) =>
        SettingsFolder.Find(name => name == "XDG_CONFIG_HOME" ? variable : null, _ => home);
}
