using System.Text.Json;
using CognitiveTools.Files;
using CognitiveTools.Hosting;
using CognitiveTools.Identity;
using CognitiveTools.Reasoners;
using CognitiveTools.Testing;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace CognitiveTools.Tests.Identity;

public sealed class HostIdentityTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> ToolLines =>
    [
        .. from file in DataFiles.Embedded("tools/")
           from line in Enumerable.Range(0, file.Text("tools").Split('\n').Length)
           select $"{file.Name}:{line}",
    ];

    public static TheoryData<string> Prompts => [.. DataFiles.Embedded("prompts/default/").Select(file => file.Name)];

    public void Dispose() => _folder.Dispose();

    // A space at a line's end leaves the parsed value unchanged, so this covers every line.
    [Theory]
    [MemberData(nameof(ToolLines))]
    public async Task Any_line_of_any_tool_file_decides_the_identity(string place)
    {
        var (name, line) = (place.Split(':')[0], int.Parse(place.Split(':')[1]));
        var file = DataFiles.Embedded("tools/").Single(f => f.Name == name);
        var lines = file.Text("tools").Split('\n');
        _folder.Write(name, string.Join('\n', lines));
        var before = await IdentityAsync(tools => tools.ToolsFolder = _folder.Path);

        lines[line] += " ";
        _folder.Write(name, string.Join('\n', lines));
        var after = await IdentityAsync(tools => tools.ToolsFolder = _folder.Path);

        Assert.NotEqual(before.Tools, after.Tools);
        Assert.Equal(before.Donors, after.Donors);
    }

    [Theory]
    [MemberData(nameof(Prompts))]
    public async Task Any_prompt_decides_the_identity(string name)
    {
        foreach (var file in DataFiles.Embedded("prompts/default/"))
            _folder.Write(file.Name, file.Text("prompts"));
        var before = await IdentityAsync(tools => tools.PromptsFolder = _folder.Path);

        File.AppendAllText(Path.Combine(_folder.Path, name), "!");
        var after = await IdentityAsync(tools => tools.PromptsFolder = _folder.Path);

        Assert.NotEqual(before.Prompts, after.Prompts);
    }

    [Theory]
    [InlineData("cot", "mini")]
    [InlineData("tools", "mini")]
    [InlineData("maj:of=cot", "mini")]
    public async Task A_profile_that_an_arm_names_is_its_own_and_not_the_hosts(string arm, string profile)
    {
        var key = arm.StartsWith("maj", StringComparison.Ordinal) ? "of.profile" : "profile";
        var named = $"{arm}{(arm.Contains(':', StringComparison.Ordinal) ? ',' : ':')}{key}={profile}";

        Assert.Equal("default", (await IdentityAsync(_ => { }, arm)).Prompts?.Name);
        var identity = await IdentityAsync(_ => { }, named);
        Assert.Equal(profile, identity.Prompts?.Name);
        Assert.NotEqual((await IdentityAsync(_ => { }, arm)).Tools, identity.Tools);
    }

    [Fact]
    public async Task The_same_host_twice_is_the_same_and_another_reader_of_votes_is_not()
    {
        Assert.Equal(Text(await IdentityAsync(_ => { })), Text(await IdentityAsync(_ => { })));
        Assert.NotEqual(Text(await IdentityAsync(_ => { })),
            Text(await IdentityAsync(_ => { }, "cot", services => services.AddSingleton<IAnswerReader, Reader>())));
    }

    [Fact]
    public async Task A_client_of_the_hosts_own_is_named_by_its_metadata_and_what_it_can_do()
    {
        var model = Assert.Single((await IdentityAsync(_ => { })).Models);

        Assert.Equal(("scripted", "scripted"), (model.Name, model.Engine));
    }

    [Fact]
    public async Task Files_of_an_arm_are_hashed_and_the_code_of_every_factory_is_named()
    {
        var identity = await IdentityAsync(_ => { }, "reads:file=weights",
            services => services.AddSingleton<IReasonerFactory>(new Reading(_folder.Path)));
        _folder.Write("weights", "other");
        var changed = await IdentityAsync(_ => { }, "reads:file=weights",
            services => services.AddSingleton<IReasonerFactory>(new Reading(_folder.Path)));

        Assert.NotEqual(identity.Files["weights"], changed.Files["weights"]);
        Assert.Equal(["CognitiveTools", "CognitiveTools.Tests"], identity.Code.Keys);
    }

    private static async Task<ReasonerIdentity> IdentityAsync(Action<CognitiveToolsOptions> configure, string arm = "tools",
        Action<IServiceCollection>? add = null)
    {
        var services = new ServiceCollection().AddCognitiveTools(configure);
        services.AddKeyedSingleton<IChatClient>("verbal", new ScriptedChatClient());
        add?.Invoke(services);
        await using var host = services.BuildServiceProvider();
        return await host.GetRequiredService<ReasonerCatalog>()
            .IdentifyAsync(ReasonerSpec.Parse(arm), TestContext.Current.CancellationToken);
    }

    private static string Text(ReasonerIdentity identity) => JsonSerializer.Serialize(identity);

    private sealed class Reader : IAnswerReader
    {
        public string? Read(string text) => text;
    }

    private sealed class Reading : IReasonerFactory
    {
        private readonly string _folder;

        public Reading(string folder)
        {
            _folder = folder;
            if (!File.Exists(Path.Combine(folder, "weights")))
                File.WriteAllText(Path.Combine(folder, "weights"), "first");
        }

        public string Kind => "reads";

        public string Description => "Reads a file.";

        public IReasoner Create(ReasonerSpec spec) => throw new NotSupportedException();

        public ReasonerInputs InputsOf(ReasonerSpec spec) =>
            new() { Files = SortedFacts.Of([new(spec.Settings["file"], Path.Combine(_folder, spec.Settings["file"]))]) };
    }
}
