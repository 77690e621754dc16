using System.Reflection;
using System.Xml.Linq;

namespace CognitiveTools.Architecture.Tests;

/// <summary>A project depends only on lower floors; on one floor, projects do not see each other.</summary>
public sealed class FloorTests
{
    private static readonly Dictionary<string, int> Floors = new(StringComparer.Ordinal)
    {
        ["CognitiveTools"] = 1,
        ["CognitiveTools.Answers"] = 2,
        ["CognitiveTools.Latent"] = 2,
        ["CognitiveTools.Models"] = 2,
        ["CognitiveTools.Onnx"] = 2,
        ["CognitiveTools.LLamaSharp"] = 2,
        ["CognitiveTools.OpenAI"] = 2,
        ["CognitiveTools.ReferenceModels"] = 2,
        ["CognitiveTools.Sandbox"] = 2,
        ["CognitiveTools.Server"] = 2,
        ["CognitiveTools.Evals"] = 3,
        ["CognitiveTools.Evals.Cluster"] = 4,
        ["CognitiveTools.Llama"] = 3,
        ["CognitiveTools.SemanticKernel"] = 3,
        ["CognitiveTools.Cli"] = 5,
    };

    public static TheoryData<string> Projects =>
        [.. Directory.GetDirectories(Path.Combine(RepositoryFolder.Path, "src")).Select(d => Path.GetFileName(d)!).Order(
            StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_references_only_lower_floors(string project)
    {
        var file = Path.Combine(RepositoryFolder.Path, "src", project, project + ".csproj");
        var references = XDocument.Load(file).Descendants("ProjectReference")
            .Select(r => Path.GetFileNameWithoutExtension(r.Attribute("Include")!.Value.Replace('\\', '/')));

        Assert.All(references,
            r => Assert.True(Floors[r] < Floors[project], $"{project} (floor {Floors[project]}) must not see {r} (floor {Floors[r]})."));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void Only_one_project_knows_Semantic_Kernel(string project)
    {
        var assembly = Assembly.Load(project == "CognitiveTools.Cli" ? "cogtools" : project);
        var knows = assembly.GetReferencedAssemblies().Any(a => a.Name!.StartsWith("Microsoft.SemanticKernel", StringComparison.Ordinal));

        Assert.Equal(project == "CognitiveTools.SemanticKernel", knows);
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void The_product_does_not_see_the_laboratory(string project)
    {
        var folder = Path.Combine(RepositoryFolder.Path, "src", project);
        var file = XDocument.Load(Path.Combine(folder, project + ".csproj"));
        Assert.All(file.Descendants("ProjectReference").Select(r => r.Attribute("Include")!.Value),
            r => Assert.DoesNotContain("lab/", r.Replace('\\', '/'), StringComparison.Ordinal));
        Assert.All(SourceFiles.Of(folder),
            f => Assert.DoesNotContain("CognitiveTools.Lab.", File.ReadAllText(f), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("CognitiveTools.Llama")]
    [InlineData("CognitiveTools.Onnx")]
    public void An_engine_has_no_reasoner(string project) =>
        Assert.All(SourceFiles.Of(Path.Combine(RepositoryFolder.Path, "src", project)),
            f => Assert.DoesNotMatch(": (IReasoner|IReasonerFactory|SolveFrame)\\b", File.ReadAllText(f)));

    [Fact]
    public void The_latent_floor_knows_no_engine()
    {
        var namespaces = Assembly.Load("CognitiveTools.Latent").GetReferencedAssemblies().Select(a => a.Name);

        Assert.DoesNotContain(namespaces, n => n!.Contains("Llama", StringComparison.Ordinal)
            || n.Contains("Onnx", StringComparison.Ordinal));
    }
}
