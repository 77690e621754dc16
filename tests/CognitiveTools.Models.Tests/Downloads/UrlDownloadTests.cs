using System.Net;
using CognitiveTools.Models.Catalog;
using CognitiveTools.Models.Downloads;
using CognitiveTools.TestModels;

namespace CognitiveTools.Models.Tests.Downloads;

/// <summary>Downloads from plain addresses: what arrives, what is checked, and what is refused.</summary>
public class UrlDownloadTests
{
    private static readonly byte[] Content = DownloadFixture.Content;

    [Fact]
    public async Task A_file_arrives_with_a_warning_that_no_checksum_is_known()
    {
        using var fixture = new DownloadFixture();
        await using var server = new LoopbackServer(call => HttpReply.File(call, Content));
        var reports = new Reports();

        var download = await fixture.GetAsync($"{server.Base}a/model.bin", DownloadFixture.Options(), reports);

        Assert.Null(download.Error);
        Assert.Equal(Content, await File.ReadAllBytesAsync(download.Path!, TestContext.Current.CancellationToken));
        Assert.Equal(DownloadFixture.ContentSha256, download.Sha256);
        Assert.Contains("No checksum is known", Assert.Single(download.Warnings), StringComparison.Ordinal);
        Assert.Equal(["model.bin", "model.bin.sha256"], fixture.Files());
        Assert.Equal(new DownloadProgress(DownloadPhase.Downloading, 0, Content.Length), reports.All[0]);
        Assert.Equal(new DownloadProgress(DownloadPhase.Verifying, Content.Length, Content.Length), reports.All[^1]);
    }

