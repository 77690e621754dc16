using CognitiveTools.Cli.Problems;
using CognitiveTools.Llama.Natives;
using CognitiveTools.Llama.Workers;
using CognitiveTools.Models.Catalog;
using CognitiveTools.Text;

namespace CognitiveTools.Cli.Configuration;

/// <summary>All settings. Reading, checking, messages and the table of docs/settings.md come from this list.</summary>
internal static class SettingTable
{
    /// <summary>Prefix of environment variables that are settings.</summary>
    public const string Prefix = "COGTOOLS_";

    /// <summary>The model that commands use when none is named.</summary>
    public const string Model = "Model";

    /// <summary>The folder of the llama.cpp libraries.</summary>
    public const string Natives = "Llama:NativesDirectory";

    /// <summary>The least level of the sandbox for Python.</summary>
    public const string SandboxLeastLevel = "Sandbox:LeastLevel";

    /// <summary>Programs of models that run at once.</summary>
    public const string SandboxConcurrentRuns = "Sandbox:ConcurrentRuns";

    private const SettingReach Plain = SettingReach.Plain, Code = SettingReach.Code, Prompts = SettingReach.Prompts, Disclosure = SettingReach.Disclosure, AppsOnly = SettingReach.AppsOnly;

    private static readonly SettingForm Text = SettingForm.Text, FullPath = SettingForm.FullPath, Switch = SettingForm.Switch;

    /// <summary>The settings, in the order in which they are documented.</summary>
    public static IReadOnlyList<Setting> All { get; } =
    [
        new(Model, Plain, Text, "tinyllama", "The model that commands use when `--model` is left out: what `--model` takes. In the current folder's file only a name of `cogtools models list`."),
        new("Llama:Host", Plain, SettingForm.OneOf("inprocess", "process"), "inprocess", "Where llama.cpp runs: in this process, or in one of its own that is started again should it end."),
        new("Llama:Variant", Plain, SettingForm.OneOf([.. Enum.GetNames<NativeVariant>().Select(static name => name.ToLowerInvariant())]), "auto", "Which build of llama.cpp runs, of those beside the program."),
        new("Llama:AllowCpuFallback", Plain, Switch, "false", "Whether a GPU build that finds no GPU may run on the CPU."),
        new("Llama:GpuLayers", Plain, SettingForm.Number(-1, 10_000), "-1", "Layers placed on a GPU; -1 for all."),
        new("Llama:MemoryMap", Plain, Switch, "true", "Whether the model's file is mapped instead of read."),
        new("Llama:ContextLength", Plain, SettingForm.Number(16), "what the model was trained for, 4096 at most", "Positions one sequence may hold."),
        new("Llama:CacheLength", Plain, SettingForm.Number(16), "four times the context length", "Positions all sequences may hold together."),
        new("Llama:MaxSequences", Plain, SettingForm.Number(1, 256), "32", "Sequences that may be open at once, idle prefixes included."),
        new("Llama:IdlePrefixes", Plain, SettingForm.Number(0, 256), "8", "Idle prefixes kept for reuse."),
        new("Llama:BatchSize", Plain, SettingForm.Number(1, 8192), "512", "Rows of one decode at most."),
        new("Llama:Threads", Plain, SettingForm.Number(1, 1024), "the cores, half of them above four; 1 for very small models", "Threads of a decode with few rows."),
        new("Llama:BatchThreads", Plain, SettingForm.Number(1, 1024), "as Llama:Threads", "Threads of a decode with many rows."),
        new("Llama:PlainAttention", Plain, Switch, "false", "Attention by matrix products: small models step faster, and the last bits of a result depend on what was in the cache."),
        new("Llama:Deterministic", Plain, Switch, "false", "One sequence at a time and no prefix reuse."),
        new("Llama:LaneTimeout", Plain, SettingForm.Duration, "00:00:30", "How long a request waits for a lane while nothing runs."),
        new("CognitiveTools:Profile", Plain, Text, "the one that the model's catalog entry names, else default", "The prompt profile: the name of an embedded one."),
        new(Natives, Code, FullPath, "runtimes/ beside the program", "Folder of the llama.cpp libraries that are loaded; `cogtools natives use` sets it."),
        new(SandboxLeastLevel, Code, SettingForm.OneOf("process", "namespaces", "os-sandbox"), "namespaces", "The least level of the sandbox at which Python that a model wrote is run; below it, it is refused."),
        new(SandboxConcurrentRuns, Code, SettingForm.Number(1, 1024), "the number of processors", "Programs of models that run at once; others wait."),
        new("CognitiveTools:PromptsFolder", Prompts, FullPath, "the embedded profile", "A folder of prompts in place of a profile."),
        new("CognitiveTools:ToolsFolder", Prompts, FullPath, "the embedded tools alone", "A folder of further tools: YAML files with their prompts."),
        new("CognitiveTools:Donors", Prompts, Text, "eight short problems", "Questions whose tool outputs the ablation `isolation=shuffled` hands over: a list of `Id` and `Text`.") { HasParts = true },
        new("CognitiveTools:RecordContent", Disclosure, Switch, "false", "Whether telemetry holds prompts and answers."),
        new("OpenAI:Timeout", Disclosure, SettingForm.Duration, "00:05:00", "Time without an answer after which an attempt at an endpoint is given up."),
        new("OpenAI:TokenLimitName", Disclosure, SettingForm.OneOf("max_tokens", "max_completion_tokens"), "max_tokens", "The name under which an endpoint reads the limit of tokens."),
        new("OpenAI:FunctionCalls", Disclosure, Switch, "true", "Whether the tool loop asks an endpoint for native function calls."),
        new("OpenAI:Stream", Disclosure, Switch, "true", "Whether an endpoint is asked for its answers as a stream."),
        new("Llama:Path", AppsOnly, Text, "", "In cogtools: `Model`, or `--model`."),
        new("Llama:ChatTemplate", AppsOnly, Text, "", "In cogtools: the model's own template."),
        new("Llama:Lora", AppsOnly, Text, "", "In cogtools: `--model NAME+lora=FILE`."),
        new("Llama:LoraScale", AppsOnly, Text, "", "In cogtools: `--model NAME+lora=FILE@SCALE`."),
        new("Llama:Overrides", AppsOnly, Text, "", "In cogtools: `--model NAME+set=KEY:VALUE`.") { HasParts = true },
        new("OpenAI:Endpoint", AppsOnly, Text, "", "In cogtools: `--endpoint`."),
        new("OpenAI:Model", AppsOnly, Text, "", "In cogtools: `--endpoint-model`."),
        new("OpenAI:ApiKey", AppsOnly, Text, "", "In cogtools: an environment variable, `--endpoint-key-variable`."),
        new("OpenAI:ApiKeyVariable", AppsOnly, Text, "", "In cogtools: `--endpoint-key-variable`."),
        new("OpenAI:Retries", AppsOnly, Text, "", "In cogtools: the harness repeats requests itself, and counts them."),
    ];

