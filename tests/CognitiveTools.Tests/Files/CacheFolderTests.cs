using CognitiveTools.Files;

namespace CognitiveTools.Tests.Files;

public sealed class CacheFolderTests
{
    [Fact]
    public void It_follows_the_XDG_variable_when_that_is_a_full_path()
    {
        var root = Path.Combine(Path.GetTempPath(), "somewhere");

        Assert.Equal(Path.Combine(root, "cognitivetools", "models"), CacheFolder.Of("models", _ => root, Environment.GetFolderPath));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("relative/folder")]
    public void It_ignores_a_variable_that_is_not_set_or_relative(string? value)
    {
        var folder = CacheFolder.Of("problems", _ => value, Environment.GetFolderPath);

        Assert.True(Path.IsPathFullyQualified(folder));
        Assert.EndsWith(Path.Combine("cognitivetools", "problems"), folder, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_HOME_names_no_folder_the_message_says_so_and_finding_gives_nothing()
    {
        static string? Variable(string name) => name == "HOME" ? "/home/nobody-here" : null;

        var error = Assert.Throws<InvalidOperationException>(() => CacheFolder.Of("models", Variable, _ => ""));

        if (!OperatingSystem.IsWindows())
            Assert.Contains("HOME is '/home/nobody-here', which is not a folder", error.Message, StringComparison.Ordinal);
        Assert.Contains("XDG_CACHE_HOME", error.Message, StringComparison.Ordinal);
        Assert.Null(CacheFolder.Find("models", Variable, _ => ""));
    }
}
