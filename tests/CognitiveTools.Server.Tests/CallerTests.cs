using System.Net;
using CognitiveTools.Chat;
using CognitiveTools.Server.Hosting;
using CognitiveTools.Testing;
using OpenAI.Chat;

namespace CognitiveTools.Server.Tests;

/// <summary>Who asks, under which name, and what one caller learns of another.</summary>
public sealed class CallerTests
{
    private const string Ask = """{"model":"plain","messages":[{"role":"user","content":"x"}]}""";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("127.0.0.1", "site.example", false)]
    [InlineData("127.0.0.1", "10.1.2.3", false)]
    [InlineData("127.0.0.1", "2130706433", false)]
    [InlineData("127.0.0.1", "0x7f.1", false)]
    [InlineData("127.0.0.1", "127.1", false)]
    [InlineData("127.0.0.1", "0177.0.0.1", false)]
    [InlineData("127.0.0.1", "[::1]", true)]
    [InlineData("0.0.0.0", "2130706433", false)]
    [InlineData("127.0.0.1", "localhost", true)]
    [InlineData("127.0.0.1", "proxy.example", true)]
    [InlineData("0.0.0.0", "site.example", false)]
    [InlineData("0.0.0.0", "10.1.2.3", true)]
    [InlineData("0.0.0.0", "localhost", true)]
    [InlineData("0.0.0.0", "PROXY.example", true)]
    public async Task A_name_that_may_belong_to_a_web_site_is_not_answered_to(string listen, string host, bool isAnswered)
    {
        await using var server = await ServerUnderTest.StartAsync(new ScriptedChatClient("yes"),
            options => options with { Host = listen, ApiKeys = ["sesame"], AllowedHosts = ["proxy.example"] });
        using var request = new HttpRequestMessage(HttpMethod.Get,
            $"http://127.0.0.1:{new Uri(server.Endpoint).Port}/v1/models")
        {
            Headers = { Host = host,
            Authorization = new("Bearer", "sesame") }
        };

        using var response = await server.Http.SendAsync(request, Token);

        Assert.Equal(isAnswered ? HttpStatusCode.OK : HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Theory]
    [InlineData("Origin", "http://evil.example", false)]
    [InlineData("Origin", "null", false)]
    [InlineData("Origin", "", false)]
    [InlineData("Origin", "file://", false)]
    [InlineData("Origin", "chrome-extension://localhost", false)]
    [InlineData("Origin", "http://localhost.evil.example", false)]
    [InlineData("Origin", "http://localhost:1", false)] // another server's page on this machine
    [InlineData("Origin", "http://127.0.0.1@evil.example", false)]
    [InlineData("Origin", "http://2130706433:PORT", false)]
    [InlineData("Origin", "http://127.0.0.1:PORT/path", false)]
    [InlineData("Origin", "http://127.0.0.1:PORT", true)]
    [InlineData("Origin", "http://LOCALHOST:PORT", true)]
    [InlineData("Origin", "http://[::1]:PORT", true)]
    [InlineData("Origin", "https://proxy.example", true)]
    [InlineData("Sec-Fetch-Site", "cross-site", false)]
    [InlineData("Sec-Fetch-Site", "same-site", false)]
    [InlineData("Sec-Fetch-Site", "same-origin", true)]
    [InlineData("Sec-Fetch-Site", "none", true)]
    public async Task A_page_of_another_origin_is_refused_everywhere_but_at_health(string header, string value, bool isAnswered)
    {
        var model = new ScriptedChatClient(_ => "yes");
        await using var server = await ServerUnderTest.StartAsync(model, options => options with { AllowedHosts = ["proxy.example"] });
        var sent = value.Replace("PORT", $"{new Uri(server.Endpoint).Port}", StringComparison.Ordinal);

        foreach (var (method, path) in new[] { (HttpMethod.Post, "v1/chat/completions"), (HttpMethod.Get, "v1/models"),
            (HttpMethod.Get, "v1/models/plain"), (HttpMethod.Get, "metrics"), (HttpMethod.Get, "health") })
        {
            using var request = new HttpRequestMessage(method, path);
            Assert.True(request.Headers.TryAddWithoutValidation(header, sent));
            if (method == HttpMethod.Post)
                request.Content = new StringContent(Ask, new System.Net.Http.Headers.MediaTypeHeaderValue("application/json"));

            using var response = await server.Http.SendAsync(request, Token);

            var isServed = isAnswered || path == "health";
            Assert.Equal((path, isServed ? HttpStatusCode.OK : HttpStatusCode.Forbidden), (path, response.StatusCode));
            if (!isServed)
                Assert.Contains("origin_not_allowed", await response.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        }

        Assert.Equal(isAnswered ? 1 : 0, model.Requests.Count);
    }

    [Fact]
    public async Task Each_of_several_keys_has_a_part_of_the_prefix_cache_of_its_own()
    {
        var partitions = new List<string?>();
        var model = new ScriptedChatClient(_ =>
        {
            partitions.Add(CachePartition.Current);
            return "ANSWER: 1";
        });
        await using var server = await ServerUnderTest.StartAsync(model, options => options with { ApiKeys = ["one", "two"] });

        foreach (var (key, name) in new[] { ("one", "plain"), ("two", "plain"), ("one", "cot"), ("two", "tools") })
            await server.OpenAI(name, key).CompleteChatAsync([new UserChatMessage("x")], cancellationToken: Token);

        Assert.Equal(partitions[0], partitions[2]);
        Assert.Equal(partitions[1], partitions[3]);
        Assert.Equal(2, partitions.Where(p => p is not null).Distinct().Count());
    }

    [Fact]
    public async Task A_wrong_key_of_several_is_refused()
    {
        await using var server = await ServerUnderTest.StartAsync(new ScriptedChatClient("yes"),
            options => options with { ApiKeys = ["one", "two"] });

        foreach (var wrong in new[] { "three", "on", "one,two", "" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "v1/models");
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {wrong}");
            using var response = await server.Http.SendAsync(request, Token);
            Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_the_cache_served_is_said_only_when_the_operator_wants_it(bool reports)
    {
        await using var server = await ServerUnderTest.StartAsync(new PiecesChatClient(["a"], cached: 5),
            options => options with { ReportsCachedTokens = reports });

        var plain = (await server.PostAsync(Ask)).Body.GetProperty("usage");
        var reasoner = (await server.PostAsync(Ask.Replace("plain", "cot", StringComparison.Ordinal))).Body.GetProperty("usage");

        Assert.Equal(reports, plain.TryGetProperty("prompt_tokens_details", out var details)
            && details.GetProperty("cached_tokens").GetInt32() == 5);
        Assert.Equal(reports, reasoner.GetProperty("positions_details").TryGetProperty("cached", out var cached) && cached.GetInt32() == 5);
        if (!reports)
            Assert.DoesNotContain("cached", $"{plain}{reasoner}", StringComparison.Ordinal);
    }
}
