using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace CognitiveTools.Architecture.Tests;

/// <summary>What a project of src needs to be packed, and versions in one place.</summary>
public sealed partial class PackagingTests
{
    // Chosen by the property CognitiveToolsBackend, so no plain restore has them.
    private static readonly string[] Backends =
        ["LLamaSharp.Backend.Cuda12", "LLamaSharp.Backend.Cuda13", "LLamaSharp.Backend.Vulkan", "Microsoft.ML.OnnxRuntime.Gpu"];

    // Lower this number when types become internal.
    private const int MostPublicTypes = 166;

    public static TheoryData<string> Projects => FloorTests.Projects;

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_of_src_describes_itself_and_has_a_readme_of_its_own(string project)
    {
        var folder = Path.Combine(RepositoryFolder.Path, "src", project);

        Assert.NotEmpty(XDocument.Load(Path.Combine(folder, project + ".csproj")).Descendants("Description").Single().Value);
        var readme = File.ReadAllText(Path.Combine(folder, "README.md")).ReplaceLineEndings("\n");
        Assert.Matches($@"^# ({Regex.Escape(project)}|cogtools)\n\n\S", readme);
    }

    [Fact]
    public void The_public_types_of_all_libraries_are_listed_and_few()
    {
        var libraries = FloorTests.Projects.Select(static row => row.Data)
            .Where(static project => project is not ("CognitiveTools.Cli" or "CognitiveTools.ReferenceModels"));

        // A line without an arrow is a type; the members of a type have one.
        var types = libraries.SelectMany(static p => new[] { "Shipped", "Unshipped" }.Select(file => $"{p}/PublicAPI.{file}.txt"))
            .SelectMany(static file => File.ReadAllLines(Path.Combine(RepositoryFolder.Path, "src", file)))
            .Where(static line => line.Length > 0 && line[0] is not ('#' or '*') && !line.Contains("->", StringComparison.Ordinal));

        Assert.InRange(types.Count(), 1, MostPublicTypes);
    }

    [Fact]
    public void The_version_stands_in_one_place_and_in_the_changelog()
    {
        var versions = BuildFiles().SelectMany(static file => XDocument.Load(file).Descendants())
            .Where(static element => element.Name.LocalName is "Version" or "VersionPrefix" or "PackageVersion").ToArray();

        Assert.Equal("VersionPrefix", Assert.Single(versions).Name.LocalName);
        var changelog = File.ReadAllText(Path.Combine(RepositoryFolder.Path, "CHANGELOG.md")).ReplaceLineEndings("\n");
        Assert.Contains($"\n## {versions[0].Value}", changelog, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_central_version_is_of_a_package_that_a_project_uses()
    {
        var used = BuildFiles().SelectMany(static file => Reference().Matches(File.ReadAllText(file)))
            .Select(static match => match.Groups[1].Value)
            .Concat(BuildFiles().SelectMany(NamedByProperties))
            .Concat(Files("packages.lock.json").SelectMany(PinnedIn)).Concat(Backends).ToHashSet(StringComparer.OrdinalIgnoreCase);

        var central = XDocument.Load(Path.Combine(RepositoryFolder.Path, "Directory.Packages.props")).Descendants("PackageVersion");
        Assert.All(central, version => Assert.Contains(version.Attribute("Include")!.Value, used));
    }

    // A property chooses between packages where the platform does; its name says that it holds a package's.
    private static IEnumerable<string> NamedByProperties(string file) => XDocument.Load(file).Descendants("PropertyGroup").Elements()
        .Where(static property => property.Name.LocalName.EndsWith("Package", StringComparison.Ordinal))
        .Select(static property => property.Value);

    private static IEnumerable<string> PinnedIn(string lockFile)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(lockFile));
        var packages = json.RootElement.GetProperty("dependencies").EnumerateObject()
            .SelectMany(static target => target.Value.EnumerateObject());
        return [.. packages.Where(static package => package.Value.GetProperty("type").GetString() == "CentralTransitive")
            .Select(static p => p.Name)];
    }

    private static IEnumerable<string> BuildFiles() =>
        Files("*.csproj").Concat(Directory.GetFiles(RepositoryFolder.Path, "Directory.Build.*"));

    private static IEnumerable<string> Files(string pattern) =>
        Directory.EnumerateFiles(RepositoryFolder.Path, pattern, SearchOption.AllDirectories)
            .Where(static file => !file.Split(Path.DirectorySeparatorChar).Any(static part => part is "obj" or "bin"));

    [GeneratedRegex("""<PackageReference Include="([\w.-]+)""")]
    private static partial Regex Reference();
}
