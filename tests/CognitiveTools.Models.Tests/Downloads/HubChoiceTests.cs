using System.Net;
using System.Text;
using System.Text.Json;
using CognitiveTools.Models.Downloads;

namespace CognitiveTools.Models.Tests.Downloads;

public class HubChoiceTests
{
    [Theory]
    [InlineData("", "m-Q4_K_M.gguf", "m-Q4_K_M.gguf m-Q8_0.gguf m-F16.gguf mmproj-F16.gguf")]
    [InlineData("", "m-Q5_K_M.gguf", "m-Q8_0.gguf m-Q5_K_M.gguf m-Q2_K.gguf")]
    [InlineData("", "only.gguf", "only.gguf README.md mmproj-model-f16.gguf m.imatrix.gguf")]
    [InlineData("", "a/m-IQ1_S.gguf", "a/m-IQ1_S.gguf a/m-IQ3_M-longer.gguf")] // no preferred one: the smallest
    [InlineData(":Q8_0", "m-Q8_0.gguf", "m-Q4_K_M.gguf m-Q8_0.gguf")]
    [InlineData(":q4_k_m", "s/m-Q4_K_M-00001-of-00002.gguf", "s/m-Q4_K_M-00001-of-00002.gguf s/m-Q4_K_M-00002-of-00002.gguf")]
    [InlineData(":Q4_K", "m-Q4_K.gguf", "m-Q4_K_M.gguf m-Q4_K_S.gguf m-Q4_K.gguf")]
    [InlineData(":F16", "m.f16.gguf", "m.bf16.gguf m.f16.gguf")]
    [InlineData(":Q4_K_XL", "m-Q4_K_XL.gguf", "m-UD-Q4_K_XL.gguf m-Q4_K_XL.gguf")]
    [InlineData(":UD-Q4_K_XL", "m-UD-Q4_K_XL.gguf", "m-UD-Q4_K_XL.gguf m-Q4_K_XL.gguf")]
    [InlineData(":IQ4_XS", "My Model (v2) #1+é-IQ4_XS.gguf", "My Model (v2) #1+é-IQ4_XS.gguf m-Q4_K_M.gguf")]
    [InlineData("@v2:Q8_0", "m-Q8_0.gguf", "m-Q4_K_M.gguf m-Q8_0.gguf")]
    [InlineData("", "m-Q8_0.gguf", "m-Q8_0.gguf m-Q4_K_M-00001-of-00002.gguf")] // a part is missing, so it is no model
    [InlineData("", "m-Q8_0.gguf", "m-Q8_0.gguf m-Q4_K_M-00002-of-00002.gguf")]
    [InlineData(":Q8_0", "Q8_0/m-00001-of-00001.gguf", "Q8_0/m-00001-of-00001.gguf Q4_K_M/m-00001-of-00001.gguf")]
    [InlineData(":MXFP4", "m-mxfp4.gguf", "m-mxfp4.gguf m-Q8_0.gguf")]
    [InlineData(":iq4_xs", "m.IQ4_XS.gguf", "m.IQ4_XS.gguf m.IQ4_NL.gguf")]
    public async Task The_file_is_chosen_from_the_repositorys_list(string named, string chosen, string files)
    {
        using var fixture = new DownloadFixture();
        await using var hub = Hub(Split(files));
        var reference = "hf:maker/tiny" + named;
        Assert.Contains($"cogtools models get {reference}", fixture.Store.Resolve(reference).Remedy, StringComparison.Ordinal);

        var download = await fixture.GetAsync(reference, Options(hub));

        Assert.Null(download.Error);
        Assert.EndsWith(Path.Combine(chosen.Split('/')), download.Path, StringComparison.Ordinal);
        var revision = named.StartsWith('@') ? "v2" : "main";
        Assert.Equal($"/api/models/maker/tiny/tree/{revision}?recursive=true", hub.Calls[0].Path);

        // Later uses need no network.
        var calls = hub.Calls.Count;
        Assert.Equal(download.Path, fixture.Store.Require(reference).Path);
        Assert.True((await fixture.GetAsync(reference, Options(hub))).WasPresent);
        Assert.Equal(calls, hub.Calls.Count);
    }