    [Fact]
    public async Task A_present_file_is_not_downloaded_again()
    {
        using var fixture = new DownloadFixture();
        await using var server = new LoopbackServer(call => HttpReply.File(call, Content));
        await fixture.GetAsync($"{server.Base}model.bin", server);

        var again = await fixture.GetAsync($"{server.Base}model.bin", server);

        Assert.True(again.WasPresent);
        Assert.Single(server.Calls);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)] // another length
    public async Task A_file_that_was_changed_in_the_store_is_named_and_fetched_again(bool longer)
    {
        var entry = Entry(DownloadFixture.ContentSha256, Content.Length, new("http://127.0.0.1:9/m.bin"));
        await using var server = new LoopbackServer(call => HttpReply.File(call, Content));
        using var fixture = new DownloadFixture(
            entry with { Source = new CognitiveTools.Models.Catalog.UrlSource(new($"{server.Base}m.bin")) });
        foreach (var reference in (string[])["m", $"{server.Base}model.bin"]) // a hash of the catalog, and the one of the download
        {
            var path = (await fixture.GetAsync(reference, server)).Path!;
            var changed = (byte[])[.. Content, .. longer ? [0] : Array.Empty<byte>()];
            changed[1000] ^= 1;
            await File.WriteAllBytesAsync(path, changed, TestContext.Current.CancellationToken);
            Assert.ThrowsAny<Exception>(() => fixture.Store.Require(reference));

            var again = await fixture.GetAsync(reference, server);

            Assert.Contains("it was replaced", again.Warnings[0], StringComparison.Ordinal);
            Assert.Equal(Content, await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken));
            Assert.Equal(path, fixture.Store.Require(reference).Path);
        }
    }

    [Fact]
    public async Task Redirects_are_followed_and_a_loop_is_refused()
    {
        using var fixture = new DownloadFixture();
        await using var server = new LoopbackServer(call => call.Path switch
        {
            "/model.bin" => HttpReply.Redirect("/far/model.bin"),
            "/loop.bin" => HttpReply.Redirect("/loop.bin"),
            _ => HttpReply.File(call, Content),
        });

        Assert.Equal(DownloadFixture.ContentSha256, (await fixture.GetAsync($"{server.Base}model.bin", server)).Sha256);
        Assert.Contains(
            "redirects more than 10 times", (await fixture.GetAsync($"{server.Base}loop.bin", server)).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(404, "Check the address")]
    [InlineData(403, "give the file's path")]
    [InlineData(418, "answered 418")]
    public async Task A_refusal_is_told_once_with_the_remedy(int status, string remedy)
    {
        using var fixture = new DownloadFixture();
        await using var server = new LoopbackServer(_ => HttpReply.Of((HttpStatusCode)status));

        // Not the hub's address, so the messages are those of a plain address.
        var download = await fixture.GetAsync($"{server.Base}model.bin", DownloadFixture.Options());

        Assert.Contains(remedy, download.Error, StringComparison.Ordinal);
        Assert.Null(download.Path);
        Assert.Single(server.Calls);
    }

    [Fact]
    public async Task A_busy_server_is_asked_again()
    {
        using var fixture = new DownloadFixture();
        var calls = 0;
        await using var server =
            new LoopbackServer(call => calls++ == 0 ? HttpReply.Of(HttpStatusCode.ServiceUnavailable) : HttpReply.File(call, Content));

        Assert.Equal(DownloadFixture.ContentSha256, (await fixture.GetAsync($"{server.Base}model.bin", server)).Sha256);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_named()
    {
        using var fixture = new DownloadFixture();

        var download = await fixture.GetAsync("http://127.0.0.1:9/model.bin", DownloadFixture.Options());

        Assert.Contains("127.0.0.1:9 could not be reached", download.Error, StringComparison.Ordinal);
        Assert.Contains("Check the network", download.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_checksum_names_both_and_deletes_the_file()
    {
        await using var server = new LoopbackServer(call => HttpReply.File(call, Content));
        using var fixture = new DownloadFixture(Entry(DownloadFixture.Sha256([1]), Content.Length, new Uri(server.Base, "model.bin")));

        var download = await fixture.GetAsync("m", server);

        Assert.Contains(DownloadFixture.Sha256([1]), download.Error, StringComparison.Ordinal);
        Assert.Contains(DownloadFixture.ContentSha256, download.Error, StringComparison.Ordinal);
        Assert.Empty(fixture.Files());
    }

    [Fact]
    public async Task A_wrong_length_is_refused_before_the_bytes_come()
    {
        await using var server = new LoopbackServer(call => HttpReply.File(call, Content));
        using var fixture = new DownloadFixture(Entry(DownloadFixture.ContentSha256, 77, new Uri(server.Base, "model.bin")));

        var download = await fixture.GetAsync("m", server);

        Assert.Contains("has 300000 bytes, but 77 are expected", download.Error, StringComparison.Ordinal);
        Assert.Empty(fixture.Files());
    }

    [Fact]
    public async Task A_server_that_hides_the_length_is_checked_at_the_end()
    {
        await using var server = new LoopbackServer(call => new HttpReply(HttpStatusCode.OK, Content) { HideLength = true });
        using var fixture = new DownloadFixture(Entry(DownloadFixture.ContentSha256, Content.Length, new Uri(server.Base, "model.bin")));

        var download = await fixture.GetAsync("m", server);

        Assert.Equal(DownloadFixture.ContentSha256, download.Sha256);
        Assert.Empty(download.Warnings);
    }

    [Fact]
    public async Task A_page_in_place_of_a_model_is_not_kept()
    {
        using var fixture = new DownloadFixture();
        await using var server = new LoopbackServer(_ => new HttpReply(HttpStatusCode.OK, "<html>log in</html>"u8.ToArray()));

        var download = await fixture.GetAsync($"{server.Base}model.gguf", server);

        Assert.Contains("not a usable GGUF file", download.Error, StringComparison.Ordinal);
        Assert.Empty(fixture.Files());
    }

    [Fact]
    public async Task A_real_model_passes_the_header_check()
    {
        using var folder = new TemporaryFolder();
        var model = await File.ReadAllBytesAsync(TinyModel.Write(folder.File("m.gguf"), 1), TestContext.Current.CancellationToken);
        using var fixture = new DownloadFixture();
        await using var server = new LoopbackServer(call => HttpReply.File(call, model));

        var download = await fixture.GetAsync($"{server.Base}model.gguf", server);

        Assert.Equal(DownloadFixture.Sha256(model), download.Sha256);
    }

    private static ModelEntry Entry(string sha256, long bytes, Uri address) => new()
    {
        Name = "m",
        Description = "A test model.",
        Licence = "CC0-1.0",
        File = "m.bin",
        Source = new UrlSource(address),
        Bytes = bytes,
        Sha256 = sha256,
    };
}
