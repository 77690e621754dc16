using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace CognitiveTools.Architecture.Tests;

/// <summary>Packages are locked and named with their licences, and nothing says where they are fetched from.</summary>
public sealed partial class SupplyChainTests
{
    public static TheoryData<string> Projects =>
        [.. Files("*.csproj").Select(static file => Path.GetRelativePath(RepositoryFolder.Path, file)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Every_project_has_a_lock_file_that_covers_its_packages(string project)
    {
        var file = Path.Combine(RepositoryFolder.Path, Path.GetDirectoryName(project)!, "packages.lock.json");
        Assert.True(File.Exists(file), $"{file} is missing. Run: dotnet restore CognitiveTools.sln");
        using var json = JsonDocument.Parse(File.ReadAllText(file));
        var locked = json.RootElement.GetProperty("dependencies").EnumerateObject()
            .SelectMany(static framework => framework.Value.EnumerateObject())
            .Where(static package => package.Value.GetProperty("type").GetString() != "Project")
                .ToDictionary(static package => package.Name, static package => package.Value, StringComparer.OrdinalIgnoreCase);
        Assert.All(PackagesOf(Path.Combine(RepositoryFolder.Path, project)),
            package => Assert.True(locked.ContainsKey(package), $"{file} does not have {package}. Run: dotnet restore CognitiveTools.sln"));
        Assert.All(locked, static package => Assert.Equal(88, package.Value.GetProperty("contentHash").GetString()!.Length)); // SHA-512
    }

    [Fact]
    public void No_lock_file_names_a_place_to_fetch_from() =>
        Assert.All(Files("packages.lock.json").Concat(Files("package-lock.json")),
            static file => Assert.DoesNotMatch("\"resolved\": \"[^\"]*://", File.ReadAllText(file)));

    [Fact]
    public void Every_package_that_a_source_project_references_stands_in_the_notices_with_its_licence()
    {
        var notices = File.ReadAllText(Path.Combine(RepositoryFolder.Path, "THIRD-PARTY-NOTICES.md"));
        var packages = Files("*.csproj").Where(static file => Path.GetRelativePath(RepositoryFolder.Path, file).StartsWith("src",
            StringComparison.Ordinal)).SelectMany(PackagesOf)
            .Concat(PackagesOf(Path.Combine(RepositoryFolder.Path, "Directory.Build.props"), ofTests: false))
                .Distinct(StringComparer.Ordinal);
        Assert.All(packages,
            package => Assert.Matches($@"(?m)^\| {Regex.Escape(package)} \| [\w.-]+( (OR|AND) [\w.-]+)* \| .+ \|$", notices));
        Assert.All(["llama.cpp", "ONNX Runtime", "tinyllama", "evals/problems"],
            work => Assert.Contains(work, notices, StringComparison.Ordinal));
    }

    [Fact]
    public void The_licence_stands_in_the_repository_and_in_every_package()
    {
        var licence = File.ReadAllText(Path.Combine(RepositoryFolder.Path, "LICENSE"));
        Assert.StartsWith("MIT License", licence, StringComparison.Ordinal);
        Assert.Contains("CognitiveTools developers", licence, StringComparison.Ordinal);
        var props = XDocument.Load(Path.Combine(RepositoryFolder.Path, "Directory.Build.props"));
        Assert.Equal("MIT", props.Descendants("PackageLicenseExpression").Single().Value);
    }

    [Fact]
    public void Continuous_integration_restores_what_is_locked_and_nothing_else() =>
        Assert.Contains("--locked-mode", File.ReadAllText(Path.Combine(RepositoryFolder.Path, ".ci", "run")), StringComparison.Ordinal);

    private static IEnumerable<string> Files(string pattern) =>
        Directory.EnumerateFiles(RepositoryFolder.Path, pattern, SearchOption.AllDirectories)
        .Where(static file => !Path.GetRelativePath(RepositoryFolder.Path, file).Split(Path.DirectorySeparatorChar).Any(
            static part => part is "obj" or "bin" or "node_modules" or ".natives" or ".git"));

    // A property stands for a package's name where a build may choose between
    // two; the default is its last definition, and the one that is locked.
    private static IEnumerable<string> PackagesOf(string project) => PackagesOf(project, ofTests: true);

    private static IEnumerable<string> PackagesOf(string project, bool ofTests)
    {
        var xml = XDocument.Load(project);
        return xml.Descendants("PackageReference")
            .Where(reference => ofTests || reference.Parent!.Attribute("Condition") is null)
            .Select(reference => Property().Replace(reference.Attribute("Include")!.Value,
                match => xml.Descendants(match.Groups[1].Value).Last().Value));
    }

    [GeneratedRegex(@"\$\((\w+)\)")]
    private static partial Regex Property();
}
