using CognitiveTools.Models.Catalog;
using CognitiveTools.Models.Downloads;

namespace CognitiveTools.Models.Tests.Downloads;

public class DiskTests
{
    private static readonly byte[] Content = DownloadFixture.Content;

    [Fact]
    public async Task Too_little_space_is_refused_before_a_byte_is_written()
    {
        using var fixture = new DownloadFixture { Disk = new SmallDisk { Free = 1000 } };
        await using var server = new LoopbackServer(call => HttpReply.File(call, Content));

        var download = await fixture.GetAsync($"{server.Base}model.bin", server);

        Assert.Contains("needs 300000 bytes more, but 1000 are free", download.Error, StringComparison.Ordinal);
        Assert.Contains("COGTOOLS_MODELS", download.Error, StringComparison.Ordinal);
        Assert.Empty(fixture.Files());
    }

    [Fact]
    public async Task A_disk_that_fills_up_names_the_part_and_the_next_run_resumes()
    {
        var disk = new SmallDisk { Holds = 200_000 };
        using var fixture = new DownloadFixture { Disk = disk };
        await using var server = new LoopbackServer(call => HttpReply.File(call, Content));
        var reference = $"{server.Base}model.bin";

        var full = await fixture.GetAsync(reference, server);
        var kept = new FileInfo(fixture.PathOf(reference) + ".part").Length;

        Assert.Contains("The disk is full: " + fixture.PathOf(reference) + ".part", full.Error, StringComparison.Ordinal);
        Assert.InRange(kept, 1, 200_000);
        Assert.Single(server.Calls);

        disk.Holds = long.MaxValue;
        var download = await fixture.GetAsync(reference, server);
        Assert.Equal($"bytes={kept}-", server.Calls[^1].Header("Range"));
        Assert.Equal(DownloadFixture.ContentSha256, download.Sha256);
    }

    [Fact]
    public async Task The_systems_own_full_disk_is_recognised()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "To run it: use Linux, which has the device /dev/full.");
        await using var full = new FileStream("/dev/full", FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);

        var failure = await Assert.ThrowsAsync<DownloadFailure>(() =>
            StoreDisk.WriteAsync(full, "x.part", new byte[10], TestContext.Current.CancellationToken));

        Assert.Contains("The disk is full: x.part", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_downloads_of_one_file_do_not_mix()
    {
        using var fixture = new DownloadFixture();
        var inner = default(ModelDownload);
        await using var server = new LoopbackServer(call => HttpReply.File(call, Content));
        var reference = $"{server.Base}model.bin";

        // The second starts while the first is under way, from inside its first progress report.
        var first = await fixture.GetAsync(reference, DownloadFixture.Options(), new Reports
        {
            Then = _ => inner ??= Task.Run(() => fixture.GetAsync(reference, DownloadFixture.Options())).GetAwaiter().GetResult(),
        });

        Assert.Equal(DownloadFixture.ContentSha256, first.Sha256);
        Assert.Contains("Another process is downloading", inner!.Error, StringComparison.Ordinal);
        Assert.Equal(["model.bin", "model.bin.sha256"], fixture.Files());
    }

    [Fact]
    public async Task A_folder_that_cannot_be_made_is_told_with_the_remedy()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.File("occupied"), "", TestContext.Current.CancellationToken);
        using var downloader = new ModelDownloader(new ModelStore(new([]), folder.File("occupied")), DownloadFixture.Options());

        var download = await downloader.GetAsync("http://127.0.0.1:9/model.bin", cancellationToken: TestContext.Current.CancellationToken);

        Assert.Contains("COGTOOLS_MODELS", download.Error, StringComparison.Ordinal);
    }
}
