using System.Globalization;
using System.Net;
using CognitiveTools.Models.Downloads;

namespace CognitiveTools.Models.Tests.Downloads;

public class SplitDownloadTests
{
    private const string Folder = "/maker/big/resolve/main/Q4_K_M/";

    private static readonly byte[][] Parts =
        [.. Enumerable.Range(0, 3).Select(static i => DownloadFixture.Content.Select(value => (byte)(value + i)).ToArray())];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task All_parts_are_fetched_whichever_is_named(int named)
    {
        using var fixture = new DownloadFixture();
        await using var hub = new LoopbackServer(static call => Answer(call));
        var reports = new Reports();

        var download = await fixture.GetAsync($"hf:maker/big/Q4_K_M/{Name(named)}", Options(hub), reports);

        Assert.Null(download.Error);
        Assert.Equal((3, Path.Combine("Q4_K_M", Name(1))), (download.Files, Path.GetRelativePath(FolderOf(fixture), download.Path!)));
        for (var part = 1; part <= 3; part++)
            Assert.Equal(Parts[part - 1], await File.ReadAllBytesAsync(PathOf(fixture, part), TestContext.Current.CancellationToken));
        Assert.Equal([1, 2, 3], reports.All.Select(static report => report.File).Distinct());
        Assert.All(reports.All, static report => Assert.Equal(3, report.Files));
        Assert.True((await fixture.GetAsync($"hf:maker/big/Q4_K_M/{Name(named)}", Options(hub))).WasPresent);
    }

    [Fact]
    public async Task The_parts_of_an_address_are_beside_it_with_the_same_query()
    {
        using var fixture = new DownloadFixture();
        await using var server = new LoopbackServer(static call => HttpReply.File(call, Parts[PartOf(call)]));
        var address = new Uri(server.Base, $"a%20b/{Name(2)}?download=true").ToString();

        var download = await fixture.GetAsync(address, Options(server));

        Assert.Equal(
            Enumerable.Range(1, 3).Select(static part => $"/a%20b/{Name(part)}?download=true"),
            server.Calls.Where(static call => call.Method == "GET").Select(static call => call.Path));
        Assert.Equal(Name(1), Path.GetFileName(download.Path));
        Assert.Equal(3, download.Warnings.Count); // no checksum is known for any
    }

    [Fact]
    public async Task A_run_that_ends_in_the_second_part_is_resumed_there()
    {
        using var fixture = new DownloadFixture();
        var cut = true;
        await using var hub = new LoopbackServer(call => Answer(call, cut && PartOf(call) == 1 ? 100_000 : int.MaxValue));
        var first = await fixture.GetAsync($"hf:maker/big/Q4_K_M/{Name(1)}", Options(hub) with { Attempts = 1 });
        Assert.Contains("100000 bytes are kept", first.Error, StringComparison.Ordinal);
        var between = fixture.Store.Resolve($"hf:maker/big/Q4_K_M/{Name(1)}");
        Assert.Contains("2 of its 3 files are missing", between.Remedy, StringComparison.Ordinal);
        hub.Calls.Clear();
        cut = false;

        var second = await fixture.GetAsync($"hf:maker/big/Q4_K_M/{Name(1)}", Options(hub));

        Assert.Null(second.Error);
        Assert.DoesNotContain(hub.Calls, static call => PartOf(call) == 0); // it was complete
        Assert.Equal("bytes=100000-", hub.Calls.First(static call => call.Method == "GET").Header("Range"));
    }

    [Fact]
    public async Task A_part_that_the_repository_does_not_have_is_found_before_the_others_are_fetched()
    {
        using var fixture = new DownloadFixture();
        await using var hub = new LoopbackServer(static call =>
            PartOf(call) == 2 ? HttpReply.Of(HttpStatusCode.NotFound) : Answer(call));

        var download = await fixture.GetAsync($"hf:maker/big/Q4_K_M/{Name(1)}", Options(hub));

        Assert.Contains(Name(3), download.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(hub.Calls, static call => call.Method == "GET");
        Assert.Empty(fixture.Files());
    }

    [Fact]
    public async Task All_parts_must_fit_on_the_disk_before_the_first_is_fetched()
    {
        using var fixture = new DownloadFixture { Disk = new SmallDisk { Free = DownloadFixture.Content.Length * 2 } };
        await using var hub = new LoopbackServer(static call => Answer(call));

        var download = await fixture.GetAsync($"hf:maker/big/Q4_K_M/{Name(1)}", Options(hub));

        Assert.Contains("needs 900000 bytes more, but 600000 are free", download.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(hub.Calls, static call => call.Method == "GET");
    }

    [Fact]
    public async Task A_part_with_other_content_than_its_checksum_is_found_out_by_name()
    {
        using var fixture = new DownloadFixture();
        await using var hub = new LoopbackServer(static call =>
            call.Method == "HEAD" || PartOf(call) != 2 ? Answer(call) : HttpReply.File(call, Parts[0]));

        var download = await fixture.GetAsync($"hf:maker/big/Q4_K_M/{Name(1)}", Options(hub));

        Assert.Contains(Name(3), download.Error, StringComparison.Ordinal);
        Assert.Contains(DownloadFixture.Sha256(Parts[2]), download.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_part_that_changed_later_is_refused_for_loading_and_fetched_again()
    {
        using var fixture = new DownloadFixture();
        await using var hub = new LoopbackServer(static call => Answer(call));
        var reference = $"hf:maker/big/Q4_K_M/{Name(1)}";
        await fixture.GetAsync(reference, Options(hub));
        await File.WriteAllBytesAsync(PathOf(fixture, 2), Parts[0], TestContext.Current.CancellationToken);

        var changed = Assert.Throws<InvalidDataException>(() => fixture.Store.Require(reference));
        Assert.Contains(Name(2), changed.Message, StringComparison.Ordinal);
        var again = await fixture.GetAsync(reference, Options(hub));

        Assert.Contains(Name(2), Assert.Single(again.Warnings), StringComparison.Ordinal);
        Assert.Equal(Parts[1], await File.ReadAllBytesAsync(PathOf(fixture, 2), TestContext.Current.CancellationToken));
        Assert.Null(Record.Exception(() => fixture.Store.Require(reference)));
    }

    private static string Name(int part) => string.Create(CultureInfo.InvariantCulture, $"big-{part:00000}-of-00003.gguf");

    // The content is not GGUF.
    private static ModelDownloaderOptions Options(LoopbackServer server) => DownloadFixture.Options(server) with { CheckGguf = null };

    private static int PartOf(HttpCall call) => int.Parse(call.Path.Split("big-")[1][..5], CultureInfo.InvariantCulture) - 1;

    private static string FolderOf(DownloadFixture fixture) => Path.Combine(fixture.Store.Folder, "hf", "maker", "big");

    private static string PathOf(DownloadFixture fixture, int part) => Path.Combine(FolderOf(fixture), "Q4_K_M", Name(part));

    private static HttpReply Answer(HttpCall call, int cutAfter = int.MaxValue)
    {
        var content = Parts[PartOf(call)];
        Assert.StartsWith(Folder, call.Path, StringComparison.Ordinal);
        if (call.Method != "HEAD")
            return HttpReply.File(call, content, cutAfter: cutAfter);
        return HttpReply.Of(HttpStatusCode.OK) with
        {
            Headers = new()
            {
                ["X-Linked-Etag"] = $"\"{DownloadFixture.Sha256(content)}\"",
                ["X-Linked-Size"] = content.Length.ToString(CultureInfo.InvariantCulture),
            },
        };
    }
}
