using System.Text.RegularExpressions;

namespace CognitiveTools.Architecture.Tests;

/// <summary>
/// .NET looks for a program by its bare name in the current folder before the search path, so no source starts one by a bare name:
/// <c>ProgramPath</c> finds it first.
/// </summary>
public sealed partial class ProgramStartTests
{
    [Fact]
    public void No_source_starts_a_program_by_a_literal_name()
    {
        var starting = SourceFiles.All().Select(static file => (File: file, Text: File.ReadAllText(file)))
            .Where(static source => source.Text.Contains("System.Diagnostics", StringComparison.Ordinal)
            && source.Text.Contains("Process", StringComparison.Ordinal)).ToArray();
        Assert.NotEmpty(starting);
        var found = starting.SelectMany(
            static source => Start().Matches(source.Text).Select(match => $"{Path.GetFileName(source.File)}: {match.Value}"));
        Assert.Empty(found);
    }

    [Theory]
    [InlineData("new ProcessStartInfo(\"npm\", arguments)", true)]
    [InlineData("Process.Start(\"node\")", true)]
    [InlineData("FileName = \"cmd.exe\",", true)]
    [InlineData("FileName = OperatingSystem.IsWindows() ? \"cmd.exe\" : command,", true)]
    [InlineData("new ProcessStartInfo(file, arguments)", false)]
    [InlineData("FileName = \"\" // none", false)]
    [InlineData("public const string FileName = \"report.html\";", false)]
    public void The_pattern_finds_names_and_nothing_else(string source, bool found) => Assert.Equal(found, Start().IsMatch(source));

    [GeneratedRegex(
        """(ProcessStartInfo\(|Process\.Start\(|(?<!string )FileName = (\w[^",;\n]*\? )?)"[\w.-]+"(?!\))|Process\.Start\("[\w.-]+"\)""")]
    private static partial Regex Start();
}
