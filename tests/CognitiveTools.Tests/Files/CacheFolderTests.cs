using CognitiveTools.Files;

namespace CognitiveTools.Tests.Files;

public sealed class CacheFolderTests
{
    [Fact]
    public void It_follows_the_XDG_variable_when_that_is_a_full_path()
    {
        var root = Path.Combine(Path.GetTempPath(), "somewhere");

        Assert.Equal(Path.Combine(root, "cognitivetools", "models"), CacheFolder.Of("models", _ => root));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("relative/folder")]
    public void It_ignores_a_variable_that_is_not_set_or_relative(string? value)
    {
        var folder = CacheFolder.Of("problems", _ => value);

        Assert.True(Path.IsPathFullyQualified(folder));
        Assert.EndsWith(Path.Combine("cognitivetools", "problems"), folder, StringComparison.Ordinal);
    }
}
