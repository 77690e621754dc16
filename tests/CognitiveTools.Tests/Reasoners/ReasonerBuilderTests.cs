using CognitiveTools.Reasoners;
using CognitiveTools.Testing;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace CognitiveTools.Tests.Reasoners;

public sealed class ReasonerBuilderTests
{
    [Fact]
    public async Task The_layer_added_first_is_the_outermost()
    {
        var reasoner = new Answering("x").AsBuilder().Use(inner => new Marking(inner, "1")).Use(inner => new Marking(inner, "2")).Build();
        Assert.Equal("1(2(x))", (await SolveAsync(reasoner)).Answer);
    }

    [Fact]
    public async Task A_delegating_reasoner_changes_nothing() =>
        Assert.Equal("x", (await SolveAsync(new Plain(new Answering("x")))).Answer);

    [Fact]
    public void A_layer_gets_the_services_or_an_empty_provider()
    {
        using var services = new ServiceCollection().AddSingleton("a service").BuildServiceProvider();
        var given = new List<string?>();
        var builder = new Answering("x").AsBuilder().Use((inner, provider) =>
        {
            given.Add(provider.GetService<string>());
            return inner;
        });
        builder.Build(services);
        builder.Build();
        Assert.Equal(["a service", null], given);
    }

    [Fact]
    public void A_layer_that_makes_nothing_is_named()
    {
        var builder = new Answering("x").AsBuilder().Use(inner => inner).Use(_ => null!);
        Assert.Contains("layer 2 of 2", Assert.Throws<InvalidOperationException>(() => builder.Build()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Every_reasoner_of_a_host_is_wrapped_wherever_the_layer_is_registered(bool first)
    {
        var specs = new List<ReasonerSpec?>();
        var services = new ServiceCollection();
        if (first)
            services.ConfigureReasoners(Wrap);
        services.AddCognitiveTools();
        services.AddKeyedSingleton<IChatClient>("verbal", new ScriptedChatClient(_ => "ANSWER: 4"));
        if (!first)
            services.ConfigureReasoners(Wrap);
        await using var provider = services.BuildServiceProvider();
        var catalog = provider.GetRequiredService<ReasonerCatalog>();
        foreach (var kind in (string[])["direct", "tools"])
            Assert.Equal("wrapped(ANSWER: 4)", (await SolveAsync(catalog.Create(ReasonerSpec.Parse(kind)))).Answer);
        Assert.Equal(["direct", "tools"], specs.Select(spec => spec!.Kind));

        void Wrap(ReasonerBuilder builder)
        {
            specs.Add(builder.Spec);
            builder.Use(inner => new Marking(inner, "wrapped"));
        }
    }

    [Fact]
    public async Task A_layer_changes_the_identity_of_a_reasoner_by_its_assembly()
    {
        await using var with = new ServiceCollection().AddCognitiveTools().ConfigureReasoners(builder => builder.Use(inner => inner)).BuildServiceProvider();
        await using var without = new ServiceCollection().AddCognitiveTools().BuildServiceProvider();
        var name = typeof(ReasonerBuilderTests).Assembly.GetName().Name!;
        Assert.Contains(name, (await IdentifyAsync(with)).Code.Keys);
        Assert.DoesNotContain(name, (await IdentifyAsync(without)).Code.Keys);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_chat_client_of_reasoners_is_wrapped_wherever_the_layer_is_registered_and_once(bool first)
    {
        var wrapped = 0;
        var services = new ServiceCollection();
        if (first)
            services.ConfigureVerbalClient(Count).ConfigureVerbalClient(Count);
        services.AddCognitiveTools().AddKeyedSingleton<IChatClient>("verbal", new ScriptedChatClient(_ => "ANSWER: 4"));
        if (!first)
            services.ConfigureVerbalClient(Count).ConfigureVerbalClient(Count);
        await using var provider = services.BuildServiceProvider();
        var catalog = provider.GetRequiredService<ReasonerCatalog>();
        await SolveAsync(catalog.Create(ReasonerSpec.Parse("direct")));
        await SolveAsync(catalog.Create(ReasonerSpec.Parse("cot")));
        Assert.Equal(1, wrapped);

        void Count(ChatClientBuilder builder) => builder.Use(inner =>
        {
            wrapped++;
            return inner;
        });
    }

    private static async Task<CognitiveTools.Identity.ReasonerIdentity> IdentifyAsync(IServiceProvider services) =>
        await services.GetRequiredService<ReasonerCatalog>().IdentifyAsync(ReasonerSpec.Parse("direct"), TestContext.Current.CancellationToken);

    private static Task<Reasoning> SolveAsync(IReasoner reasoner) =>
        reasoner.SolveAsync(new Question("q", "2+2?"), SolveOptions.Default, TestContext.Current.CancellationToken);

    private sealed class Answering(string answer) : IReasoner
    {
        public Task<Reasoning> SolveAsync(Question question, SolveOptions options, CancellationToken cancellationToken = default) =>
            Task.FromResult(new Reasoning(answer, [], Usage.None, StopReason.Completed));
    }

    private sealed class Plain(IReasoner inner) : DelegatingReasoner(inner);

    private sealed class Marking(IReasoner inner, string mark) : DelegatingReasoner(inner)
    {
        public override async Task<Reasoning> SolveAsync(Question question, SolveOptions options, CancellationToken cancellationToken = default)
        {
            var reasoning = await base.SolveAsync(question, options, cancellationToken);
            return reasoning with { Answer = $"{mark}({reasoning.Answer})" };
        }
    }
}