    /// <summary>Environment variables with the prefix that are not settings.</summary>
    public static IReadOnlyList<string> OtherVariables { get; } =
    [
        NativeLibraryLocator.EnvironmentVariable, ModelStore.FolderVariable, ProblemReader.FolderVariable, LlamaWorkerHost.EnvironmentVariable,
        "COGTOOLS_API_KEY", "COGTOOLS_DATA", "COGTOOLS_CHROMIUM", "COGTOOLS_BROWSER_REQUIRED", "COGTOOLS_INJECTION_MODEL",
        "COGTOOLS_BUILD_ARGS", "COGTOOLS_GPU_BACKEND",
    ];

    /// <summary>Prefix that some variables had before; they have no effect.</summary>
    public const string FormerPrefix = "COGNITIVETOOLS_";

    /// <summary>The variable that an unknown key may have been meant to be; <see langword="null"/> when a setting is nearer.</summary>
    public static string? NearVariable(string key) =>
        Nearest.Of(key, All.Select(static setting => setting.Key)) is null
        && Nearest.Of(key, OtherVariables.Select(static name => name[Prefix.Length..])) is { } near
            ? Prefix + near
            : null;

    /// <summary>The setting that a key belongs to, in any case of letters; <see langword="null"/> for an unknown key.</summary>
    public static Setting? Find(string key) => All.FirstOrDefault(setting => setting.Covers(key));

    /// <summary>A sentence with the known key that an unknown one may have been meant to be, or where all of them stand.</summary>
    public static string Hint(string key)
    {
        var near = Nearest.Of(key, All.Select(static setting => setting.Key));
        if (near is null && Nearest.Of(Last(key), All.Select(static setting => Last(setting.Key))) is { } part) // the section was left out
            near = All.First(setting => Last(setting.Key) == part).Key;
        return near is null ? "docs/settings.md lists the settings." : $"Did you mean {near}?";

        static string Last(string key) => key[(key.LastIndexOf(':') + 1)..];
    }
}
