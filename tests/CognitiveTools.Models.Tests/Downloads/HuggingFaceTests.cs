using System.Globalization;
using System.Net;
using CognitiveTools.Models.Downloads;

namespace CognitiveTools.Models.Tests.Downloads;

public class HuggingFaceTests
{
    private const string Reference = "hf:maker/tiny/sub/model.bin";
    private const string Resolve = "/maker/tiny/resolve/main/sub/model.bin";
    private static readonly byte[] Content = DownloadFixture.Content;

    [Fact]
    public async Task The_checksum_and_length_are_from_the_files_own_metadata()
    {
        using var fixture = new DownloadFixture();
        await using var content = new LoopbackServer(call => HttpReply.File(call, Content));
        await using var hub = new LoopbackServer(call => Linked(content.Base, DownloadFixture.ContentSha256));

        var download = await fixture.GetAsync(Reference, hub);

        Assert.Null(download.Error);
        Assert.Equal(DownloadFixture.ContentSha256, download.Sha256);
        Assert.Empty(download.Warnings);
        Assert.Equal(["HEAD " + Resolve, "GET " + Resolve], hub.Calls.Select(call => $"{call.Method} {call.Path}"));
        Assert.Equal(["GET"], content.Calls.Select(call => call.Method));
        Assert.EndsWith(Path.Combine("hf", "maker", "tiny", "sub", "model.bin"), download.Path, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_content_server_that_sends_something_else_is_found_out()
    {
        using var fixture = new DownloadFixture();
        var other = Content.Reverse().ToArray();
        await using var content = new LoopbackServer(call => HttpReply.File(call, other));
        await using var hub = new LoopbackServer(_ => Linked(content.Base, DownloadFixture.ContentSha256));

        var download = await fixture.GetAsync(Reference, hub);

        Assert.Contains(DownloadFixture.Sha256(other), download.Error, StringComparison.Ordinal);
        Assert.Contains(DownloadFixture.ContentSha256, download.Error, StringComparison.Ordinal);
        Assert.Empty(fixture.Files());
    }

    [Fact]
    public async Task The_token_goes_to_the_hub_and_nowhere_else()
    {
        using var fixture = new DownloadFixture();
        await using var content = new LoopbackServer(call => HttpReply.File(call, Content));
        await using var hub = new LoopbackServer(_ => Linked(content.Base, DownloadFixture.ContentSha256));

        await fixture.GetAsync(Reference, DownloadFixture.Options(hub, token: "secret"));

        Assert.All(hub.Calls, call => Assert.Equal("Bearer secret", call.Header("Authorization")));
        Assert.All(content.Calls, call => Assert.Null(call.Header("Authorization")));
    }

    [Fact]
    public async Task A_renamed_repository_is_followed_to_its_metadata()
    {
        using var fixture = new DownloadFixture();
        await using var content = new LoopbackServer(call => HttpReply.File(call, Content));
        await using var hub = new LoopbackServer(call => call.Path == Resolve
            ? HttpReply.Redirect("/maker/renamed/resolve/main/sub/model.bin")
            : Linked(content.Base, DownloadFixture.ContentSha256));

        var download = await fixture.GetAsync(Reference, hub);

        Assert.Equal(DownloadFixture.ContentSha256, download.Sha256);
        Assert.Empty(download.Warnings);
    }

    [Fact]
    public async Task A_small_file_with_a_git_hash_arrives_with_a_warning()
    {
        using var fixture = new DownloadFixture();
        await using var hub = new LoopbackServer(call => HttpReply.File(call, Content, "\"0123456789012345678901234567890123456789\""));

        var download = await fixture.GetAsync(Reference, hub);

        Assert.Equal(DownloadFixture.ContentSha256, download.Sha256);
        Assert.Contains("No checksum is known", Assert.Single(download.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_part_of_another_version_is_not_resumed()
    {
        using var fixture = new DownloadFixture();
        var newer = Content.Reverse().ToArray();
        var current = Content;
        var cut = 100_000;
        await using var content = new LoopbackServer(call => HttpReply.File(call, current, cutAfter: cut));
        await using var hub = new LoopbackServer(_ => Linked(content.Base, DownloadFixture.Sha256(current)));
        await fixture.GetAsync(Reference, DownloadFixture.Options(hub) with { Attempts = 1 });

        (current, cut) = (newer, int.MaxValue);
        var download = await fixture.GetAsync(Reference, hub);

        Assert.Null(content.Calls[^1].Header("Range"));
        Assert.Equal(DownloadFixture.Sha256(newer), download.Sha256);
    }

    [Theory]
    [InlineData(401, null, "set HF_TOKEN")]
    [InlineData(403, "t", "The token in HF_TOKEN gives no access")]
    [InlineData(404, null, "Check owner, repository, revision and file name")]
    public async Task A_refusal_says_what_to_do(int status, string? token, string remedy)
    {
        using var fixture = new DownloadFixture();
        await using var hub = new LoopbackServer(
            _ => HttpReply.Of((HttpStatusCode)status) with { Headers = new() { ["X-Error-Message"] = "hub says so" } });

        var download = await fixture.GetAsync(Reference, DownloadFixture.Options(hub, token));

        Assert.Contains(remedy, download.Error, StringComparison.Ordinal);
        Assert.Contains("(hub says so)", download.Error, StringComparison.Ordinal);
        Assert.Single(hub.Calls);
    }

    [Fact]
    public async Task A_busy_hub_is_asked_again_about_the_file()
    {
        using var fixture = new DownloadFixture();
        var calls = 0;
        await using var content = new LoopbackServer(call => HttpReply.File(call, Content));
        await using var hub = new LoopbackServer(
            _ => calls++ == 0 ? HttpReply.Of(HttpStatusCode.TooManyRequests) : Linked(content.Base, DownloadFixture.ContentSha256));

        Assert.Equal(DownloadFixture.ContentSha256, (await fixture.GetAsync(Reference, hub)).Sha256);
    }

    [Fact]
    public void An_endpoint_that_is_no_address_is_refused_by_name()
    {
        Assert.Equal("huggingface.co", ModelDownloaderOptions.EndpointOf(null).Host);
        Assert.Equal("mirror", ModelDownloaderOptions.EndpointOf("http://mirror/hub").Host);
        Assert.Contains(
            "HF_ENDPOINT is 'mirror'", Assert.Throws<FormatException>(() => ModelDownloaderOptions.EndpointOf("mirror")).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_network_a_mirror_is_suggested()
    {
        using var fixture = new DownloadFixture();

        var download = await fixture.GetAsync(Reference, DownloadFixture.Options());

        Assert.Contains("HF_ENDPOINT", download.Error, StringComparison.Ordinal);
    }

    private static HttpReply Linked(Uri content, string sha256) => HttpReply.Redirect(new Uri(content, "blob").ToString()) with
    {
        Headers = new()
        {
            ["Location"] = new Uri(content, "blob").ToString(),
            ["X-Linked-Etag"] = $"\"{sha256}\"",
            ["X-Linked-Size"] = Content.Length.ToString(CultureInfo.InvariantCulture),
        },
    };
}
