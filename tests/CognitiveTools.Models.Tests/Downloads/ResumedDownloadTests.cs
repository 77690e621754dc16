using System.Net;
using CognitiveTools.Models.Downloads;

namespace CognitiveTools.Models.Tests.Downloads;

/// <summary>Downloads that are interrupted: what is kept, and how the next attempt or run resumes.</summary>
public class ResumedDownloadTests
{
    private static readonly byte[] Content = DownloadFixture.Content;

    [Fact]
    public async Task A_cut_connection_is_resumed_within_one_run()
    {
        using var fixture = new DownloadFixture();
        var calls = 0;
        await using var server = new LoopbackServer(call => HttpReply.File(call, Content, cutAfter: calls++ < 2 ? 100_000 : int.MaxValue));

        var download = await fixture.GetAsync($"{server.Base}model.bin", server);

        Assert.Equal(DownloadFixture.ContentSha256, download.Sha256);
        Assert.Equal([null, "bytes=100000-", "bytes=200000-"], server.Calls.Select(call => call.Header("Range")));
        Assert.Equal([null, "\"v1\"", "\"v1\""], server.Calls.Select(call => call.Header("If-Range")));
    }

    [Fact]
    public async Task Attempts_are_bounded_and_the_next_run_resumes()
    {
        using var fixture = new DownloadFixture();
        var cut = 50_000;
        await using var server = new LoopbackServer(call => HttpReply.File(call, Content, cutAfter: cut));
        var reference = $"{server.Base}model.bin";

        var failed = await fixture.GetAsync(reference, server);
        Assert.Equal(3, server.Calls.Count);
        Assert.Contains("failed 3 times", failed.Error, StringComparison.Ordinal);
        Assert.Contains("150000 bytes are kept in " + fixture.PathOf(reference) + ".part", failed.Error, StringComparison.Ordinal);
        Assert.Contains("again to resume", failed.Error, StringComparison.Ordinal);

        cut = int.MaxValue;
        var download = await fixture.GetAsync(reference, server);
        Assert.Equal("bytes=150000-", server.Calls[^1].Header("Range"));
        Assert.Equal(DownloadFixture.ContentSha256, download.Sha256);
        Assert.Equal(["model.bin", "model.bin.sha256"], fixture.Files());
    }

    [Fact]
    public async Task A_file_that_changed_between_runs_is_taken_from_the_start()
    {
        using var fixture = new DownloadFixture();
        var newer = Content.Reverse().ToArray();
        var changed = false;
        await using var server = new LoopbackServer(call => changed
            ? HttpReply.File(call, newer, "\"v2\"")
            : HttpReply.File(call, Content, cutAfter: 10_000));
        await fixture.GetAsync($"{server.Base}model.bin", server);

        changed = true;
        var download = await fixture.GetAsync($"{server.Base}model.bin", server);

        Assert.Equal(DownloadFixture.Sha256(newer), download.Sha256);
    }

    [Fact]
    public async Task A_server_that_ignores_ranges_restarts_cleanly()
    {
        using var fixture = new DownloadFixture();
        var calls = 0;
        await using var server =
            new LoopbackServer(call => HttpReply.File(call, Content, ranges: false, cutAfter: calls++ == 0 ? 100_000 : int.MaxValue));

        var download = await fixture.GetAsync($"{server.Base}model.bin", server);

        Assert.Equal("bytes=100000-", server.Calls[1].Header("Range"));
        Assert.Equal(DownloadFixture.ContentSha256, download.Sha256);
    }

    [Fact]
    public async Task A_part_without_a_validator_is_not_trusted()
    {
        using var fixture = new DownloadFixture();
        var calls = 0;
        await using var server =
            new LoopbackServer(call => HttpReply.File(call, Content, "W/\"weak\"", cutAfter: calls++ == 0 ? 100_000 : int.MaxValue));

        var download = await fixture.GetAsync($"{server.Base}model.bin", server);

        Assert.Null(server.Calls[1].Header("Range"));
        Assert.Equal(DownloadFixture.ContentSha256, download.Sha256);
    }

    [Fact]
    public async Task A_range_that_starts_elsewhere_is_not_appended()
    {
        using var fixture = new DownloadFixture();
        var calls = 0;
        await using var server = new LoopbackServer(call => calls++ switch
        {
            0 => HttpReply.File(call, Content, cutAfter: 100_000),
            1 => new HttpReply(HttpStatusCode.PartialContent, Content[5..])
            {
                Headers = { ["Content-Range"] = $"bytes 5-{Content.Length - 1}/{Content.Length}" },
            },
            _ => HttpReply.File(call, Content),
        });

        Assert.Equal(DownloadFixture.ContentSha256, (await fixture.GetAsync($"{server.Base}model.bin", server)).Sha256);
    }

    [Fact]
    public async Task A_part_longer_than_the_file_is_dropped_and_taken_again()
    {
        using var fixture = new DownloadFixture();
        await using var server = new LoopbackServer(call => HttpReply.File(call, Content));
        var reference = $"{server.Base}model.bin";
        var part = fixture.PathOf(reference) + ".part";
        Directory.CreateDirectory(Path.GetDirectoryName(part)!);
        await File.WriteAllBytesAsync(part, new byte[Content.Length + 1], TestContext.Current.CancellationToken);
        new PartState(reference, null, "\"v1\"").Save(part);

        Assert.Equal(DownloadFixture.ContentSha256, (await fixture.GetAsync(reference, server)).Sha256);
        Assert.Equal(2, server.Calls.Count);
    }

    [Fact]
    public async Task A_server_that_falls_silent_counts_as_a_cut_connection()
    {
        using var fixture = new DownloadFixture();
        await using var server = new LoopbackServer(call => HttpReply.File(call, Content, cutAfter: 200_000) with { StaysSilent = true });
        var options = DownloadFixture.Options() with { Attempts = 1, StallTimeout = TimeSpan.FromSeconds(1) };

        var download = await fixture.GetAsync($"{server.Base}model.bin", options);

        Assert.Contains("for 1 s", download.Error, StringComparison.Ordinal);
        Assert.Contains("again to resume", download.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancelling_keeps_what_has_come_for_the_next_run()
    {
        using var cancel = new CancellationTokenSource();
        await using var server = new LoopbackServer(call => HttpReply.File(call, Content));
        using var fixture = new DownloadFixture { Disk = new CancelsWhenWritten(cancel) };
        var reference = $"{server.Base}model.bin";

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => fixture.GetAsync(reference, DownloadFixture.Options(), cancellationToken: cancel.Token));
        var kept = new FileInfo(fixture.PathOf(reference) + ".part").Length;
        var download = await fixture.GetAsync(reference, server);

        Assert.Equal($"bytes={kept}-", server.Calls[^1].Header("Range"));
        Assert.Equal(DownloadFixture.ContentSha256, download.Sha256);
    }

    private sealed class CancelsWhenWritten(CancellationTokenSource cancel) : StoreDisk
    {
        public override Stream Open(string part, long length) => new Watched(base.Open(part, length), cancel);

        private sealed class Watched(Stream inner, CancellationTokenSource cancel) : PassingStream(inner)
        {
            public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
            {
                await base.WriteAsync(buffer, CancellationToken.None);
                await cancel.CancelAsync();
            }
        }
    }
}
