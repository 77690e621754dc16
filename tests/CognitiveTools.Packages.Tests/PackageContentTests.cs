using System.Text;

namespace CognitiveTools.Packages.Tests;

/// <summary>What every package says of itself, and what is in it.</summary>
public sealed class PackageContentTests
{
    private static readonly string[] Platforms =
        ["linux-x64", "linux-arm64", "linux-musl-x64", "osx-x64", "osx-arm64", "win-x64", "win-arm64"];

    public PackageContentTests() => Assert.SkipUnless(PackedPackages.ArePacked, PackedPackages.Skip);

    [Fact]
    public void The_packages_are_the_projects_of_src_and_no_others()
    {
        var projects = Directory.GetFiles(Path.Combine(RepositoryFolder.Path, "src"), "*.csproj", SearchOption.AllDirectories);

        Assert.Equal(
            projects.Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal),
            PackedPackages.Files.Select(static file => PackedPackages.NuspecOf(file).Id).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void All_have_one_version_and_the_metadata_of_the_repository()
    {
        var packages = PackedPackages.Files.Select(PackedPackages.NuspecOf).ToArray();

        Assert.Single(packages.Select(static package => package.Version).Distinct(StringComparer.Ordinal));
        Assert.All(packages, static package =>
        {
            Assert.Equal(("CognitiveTools developers", "MIT", "README.md"), (package["authors"], package["license"], package["readme"]));
            Assert.Contains("llm", package["tags"], StringComparison.Ordinal);
            Assert.True(package["description"].Length > 20 && package["description"] != "Package Description", package.Id);
        });
        Assert.Equal(packages.Length, packages.Select(static package => package["description"]).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void Each_has_its_own_readme_the_notices_and_symbols_for_its_code() => Assert.All(PackedPackages.Files, static file =>
    {
        var entries = PackedPackages.EntriesOf(file);
        Assert.Contains("README.md", entries);
        Assert.Contains("THIRD-PARTY-NOTICES.md", entries);
        var hasCode =
            entries.Any(static entry => entry.EndsWith(".dll", StringComparison.Ordinal));
        Assert.Equal(hasCode, File.Exists(Path.ChangeExtension(file, ".snupkg")));
    });

    [Fact]
    public void Every_library_has_its_documentation() => Assert.All(PackedPackages.Files.Select(PackedPackages.EntriesOf), static entries =>
        Assert.All(entries.Where(IsLibrary), library => Assert.Contains(Path.ChangeExtension(library, ".xml"), entries)));

    [Fact]
    public void The_engine_depends_on_its_libraries_and_brings_the_targets_that_copy_them()
    {
        var engine = PackedPackages.Find("CognitiveTools.Llama");

        Assert.Contains("buildTransitive/CognitiveTools.Llama.targets", PackedPackages.EntriesOf(engine));
        var dependencies = PackedPackages.NuspecOf(engine).Dependencies;
        // Its own targets would copy every platform.
        Assert.Contains("Build", dependencies["LLamaSharp.Backend.Cpu"], StringComparison.Ordinal);
        Assert.DoesNotContain("Meziantou.Analyzer", dependencies.Keys);
    }

    [Fact]
    public void The_tool_holds_llama_cpp_for_seven_platforms_and_the_files_that_its_commands_use()
    {
        var tool = PackedPackages.Find("CognitiveTools.Cli");
        var entries = PackedPackages.EntriesOf(tool);

        Assert.True(PackedPackages.NuspecOf(tool).IsTool);
        Assert.All(Platforms, platform => Assert.Contains(entries, entry =>
            entry.Contains($"/runtimes/{platform}/native/", StringComparison.Ordinal)
            && Path.GetFileName(entry).Contains("llama", StringComparison.Ordinal)));
        Assert.All(
            ["models/mini.gguf", "models/recurrent/core.onnx", "evals/suites/default.yaml"],
            file => Assert.Contains($"tools/net10.0/any/{file}", entries));
        Assert.DoesNotContain(entries, static entry =>
            entry.Contains("/android/", StringComparison.Ordinal) || entry.Contains("/ios/", StringComparison.Ordinal));
    }

    [Fact]
    public void No_package_names_a_folder_of_the_machine_that_packed_it()
    {
        var folder = Encoding.UTF8.GetBytes(RepositoryFolder.Path + Path.DirectorySeparatorChar);
        Assert.All(PackedPackages.Files.SelectMany(PackedPackages.OwnContentOf), entry =>
            Assert.True(entry.Content.AsSpan().IndexOf(folder) < 0, $"{entry.Name} names {RepositoryFolder.Path}."));
    }

    private static bool IsLibrary(string entry) =>
        entry.StartsWith("lib/", StringComparison.Ordinal) && entry.EndsWith(".dll", StringComparison.Ordinal);
}
