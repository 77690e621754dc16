using System.Formats.Tar;
using System.IO.Compression;
using CognitiveTools.Models.Catalog;
using CognitiveTools.Models.Downloads;

namespace CognitiveTools.Models.Tests.Downloads;

public class NpmDownloadTests
{
    private static readonly byte[] Content = DownloadFixture.Content;

    [Fact]
    public async Task Parts_are_joined_in_order_and_checked()
    {
        var npm = new FakeNpm();
        using var fixture = new DownloadFixture(Entry()) { Npm = npm };
        var reports = new Reports();

        var download = await fixture.GetAsync("m", DownloadFixture.Options(), reports);

        Assert.Null(download.Error);
        Assert.Equal(DownloadFixture.ContentSha256, download.Sha256);
        Assert.Empty(download.Warnings);
        Assert.Equal(["part1@1.0.0", "part2@1.0.0"], npm.Packed);
        Assert.Equal(["m.bin"], fixture.Files());
        Assert.Contains(new DownloadProgress(DownloadPhase.Downloading, Content.Length, Content.Length), reports.All);
    }

    [Fact]
    public async Task A_run_that_fails_at_the_second_part_does_not_fetch_the_first_again()
    {
        var npm = new FakeNpm { Fails = "part2" };
        using var fixture = new DownloadFixture(Entry()) { Npm = npm };

        var failed = await fixture.GetAsync("m", DownloadFixture.Options());
        npm.Fails = null;
        var download = await fixture.GetAsync("m", DownloadFixture.Options());

        Assert.Contains("no network", failed.Error, StringComparison.Ordinal);
        Assert.Equal(["part1@1.0.0", "part2@1.0.0", "part2@1.0.0"], npm.Packed);
        Assert.Equal(DownloadFixture.ContentSha256, download.Sha256);
    }

    [Fact]
    public async Task A_part_with_other_content_is_found_out_and_deleted()
    {
        using var fixture = new DownloadFixture(Entry()) { Npm = new FakeNpm { Flip = true } };

        var download = await fixture.GetAsync("m", DownloadFixture.Options());

        Assert.Contains($"but {DownloadFixture.ContentSha256} is expected", download.Error, StringComparison.Ordinal);
        Assert.Empty(fixture.Files());
    }

    [Fact]
    public async Task A_package_without_the_file_is_named()
    {
        using var fixture = new DownloadFixture(Entry("other.part")) { Npm = new FakeNpm() };

        var download = await fixture.GetAsync("m", DownloadFixture.Options());

        Assert.Contains("part1@1.0.0 has no file 'other.part'", download.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_npm_says_what_to_install()
    {
        using var fixture = new DownloadFixture(Entry());

        var download = await fixture.GetAsync("m", DownloadFixture.Options() with { NpmCommand = "no-such-npm-here" });

        // On Windows the shell starts, and fails for npm.
        Assert.Contains(OperatingSystem.IsWindows() ? "npm could not fetch" : "Install Node.js", download.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_client_runs_pack_without_scripts_and_passes_its_errors_on()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "To run it: use Linux or macOS; the npm that plays along is a shell script.");
        using var folder = new TemporaryFolder();
        var script = folder.File("npm");
        await File.WriteAllTextAsync(
            script,
            $"#!/bin/sh\necho \"$@\" > {folder.File("arguments")}\nif [ \"$2\" = part2@1.0.0 ]; then echo E404 not found >&2; exit 1; "
            + "fi\n: > \"$4/part1.tgz\"\n",
            TestContext.Current.CancellationToken);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var npm = new NpmClient(script);

        var archive = await npm.PackAsync(new NpmPart("part1", "1.0.0", "f"), folder.Path, TestContext.Current.CancellationToken);
        Assert.Equal(folder.File("part1.tgz"), archive);
        Assert.Contains(
            "--ignore-scripts", await File.ReadAllTextAsync(folder.File("arguments"), TestContext.Current.CancellationToken),
            StringComparison.Ordinal);

        var failure = await Assert.ThrowsAsync<DownloadFailure>(
            () => npm.PackAsync(new NpmPart("part2", "1.0.0", "f"), folder.Path, TestContext.Current.CancellationToken));
        Assert.Contains("E404 not found", failure.Message, StringComparison.Ordinal);
    }

    private static ModelEntry Entry(string file = "model.part") => new()
    {
        Name = "m",
        Description = "A test model.",
        Licence = "CC0-1.0",
        File = "m.bin",
        Source = new NpmSource([new("part1", "1.0.0", file), new("part2", "1.0.0", file)]),
        Bytes = Content.Length,
        Sha256 = DownloadFixture.ContentSha256,
    };

    private sealed class FakeNpm : INpmClient
    {
        public string? Fails { get; set; }

        public bool Flip { get; init; }

        public List<string> Packed { get; } = [];

        public async Task<string> PackAsync(NpmPart part, string folder, CancellationToken cancellationToken)
        {
            Packed.Add($"{part.Package}@{part.Version}");
            if (part.Package == Fails)
                throw new DownloadFailure("no network");

            byte[] content = part.Package == "part1" ? Content[..140_000] : Content[140_000..];
            if (Flip)
                content[^1] ^= 1;
            var path = Path.Combine(folder, $"{part.Package}.tgz");
            await using var file = File.Create(path);
            await using var packed = new GZipStream(file, CompressionLevel.Fastest);
            await using var tar = new TarWriter(packed);
            foreach (var (name, bytes) in new[] { ("package/package.json", "{}"u8.ToArray()), ("package/model.part", content) })
                await tar.WriteEntryAsync(
                    new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(bytes) }, cancellationToken);
            return path;
        }
    }
}
