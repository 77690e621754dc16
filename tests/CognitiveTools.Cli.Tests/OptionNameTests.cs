using CognitiveTools.Cli.Configuration;
using CognitiveTools.TestServers;

namespace CognitiveTools.Cli.Tests;

/// <summary>Messages name what the user of the command line wrote, not settings of applications.</summary>
public sealed class OptionNameTests(TinyFiles files) : IClassFixture<TinyFiles>
{
    [Fact]
    public async Task A_wrong_profile_is_named_once_by_its_option()
    {
        foreach (var profile in (string[])["nothing", files.PathOf("no-folder")])
        {
            var run = await CommandRun.OfAsync("ask", "Hi", "-m", files.Model, "--profile", profile, "--threads", "1");

            Assert.Equal(ExitCodes.BadInput, run.ExitCode);
            Assert.StartsWith("cogtools: --profile: ", run.Error, StringComparison.Ordinal);
            Assert.DoesNotContain("CognitiveTools:", run.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Remedies_for_an_endpoint_name_its_options()
    {
        var server = await ChatCompletionsServer.StartAsync(static _ => new ChatReply("x"), key: "right");
        string[] ask = ["ask", "x", "-r", "cot", "--endpoint", server.Endpoint, "--endpoint-model", ChatCompletionsServer.Model];
        var refused = await CommandRun.OfAsync(ask);
        await server.DisposeAsync();
        var dead = await CommandRun.OfAsync(ask);
        var page = await ChatCompletionsServer.StartAsync(static _ => new ChatReply("") { Body = "<html></html>" });
        var other = await CommandRun.OfAsync(
            "ask", "x", "-r", "cot", "--endpoint", page.Endpoint, "--endpoint-model", ChatCompletionsServer.Model);
        await page.DisposeAsync();
        var wrong = await CommandRun.OfAsync("ask", "x", "--endpoint", "localhost", "--endpoint-model", "x");

        Assert.Contains("name that in --endpoint-key-variable", refused.Error, StringComparison.Ordinal);
        Assert.Contains("is --endpoint its address?", dead.Error, StringComparison.Ordinal);
        Assert.Contains("Is --endpoint the address of an API", other.Error, StringComparison.Ordinal);
        Assert.StartsWith("cogtools: --endpoint is not an absolute", wrong.Error, StringComparison.Ordinal);
        Assert.All([refused, dead, other, wrong], static run =>
        {
            Assert.DoesNotContain("OpenAI:", run.Error, StringComparison.Ordinal);
            Assert.DoesNotContain("Exception", run.Error, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task Code_without_a_prompt_for_it_is_refused_with_words_for_the_command_line()
    {
        var run = await CommandRun.OfAsync("ask", "Hi", "-m", "mini", "-r", "tools:code=on", "--threads", "1");

        Assert.Equal(ExitCodes.BadInput, run.ExitCode);
        Assert.Contains("--profile", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("services.", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("OpenAI:Endpoint", "--endpoint")]
    [InlineData("OpenAI:ApiKeyVariable", "--endpoint-key-variable")]
    [InlineData("OpenAI:Timeout", "OpenAI:Timeout")]
    [InlineData("Llama:Lora", "--model NAME+lora=FILE")]
    [InlineData("no:setting", "no:setting")]
    public void A_setting_for_applications_goes_by_the_option_in_its_place(string key, string expected) =>
        Assert.Equal(expected, SettingTable.NameOf(key));
}
