using System.Diagnostics;

namespace CognitiveTools.Llama.Tests.Natives;

/// <summary>Runs natives/fetch.mjs against an npm that is a shell script, so that no network is needed.</summary>
public sealed class FetchScriptTests
{
    private const string Package = "node_modules/@node-llama-cpp/linux-x64";

    private const string Installing =
        $"""
        echo run >> "$NPM_LOG"
        sleep 0.2
        mkdir -p {Package}/bins/linux-x64
        cd {Package}
        touch LICENSE bins/linux-x64/libllama.v0.5.0.so bins/linux-x64/libggml-base.so bins/linux-x64/libllama-common.so bins/linux-x64/llama-addon.node
        """;

    [Fact]
    public async Task Parallel_builds_fetch_once_and_keep_only_libraries_and_licence()
    {
        using var place = Place.Create(Installing);
        var results = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => place.FetchAsync()));
        Assert.All(results, static r => Assert.True(r.ExitCode == 0, r.Output));
        Assert.Equal(["LICENSE", "libggml-base.so", "libllama.v0.5.0.so", "package-lock.json"], place.Fetched);
        Assert.Equal(1, place.NpmRuns);
        Assert.Equal(["linux-x64"], Directory.GetFileSystemEntries(place.Natives).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Another_version_replaces_what_is_there_and_a_dead_builds_lock_is_taken_over()
    {
        using var place = Place.Create(Installing);
        Directory.CreateDirectory(place.Destination);
        await File.WriteAllTextAsync(Path.Combine(place.Destination, "package-lock.json"), "{}", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(place.Destination + ".lock", "999999999", TestContext.Current.CancellationToken);
        var result = await place.FetchAsync();
        Assert.True(result.ExitCode == 0, result.Output);
        Assert.Equal(4, place.Fetched.Length);
    }

    [Theory]
    [InlineData("libggml-base.so", "has SHA-256")]
    [InlineData("libggml-cpu-zen9.so", "is not among the files")]
    public async Task A_changed_or_added_library_is_named_and_fetched_again(string file, string said)
    {
        using var place = Place.Create(Installing);
        await place.FetchAsync();
        var path = Path.Combine(place.Destination, file);
        await File.WriteAllTextAsync(path, "changed", TestContext.Current.CancellationToken);
        var result = await place.FetchAsync();
        Assert.True(result.ExitCode == 0, result.Output);
        Assert.Contains($"{file} {said}", result.Output, StringComparison.Ordinal);
        Assert.Equal((2, 4), (place.NpmRuns, place.Fetched.Length));
        Assert.NotEqual("changed", File.Exists(path) ? await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken) : "");
    }

    [Fact]
    public async Task A_complete_copy_is_fetched_no_second_time()
    {
        using var place = Place.Create(Installing);
        await place.FetchAsync();
        Assert.Equal((0, ""), await place.FetchAsync());
        Assert.Equal(1, place.NpmRuns);
    }

    [Theory]
    [InlineData("echo 'npm error code EINTEGRITY' >&2; exit 1", "COGN02", "integrity")]
    [InlineData("echo 'npm error code E404' >&2; exit 1", "COGN03", "does not have @node-llama-cpp/linux-x64@")]
    [InlineData("echo 'npm error network down' >&2; exit 7", "COGN04", "network down")]
    [InlineData("mkdir -p " + Package, "COGN06", "no llama library")]
    [InlineData("mkdir -p " + Package + "/bins/linux-x64; echo other > " + Package + "/bins/linux-x64/libllama.v0.5.0.so", "COGN08", "libllama.v0.5.0.so has SHA-256")]
    [InlineData(null, "COGN01", "npm was not found")]
    public async Task A_failure_is_one_build_error_that_says_what_to_do_and_leaves_nothing_behind(string? npm, string code, string text)
    {
        using var place = Place.Create(npm);
        var result = await place.FetchAsync();
        Assert.Equal(1, result.ExitCode);
        Assert.Contains($"natives/linux-x64 : error {code}: ", result.Output, StringComparison.Ordinal);
        Assert.Contains(text, result.Output, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(place.Natives));
    }

    private sealed class Place : IDisposable
    {
        private readonly TemporaryFolder _folder = new();
        private readonly string _node;

        private Place(string node) => _node = node;

        public string Natives => _folder.File("natives");

        public string Destination => Path.Combine(Natives, "linux-x64");

        public string?[] Fetched => [.. Directory.GetFiles(Destination).Select(Path.GetFileName).Order(StringComparer.Ordinal)];

        public int NpmRuns => File.ReadAllLines(_folder.File("npm.log")).Length;

        public static Place Create(string? npm)
        {
            Assert.SkipWhen(OperatingSystem.IsWindows(), "To run it: use Linux or macOS; the npm that plays along is a shell script.");
            var node = Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator).Select(static p => Path.Combine(p, "node")).FirstOrDefault(File.Exists);
            Assert.SkipWhen(node is null, "To run it: install Node.js.");
            var place = new Place(node!);
            Directory.CreateDirectory(place.Natives);
            // A script beside a manifest of the empty files that the npm here brings.
            var script = Directory.CreateDirectory(place._folder.File("script/linux-x64")).FullName;
            File.Copy(Path.Combine(RepositoryRoot(), "natives", "fetch.mjs"), place._folder.File("script/fetch.mjs"));
            foreach (var file in (string[])["package.json", "package-lock.json"])
                File.Copy(Path.Combine(RepositoryRoot(), "natives", "linux-x64", file), Path.Combine(script, file));
            const string Empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
            File.WriteAllText(Path.Combine(script, "SHA256SUMS"), $"{Empty}  libggml-base.so\n{Empty}  libllama.v0.5.0.so\n");
            var bin = Directory.CreateDirectory(place._folder.File("bin")).FullName;
            if (npm is not null && !OperatingSystem.IsWindows())
            {
                File.WriteAllText(Path.Combine(bin, "npm"), $"#!/bin/sh\nPATH=/usr/bin:/bin\n{npm}\n");
                File.SetUnixFileMode(Path.Combine(bin, "npm"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }
            return place;
        }

        public async Task<(int ExitCode, string Output)> FetchAsync()
        {
            var start = new ProcessStartInfo(_node) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
            start.ArgumentList.Add(_folder.File("script/fetch.mjs"));
            start.ArgumentList.Add("linux-x64");
            start.ArgumentList.Add(Destination);
            start.Environment["PATH"] = _folder.File("bin");
            start.Environment["NPM_LOG"] = _folder.File("npm.log");
            using var process = Process.Start(start)!;
            var cancellation = TestContext.Current.CancellationToken;
            var output = process.StandardOutput.ReadToEndAsync(cancellation);
            var errors = process.StandardError.ReadToEndAsync(cancellation);
            await process.WaitForExitAsync(cancellation);
            return (process.ExitCode, await output + await errors);
        }

        public void Dispose() => _folder.Dispose();

        private static string RepositoryRoot()
        {
            var folder = AppContext.BaseDirectory;
            while (!File.Exists(Path.Combine(folder, "natives", "fetch.mjs")))
                folder = Path.GetDirectoryName(folder.TrimEnd(Path.DirectorySeparatorChar)) ?? throw new DirectoryNotFoundException("The tests run outside the repository: natives/fetch.mjs is in no parent folder.");
            return folder;
        }
    }
}
