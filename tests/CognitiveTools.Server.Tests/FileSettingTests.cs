using System.Text.RegularExpressions;
using CognitiveTools.Reasoners;
using Microsoft.Extensions.DependencyInjection;

namespace CognitiveTools.Server.Tests;

/// <summary>No setting that is a file or a folder can be given in a request: nothing is opened, and nothing is said of it.</summary>
public sealed partial class FileSettingTests
{
    [Theory]
    [InlineData("steer:vector=PATH")]
    [InlineData("steer:vector=PATH/random")]
    [InlineData("maj:k=2,of=steer,of.vector=PATH")]
    public async Task A_file_that_a_request_names_is_not_opened_whether_it_is_there_or_not(string name)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "A named pipe blocks whoever opens it; Linux has them.");
        var folder = Directory.CreateTempSubdirectory("cogtools-").FullName;
        var pipe = Path.Combine(folder, "pipe.gguf");
        using (var made = System.Diagnostics.Process.Start("mkfifo", pipe))
            await made.WaitForExitAsync(TestContext.Current.CancellationToken);
        await using var server = await StartAsync();

        var messages = new List<string>();
        foreach (var path in new[] { pipe, Path.Combine(folder, "none.gguf"), folder })
        {
            var model = name.Replace("PATH", path, StringComparison.Ordinal);
            var (got, shown) = await server.GetAsync($"v1/models/{model}");
            var (asked, answer) = await server.PostAsync($$"""{"model":"{{model}}","messages":[{"role":"user","content":"x"}]}""");
            Assert.Equal((400, 400), (got, asked));
            Assert.Equal(shown.GetProperty("error").GetProperty("message").GetString(),
                answer.GetProperty("error").GetProperty("message").GetString());
            messages.Add(answer.GetProperty("error").GetProperty("message").GetString()!.Replace(path, "PATH", StringComparison.Ordinal));
        }

        Assert.Single(messages.Distinct());
        Assert.Contains("names a file", messages[0], StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void Every_setting_that_its_help_calls_a_file_is_refused_to_strangers()
    {
        using var services = Services(new ServiceCollection()).BuildServiceProvider();
        var catalog = services.GetRequiredService<ReasonerCatalog>();
        var settings = catalog.Factories
            .SelectMany(f => f.Settings.Where(s => FileSetting().IsMatch(s.Meaning)).Select(s => (f.Kind, s.Name)))
            .ToList();

        Assert.Contains(("steer", "vector"), settings);
        Assert.All(settings, s =>
        {
            var spec = ReasonerSpec.Parse($"{s.Kind}:{s.Name}=/nowhere/x.bin") with { IsForeign = true };
            Assert.Contains("names a file", Assert.Throws<ArgumentException>(() => catalog.Create(spec)).Message, StringComparison.Ordinal);
        });
    }

    private static Task<ServerUnderTest> StartAsync() => ServerUnderTest.StartAsync(services => Services(services));

    private static IServiceCollection Services(IServiceCollection services)
    {
        services.AddSingleton<IAnswerReader>(new WholeAnswer());
        services.AddLlama(llama => llama.Path = Path.Combine(AppContext.BaseDirectory, "mini.gguf"), engine => engine.Threads = 1);
        services.AddCognitiveTools(tools => tools.Profile = "mini");
        return services.AddLatentReasoning();
    }

    private sealed class WholeAnswer : IAnswerReader
    {
        public string? Read(string text) => text;
    }

    [GeneratedRegex("\\b(FILE|FOLDER|PATH|DIR)\\b", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FileSetting();
}
