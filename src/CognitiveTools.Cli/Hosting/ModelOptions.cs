using System.CommandLine;
using CognitiveTools.Cli.Configuration;
using CognitiveTools.Llama.Natives;

namespace CognitiveTools.Cli.Hosting;

/// <summary>The options of every command that uses a model.</summary>
internal sealed class ModelOptions
{
    // As many positions as the longest context that any model is trained for.
    private const int MostContext = 10 * 1024 * 1024;

    private readonly Option<string?> _model = new("--model", "-m")
    {
        Description = "A name from `cogtools models list`, a GGUF file, a recurrent-depth model's manifest (.json), hf:owner/repo/file.gguf or an address; +lora=FILE[@SCALE] and +set=KEY:VALUE behind it change it [default: the setting Model, docs/settings.md]",
        HelpName = "NAME|FILE",
    };

    private readonly Option<string?> _profile = new("--profile")
    {
        Description = "Prompt profile: a name, or a folder of prompts [default: the model's]",
        HelpName = "NAME|FOLDER",
    };

    private readonly Option<int?> _context = new Option<int?>("--context")
    {
        Description = "Positions one sequence may hold [default: what the model was trained for, at most 4096]",
        HelpName = "N",
    }.Within(16, MostContext);

    private readonly Option<int?> _threads = new Option<int?>("--threads")
    {
        Description = "Threads of a decode, 1 to 1024 [default: 1 for a model below 10 million parameters; else the cores, and half "
            + "of them above 4]",
        HelpName = "N",
    }.Within(1, 1024);

    private readonly Option<NativeVariant?> _backend = new("--backend")
    {
        Description = "Build of llama.cpp: auto (the fastest that is there), cpu, cuda, vulkan, metal (macOS); a GPU build without "
            + "a GPU is refused [default: auto]",
        HelpName = "NAME",
    };

    private readonly Option<int?> _gpuLayers = new Option<int?>("--gpu-layers")
    {
        Description = "Layers to place on a GPU, -1 for all [default: -1]",
        HelpName = "N",
    }.Within(-1, 10_000);

    private readonly Option<bool> _deterministic = new("--deterministic")
    {
        Description = "One sequence at a time and no prefix reuse, so that results do not depend on what else runs",
    };

    private readonly Option<string?> _host = new(EngineHosts.Option)
    {
        Description = "Where llama.cpp runs: inprocess, or process (one of its own, started again should it end) [default: the "
            + "setting Llama:Host, else inprocess]",
        HelpName = "PLACE",
    };

    private readonly Option<string?> _natives = new("--natives")
    {
        Description = "Folder of the llama.cpp libraries [default: the ones the build fetched]",
        HelpName = "FOLDER",
    };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _model, _profile, _context, _threads, _backend, _gpuLayers, _deterministic, _host, _natives })
            command.Options.Add(option);
    }

    public ModelChoice Read(ParseResult parse) => new()
    {
        Reference = parse.GetValue(_model),
        Profile = parse.GetValue(_profile),
        Context = parse.GetValue(_context),
        Threads = parse.GetValue(_threads),
        Backend = parse.GetValue(_backend),
        GpuLayers = parse.GetValue(_gpuLayers),
        Deterministic = parse.GetValue(_deterministic),
        Host = EngineHosts.Parse(parse.GetValue(_host), EngineHosts.Option),
        Natives = parse.GetValue(_natives),
        Verbose = parse.GetValue(CommandGuard.Verbose),
        Settings = SettingsLoader.Load(parse.InvocationConfiguration.Error),
    };
}
