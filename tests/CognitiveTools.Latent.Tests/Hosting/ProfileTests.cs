using CognitiveTools.Latent.Tests.Fakes;
using CognitiveTools.Latents;
using CognitiveTools.Reasoners;
using CognitiveTools.Testing;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace CognitiveTools.Latent.Tests.Hosting;

/// <summary>
/// The setting <c>profile</c> means the same to latent and verbal reasoners, so that arms which read alike are asked alike.
/// </summary>
public sealed class ProfileTests : IDisposable
{
    private static readonly Question Question = new("q", "ab?");

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cogtools-profile-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("")]
    [InlineData("profile=default")]
    [InlineData("profile=mini")]
    public async Task Latent_reasoners_ask_what_the_verbal_one_asks_with_the_hosts_own_prompts_and_tools(string profile)
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "direct.md"), "<<user>>\nThe host's own words: {{question}}",
            TestContext.Current.CancellationToken);
        var tokenizer = new NotingTokenizer();
        var verbal = new ScriptedChatClient("ANSWER: 1");
        await using var services = new ServiceCollection()
            .AddCognitiveTools(tools => tools.ToolsFolder = _folder.FullName)
            .AddLatentReasoning()
            .AddKeyedSingleton<IChatClient>("verbal", verbal)
            .AddSingleton<ILatentModel>(new FakeLatentModel { ContextLength = 4096, AnswerLength = 1, Tokenizer = tokenizer })
            .BuildServiceProvider();
        var catalog = services.GetRequiredService<ReasonerCatalog>();

        await SolveAsync(catalog, profile.Length == 0 ? "direct" : "direct:" + profile);
        var asked = verbal.Requests.Single().Messages.Single().Text;
        foreach (var arm in new[] { "latent:steps=1", "pause:steps=1,token=." })
        {
            await SolveAsync(catalog, profile.Length == 0 ? arm : $"{arm},{profile}");
            Assert.Equal(asked, tokenizer.Asked.Last());
        }

        Assert.StartsWith("The host's own words: ab?", asked, StringComparison.Ordinal);
    }

    private static Task<Reasoning> SolveAsync(ReasonerCatalog catalog, string arm) =>
        catalog.Create(ReasonerSpec.Parse(arm)).SolveAsync(Question, SolveOptions.Default, TestContext.Current.CancellationToken);

    private sealed class NotingTokenizer : ILatentTokenizer
    {
        private readonly FakeTokenizer _inner = new();

        public List<string> Asked { get; } = [];

        public int[] EncodeChat(IEnumerable<ChatMessage> messages)
        {
            ChatMessage[] all = [.. messages];
            Asked.Add(all.Single().Text);
            return _inner.EncodeChat(all);
        }

        public int[] Encode(string text) => _inner.Encode(text);

        public int? Find(string text) => _inner.Find(text);

        public string Describe(int token) => _inner.Describe(token);

        public bool IsEndOfTurn(int token) => _inner.IsEndOfTurn(token);
    }
}
