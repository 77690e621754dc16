using System.CommandLine;
using System.CommandLine.Completions;
using CognitiveTools.Cli.Configuration;
using CognitiveTools.Cli.Help;
using CognitiveTools.Llama.Natives;
using CognitiveTools.Models.Catalog;

namespace CognitiveTools.Cli.Hosting;

/// <summary>The options of every command that uses a model.</summary>
/// <param name="runsReasoners">
/// Whether the command runs reasoners. One that does not works on the library itself: it needs no prompts and no determinism, and it
/// always runs llama.cpp in this process.
/// </param>
internal sealed class ModelOptions(bool runsReasoners = true)
{
    // As many positions as the longest context that any model is trained for.
    private const int MostContext = 10 * 1024 * 1024;

    private readonly Option<string?> _model = new("--model", "-m")
    {
        Description = "A name from `cogtools models list`, a GGUF file (of a split model, any part) or a folder with one, a "
            + "recurrent-depth model's manifest (.json), hf:owner/repo[:QUANT], hf:owner/repo/file.gguf, ollama:NAME (from Ollama's files "
            + "on this machine) or an address; append +lora=FILE[@SCALE] or +set=KEY:VALUE to change it "
            + "[default: the setting Model, docs/settings.md]",
        HelpName = "NAME|FILE",
    };

    private readonly Option<string?> _profile = new("--profile")
    {
        Description = "Prompt profile: a name, or a folder of prompts [default: the model's]",
        HelpName = "NAME|FOLDER",
    };

    private readonly Option<string?> _template = new("--chat-template")
    {
        Description = "Chat template: a file with Jinja text, or the name of one of llama.cpp's built-in templates such as chatml "
            + "[default: the model's own]",
        HelpName = "FILE|NAME",
    };

    private readonly Option<int?> _context = new Option<int?>("--context")
    {
        Description = "Positions that one sequence can hold [default: what the model was trained for, at most 32768 or what "
            + "--max-tokens needs, less where memory is short]",
        HelpName = "N",
    }.Within(16, MostContext);

    private readonly Option<string?> _cache = new("--cache-type")
    {
        Description = "How keys and values are stored in the cache: f16, or q8_0 (half the memory, slightly other results) "
            + "[default: the setting Llama:CacheType, else f16]",
        HelpName = "TYPE",
    };

    private readonly Option<int?> _threads = new Option<int?>("--threads")
    {
        Description = "Threads of a decode, 1 to 1024 [default: 1 for a model below 10 million parameters, else the number of cores, "
            + "half of it above 4]",
        HelpName = "N",
    }.Within(1, 1024);

    private readonly Option<NativeVariant?> _backend = new("--backend")
    {
        Description = "Build of llama.cpp: auto (the fastest one installed), cpu, cuda, vulkan, metal (macOS); a GPU build is refused "
            + "without a GPU [default: auto]",
        HelpName = "NAME",
    };

    private readonly Option<int?> _gpuLayers = new Option<int?>("--gpu-layers")
    {
        Description = "Layers to place on a GPU, -1 for all [default: -1]",
        HelpName = "N",
    }.Within(-1, 10_000);

    private readonly Option<bool> _deterministic = new("--deterministic")
    {
        Description = "Run one sequence at a time without prefix reuse, so that results do not depend on other work",
    };

    private readonly Option<string?> _host = new(EngineHosts.Option)
    {
        Description = "Where llama.cpp runs: inprocess, or process (a worker process that is restarted if it exits) "
            + "[default: the setting Llama:Host, else inprocess]",
        HelpName = "PLACE",
    };

    private readonly Option<string?> _natives = new("--natives")
    {
        Description = "Folder of the llama.cpp libraries [default: the choice of `cogtools natives use`, else next to the program]",
        HelpName = "FOLDER",
    };

    public void AddTo(Command command)
    {
        _model.CompletionSources.Add(
            static _ => ModelCatalog.Load().Entries.Select(static entry => new CompletionItem(entry.Name)));
        command.AddGroup(HelpGroup.Model, _model);
        if (runsReasoners)
            command.AddGroup(HelpGroup.Model, _profile);
        _cache.AcceptOnlyFromAmong("f16", "q8_0");
        command.AddGroup(HelpGroup.Model, _template);
        command.AddGroup(HelpGroup.Engine, _context, _cache, _threads, _backend, _gpuLayers);
        if (runsReasoners)
            command.AddGroup(HelpGroup.Engine, _deterministic, _host);
        command.AddGroup(HelpGroup.Engine, _natives);
    }

    public ModelChoice Read(ParseResult parse)
    {
        var choice = new ModelChoice
        {
            Reference = parse.GetValue(_model),
            ChatTemplate = parse.GetValue(_template),
            Context = parse.GetValue(_context),
            CacheType = parse.GetValue(_cache),
            Threads = parse.GetValue(_threads),
            Backend = parse.GetValue(_backend),
            GpuLayers = parse.GetValue(_gpuLayers),
            Natives = parse.GetValue(_natives),
            Verbose = parse.GetValue(CommandGuard.Verbose),
            Settings = SettingsLoader.Load(parse.InvocationConfiguration.Error),
        };
        return runsReasoners
            ? choice with
            {
                Profile = parse.GetValue(_profile),
                Deterministic = parse.GetValue(_deterministic),
                Host = EngineHosts.Parse(parse.GetValue(_host), EngineHosts.Option),
            }
            : choice with { Host = EngineHost.InProcess };
    }
}
