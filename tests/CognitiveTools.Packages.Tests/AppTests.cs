using System.Runtime.InteropServices;

namespace CognitiveTools.Packages.Tests;

/// <summary>The README's program in an empty project outside the repository: as it stands, and compiled ahead of time.</summary>
public sealed class AppTests
{
    public AppTests() => Assert.SkipUnless(PackedPackages.ArePacked, PackedPackages.Skip);

    [Fact]
    public async Task The_program_of_the_readme_runs_unchanged_with_a_tool_solve_and_a_latent_solve()
    {
        using var outside = new OutsideFolder();
        await MakeAsync(outside);

        AssertSolved((await outside.RunAsync("app", "dotnet", "run", "-c", "Release")).Output);
        var output = Path.Combine(outside.Path, "app", "bin", "Release", "net10.0");
        Assert.True(File.Exists(Path.Combine(output, "models", "mini.gguf")));
        Assert.Equal([Rid], Directory.GetDirectories(Path.Combine(output, "runtimes")).Select(Path.GetFileName));
    }

    [Fact]
    public async Task It_runs_compiled_ahead_of_time_with_every_library_that_claims_so_and_nothing_warns()
    {
        Assert.SkipUnless(
            OperatingSystem.IsLinux() && (File.Exists("/usr/bin/clang") || File.Exists("/usr/bin/gcc")),
            "native compilation needs a C toolchain: install clang or gcc, and zlib1g-dev, then run .ci/pack-check");
        using var outside = new OutsideFolder();
        await MakeAsync(outside);
        var targets = Path.Combine(outside.Path, "app", "Directory.Build.targets");
        await File.WriteAllTextAsync(targets, Roots(), TestContext.Current.CancellationToken);

        await outside.RunAsync("app", "dotnet", ["publish", "-c", "Release", "-r", Rid, "-o", "out", "-p:PublishAot=true", .. Strict]);
        var program = Path.Combine(outside.Path, "app", "out", "app");
        Assert.False(File.Exists(program + ".dll"));
        AssertSolved((await outside.RunAsync("app", program)).Output);
    }

    // All of a library that claims to be compatible is compiled, not only what the program uses.
    private static string Roots()
    {
        var libraries = PackedPackages.Files.Select(PackedPackages.NuspecOf).Where(static package => ClaimsAot(package.Id));
        var items = libraries.Select(static library => $"""
            <PackageReference Remove="{library.Id}" />
            <PackageReference Include="{library.Id}" Version="{library.Version}" />
            <TrimmerRootAssembly Include="{library.Id}" />

            """);
        return $"<Project><ItemGroup>{string.Concat(items)}</ItemGroup></Project>";
    }

    private static bool ClaimsAot(string library)
    {
        var project = File.ReadAllText(Path.Combine(RepositoryFolder.Path, "src", library, library + ".csproj"));
        return !project.Contains("<IsAotCompatible>false", StringComparison.Ordinal);
    }

    // Without optimisation and symbols, which make no difference to what is compiled or warned of.
    private static IEnumerable<string> Strict =>
        ["-p:TreatWarningsAsErrors=true", "-p:TrimmerSingleWarn=false", "-p:Optimize=false", "-p:NativeDebugSymbols=false"];

    private static string Rid => RuntimeInformation.RuntimeIdentifier;

    private static async Task MakeAsync(OutsideFolder outside)
    {
        var snippet = ReadmeSnippet.Read();
        foreach (var command in snippet.Commands)
            await outside.RunAsync("app", command[0], command[1..]);
        var file = Path.Combine(outside.Path, "app", "Program.cs");
        await File.WriteAllTextAsync(file, snippet.Program, TestContext.Current.CancellationToken);
    }

    // The bundled models are deterministic, and both know these problems.
    private static void AssertSolved(string output)
    {
        var lines = output.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Length);
        Assert.Matches(@"^tools: ANSWER: 16 \([1-9][0-9]* positions, 0 of them latent, Completed\)$", lines[0]);
        Assert.Matches(@"^latent: ANSWER: 3 \([1-9][0-9]* positions, 6 of them latent, Completed\)$", lines[1]);
    }
}