    [Fact]
    public async Task When_several_match_the_choice_its_rule_and_the_others_are_stated()
    {
        using var fixture = new DownloadFixture();
        await using var hub = Hub(["m-Q8_0.gguf", "m-Q4_K_M.gguf", "mmproj-f16.gguf"]);

        var download = await fixture.GetAsync("hf:maker/tiny", Options(hub));

        var note = Assert.Single(download.Warnings, static warning => warning.Contains("Rule", StringComparison.Ordinal));
        Assert.Contains("has 2 models; m-Q4_K_M.gguf", note, StringComparison.Ordinal);
        Assert.Contains(HubFileChoice.Rule, note, StringComparison.Ordinal);
        Assert.Contains("The others: m-Q8_0.gguf", note, StringComparison.Ordinal);
        Assert.DoesNotContain("mmproj", note, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(":Q9_K", "m-Q4_K_M.gguf m-Q8_0.gguf", "no model 'Q9_K'. It has: m-Q4_K_M.gguf")]
    [InlineData("", "model.safetensors config.json", "no GGUF model. It has: config.json, model.safetensors")]
    [InlineData("", "mmproj-m.gguf", "only a projector")]
    [InlineData("", "", "It has no files")]
    [InlineData(":Q4_K_M", "m-Q4_K_M-00001-of-00003.gguf m-Q4_K_M-00003-of-00003.gguf m-Q8_0.gguf", "2 of the 3 files of the split")]
    [InlineData(":latest", "m-Q4_K_M.gguf", "no model 'latest'. It has: m-Q4_K_M.gguf")]
    public async Task What_is_not_there_is_answered_with_what_is_there(string named, string files, string expected)
    {
        using var fixture = new DownloadFixture();
        await using var hub = Hub(Split(files));

        var download = await fixture.GetAsync("hf:maker/tiny" + named, Options(hub));

        Assert.Contains(expected, download.Error, StringComparison.Ordinal);
        Assert.Single(hub.Calls);
    }

    [Fact]
    public async Task A_list_of_several_pages_is_read_to_its_end()
    {
        using var fixture = new DownloadFixture();
        LoopbackServer? server = null;
        await using var hub = server = new LoopbackServer(call => call.Path switch
        {
            "/api/models/maker/tiny/tree/main?recursive=true" => Page(["a.txt"], $"<{server!.Base}api/models/x?cursor=2>; rel=\"next\""),
            "/api/models/x?cursor=2" => Page(["m-Q8_0.gguf"], null),
            _ => HttpReply.File(call, DownloadFixture.Content),
        });

        Assert.EndsWith("m-Q8_0.gguf", (await fixture.GetAsync("hf:maker/tiny", Options(hub))).Path, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<html>", "did not answer with a list")]
    [InlineData("{\"error\":\"x\"}", "did not answer with a list")]
    [InlineData("null", "did not answer with a list")]
    public async Task An_answer_that_is_no_list_is_named(string body, string expected)
    {
        using var fixture = new DownloadFixture();
        await using var hub = new LoopbackServer(_ => new HttpReply(HttpStatusCode.OK, Encoding.UTF8.GetBytes(body)));

        Assert.Contains(expected, (await fixture.GetAsync("hf:maker/tiny", Options(hub))).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_whose_name_leads_out_of_the_store_is_never_chosen()
    {
        using var fixture = new DownloadFixture();
        await using var hub = Hub(["../../evil-Q4_K_M.gguf", "sub/../../evil-Q4_K_M.gguf", "m-Q8_0.gguf"]);

        Assert.EndsWith("m-Q8_0.gguf", (await fixture.GetAsync("hf:maker/tiny", Options(hub))).Path, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_recorded_choice_whose_file_is_gone_is_made_again()
    {
        using var fixture = new DownloadFixture();
        IReadOnlyList<string> files = ["m-Q4_K_M.gguf"];
        await using var hub = Hub(() => files);
        var first = await fixture.GetAsync("hf:maker/tiny", Options(hub));
        File.Delete(first.Path!);
        files = ["n-Q4_K_M.gguf"];

        Assert.EndsWith("n-Q4_K_M.gguf", (await fixture.GetAsync("hf:maker/tiny", Options(hub))).Path, StringComparison.Ordinal);
    }

    private static IReadOnlyList<string> Split(string files) => // names may hold spaces
        [.. files.Replace(".gguf ", ".gguf|", StringComparison.Ordinal).Replace(".md ", ".md|", StringComparison.Ordinal)
            .Replace(".safetensors ", ".safetensors|", StringComparison.Ordinal).Split('|', StringSplitOptions.RemoveEmptyEntries)];

    private static LoopbackServer Hub(IReadOnlyList<string> files) => Hub(() => files);

    private static LoopbackServer Hub(Func<IReadOnlyList<string>> files) => new(call =>
        call.Path.StartsWith("/api/", StringComparison.Ordinal) ? Page(files(), null) : HttpReply.File(call, DownloadFixture.Content));

    private static HttpReply Page(IReadOnlyList<string> files, string? link)
    {
        // The longer the name the larger the file.
        var entries = files.Select(static file => (object)new { type = "file", path = file, size = 1_000_000 * file.Length })
            .Prepend(new { type = "directory", path = "sub.gguf", size = 0 });
        var reply = new HttpReply(HttpStatusCode.OK, JsonSerializer.SerializeToUtf8Bytes(entries));
        return link is null ? reply : reply with { Headers = new() { ["Link"] = link } };
    }

    private static ModelDownloaderOptions Options(LoopbackServer server) => DownloadFixture.Options(server) with { CheckGguf = null };
}
