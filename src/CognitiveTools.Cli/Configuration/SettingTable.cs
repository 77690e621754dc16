using System.Text.RegularExpressions;
using CognitiveTools.Cli.Problems;
using CognitiveTools.Llama.Natives;
using CognitiveTools.Llama.Workers;
using CognitiveTools.Models.Catalog;
using CognitiveTools.Text;

namespace CognitiveTools.Cli.Configuration;

/// <summary>All settings. Reading, checking, messages and the table of docs/settings.md come from this list.</summary>
internal static partial class SettingTable
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

    private const SettingReach Plain = SettingReach.Plain;
    private const SettingReach Code = SettingReach.Code;
    private const SettingReach Prompts = SettingReach.Prompts;
    private const SettingReach Disclosure = SettingReach.Disclosure;
    private const SettingReach AppsOnly = SettingReach.AppsOnly;

    private static readonly string[] Variants = [.. Enum.GetNames<NativeVariant>().Select(static name => name.ToLowerInvariant())];

    private static readonly SettingForm Text = SettingForm.Text, FullPath = SettingForm.FullPath, Switch = SettingForm.Switch;

    /// <summary>The settings, in the order in which they are documented.</summary>
    public static IReadOnlyList<Setting> All { get; } =
    [
        new(Model, Plain, Text, "tinyllama",
            "The model that commands use without `--model`. In the current folder's file it must be a name of `cogtools models list`."),
        new("Llama:Host", Plain, SettingForm.OneOf("inprocess", "process"), "inprocess",
            "Where llama.cpp runs: in this process, or in a worker process that is restarted if it exits."),
        new("Llama:Variant", Plain, SettingForm.OneOf(Variants), "auto",
            "Which of the installed builds of llama.cpp runs."),
        new("Llama:AllowCpuFallback", Plain, Switch, "false", "Whether a GPU build that finds no GPU may run on the CPU."),
        new("Llama:GpuLayers", Plain, SettingForm.Number(-1, 10_000), "-1", "Layers placed on a GPU; -1 for all."),
        new("Llama:MemoryMap", Plain, Switch, "true", "Whether the model's file is mapped instead of read."),
        new("Llama:ContextLength", Plain, SettingForm.Number(16),
            "what the model was trained for, at most 32768, halved until the cache of one sequence "
                + "takes no more than a quarter of the free memory, but not below 4096; more for a longer turn of a command",
            "Positions that one sequence can hold."),
        new("Llama:CacheLength", Plain, SettingForm.Number(16), "as many context lengths as a quarter of the free memory holds, 1 to 4",
            "Positions that all sequences can hold together."),
        new("Llama:CacheType", Plain, SettingForm.OneOf("f16", "q8_0"), "f16",
            "How keys and values are stored in the cache; `q8_0` takes 53% of the memory and changes results slightly."),
        new("Llama:MaxSequences", Plain, SettingForm.Number(1, 256), "32; 4 to 32 with recurrent states, by the free memory",
            "Sequences that can be open at once, idle prefixes included."),
        new("Llama:IdlePrefixes", Plain, SettingForm.Number(0, 256), "8", "Idle prefixes kept for reuse."),
        new("Llama:BatchSize", Plain, SettingForm.Number(1, 8192), "512", "Maximum number of rows of one decode."),
        new("Llama:Threads", Plain, SettingForm.Number(1, 1024), "the number of cores, half of it above four; 1 for very small models",
            "Threads of a decode with few rows."),
        new("Llama:BatchThreads", Plain, SettingForm.Number(1, 1024), "as Llama:Threads", "Threads of a decode with many rows."),
        new("Llama:PlainAttention", Plain, Switch, "false",
            "Attention by matrix products: small models step faster, but the last bits of a result depend on the cache's content."),
        new("Llama:ThoughtFormat", Plain, Text, "found in the chat template",
            "How the model writes its thoughts; `until-answer`: without marks, all text before the line ANSWER: counts as thought."),
        new("Llama:Deterministic", Plain, Switch, "false", "One sequence at a time and no prefix reuse."),
        new("Llama:LaneTimeout", Plain, SettingForm.Duration, "00:00:30", "How long a request waits for a lane while nothing runs."),
        new("CognitiveTools:Profile", Plain, Text, "the one that the model's catalog entry names, else default",
            "The name of an embedded prompt profile."),
        new(Natives, Code, FullPath, "runtimes/ next to the program",
            "Folder of the llama.cpp libraries that are loaded; `cogtools natives use` sets it."),
        new(SandboxLeastLevel, Code, SettingForm.OneOf("process", "namespaces", "os-sandbox"), "namespaces",
            "The lowest level of the sandbox at which Python written by a model runs; below it, Python is refused."),
        new(SandboxConcurrentRuns, Code, SettingForm.Number(1, 1024), "the number of processors",
            "Model-written programs that run at once; others wait."),
        new("Llama:ChatTemplate", Prompts, Text, "the model's own",
            "The chat template: a file with Jinja text (full path), or the name of one of "
                + "llama.cpp's built-in templates such as `chatml`."),
        new("Llama:TemplateVariables", Prompts, Text, "none",
            "Variables of the chat template, such as `enable_thinking`: "
                + "an object; each value is JSON, or else a text.") { HasParts = true },
        new("Llama:TemplateDate", Prompts, SettingForm.Date, "the current time",
            "The local time that chat templates write, for example 2026-11-28."),
        new("CognitiveTools:PromptsFolder", Prompts, FullPath, "the embedded profile", "A folder of prompts that replaces the profile."),
        new("CognitiveTools:ToolsFolder", Prompts, FullPath, "only the embedded tools",
            "A folder of more tools: YAML files with their prompts."),
        new("CognitiveTools:Donors", Prompts, Text, "eight short problems",
            "Questions whose tool outputs the ablation `isolation=shuffled` uses: a list of `Id` and `Text`.") { HasParts = true },
        new("CognitiveTools:RecordContent", Disclosure, Switch, "false", "Whether telemetry holds prompts and answers."),
        new("OpenAI:Timeout", Disclosure, SettingForm.Duration, "00:05:00",
            "Time without an answer after which a request to an endpoint fails."),
        new("OpenAI:LoadTimeout", Disclosure, SettingForm.Duration, "00:05:00",
            "How long to wait for an endpoint that answers 503 because it loads its model."),
        new("OpenAI:Api", Disclosure, SettingForm.OneOf("auto", "chat", "responses"), "auto",
            "Which API of an endpoint is used; auto: chat completions, and the Responses API for a model that has no other."),
        new("OpenAI:KeyHeader", Disclosure, Text, "api-key for an address of Azure or with `api-version=`, else Authorization",
            "The header that carries an endpoint's key; Authorization carries it as a bearer token."),
        new("OpenAI:ThinkingField", Disclosure, SettingForm.OneOf("auto", "reasoning_effort", "chat_template_kwargs"), "auto",
            "The field that tells an endpoint's model how much to think; auto: chat_template_kwargs for vLLM, SGLang and llama-server."),
        new("OpenAI:TokenLimitName", Disclosure, SettingForm.OneOf("max_tokens", "max_completion_tokens"), "max_tokens",
            "The name of the token limit to try first; the other one is used if the endpoint refuses it."),
        new("OpenAI:FunctionCalls", Disclosure, Switch, "true", "Whether the tool loop asks an endpoint for native function calls."),
        new("OpenAI:Stream", Disclosure, Switch, "true", "Whether an endpoint is asked for its answers as a stream."),
        new("OpenAI:ReturnThoughts", Disclosure, Switch, "true",
            "Whether thoughts that came with a function call are sent back to the endpoint with that call."),
        new("Llama:Path", AppsOnly, Text, "", "In cogtools: `Model`, or `--model`."),
        new("Llama:Lora", AppsOnly, Text, "", "In cogtools: `--model NAME+lora=FILE`."),
        new("Llama:LoraScale", AppsOnly, Text, "", "In cogtools: `--model NAME+lora=FILE@SCALE`."),
        new("Llama:Overrides", AppsOnly, Text, "", "In cogtools: `--model NAME+set=KEY:VALUE`.") { HasParts = true },
        new("OpenAI:Endpoint", AppsOnly, Text, "", "In cogtools: `--endpoint`."),
        new("OpenAI:Model", AppsOnly, Text, "", "In cogtools: `--endpoint-model`."),
        new("OpenAI:ApiKey", AppsOnly, Text, "", "In cogtools: an environment variable, `--endpoint-key-variable`."),
        new("OpenAI:ApiKeyVariable", AppsOnly, Text, "", "In cogtools: `--endpoint-key-variable`."),
        new("OpenAI:Retries", AppsOnly, Text, "", "In cogtools: the harness retries requests itself, and counts the retries."),
    ];

    /// <summary>Environment variables with the prefix that are not settings.</summary>
    public static IReadOnlyList<string> OtherVariables { get; } =
    [
        NativeLibraryLocator.EnvironmentVariable, ModelStore.FolderVariable, ProblemReader.FolderVariable,
        LlamaWorkerHost.EnvironmentVariable,
        "COGTOOLS_API_KEY", "COGTOOLS_DATA", "COGTOOLS_CHROMIUM", "COGTOOLS_BROWSER_REQUIRED", "COGTOOLS_INJECTION_MODEL",
        "COGTOOLS_BUILD_ARGS", "COGTOOLS_GPU_BACKEND", "COGTOOLS_REDIS_SERVER", "COGTOOLS_POSTGRES_SERVER",
        "COGTOOLS_CLUSTER_SECRET", "COGTOOLS_CLUSTER_REDIS", "COGTOOLS_CLUSTER_POSTGRES",
    ];

    /// <summary>Prefix that some variables had before; they have no effect.</summary>
    public const string FormerPrefix = "COGNITIVETOOLS_";

    /// <summary>The variable that an unknown key may have been meant to be; <see langword="null"/> when a setting is nearer.</summary>
    public static string? NearVariable(string key) =>
        NearKey(key) is null
        && Nearest.Of(key, OtherVariables.Select(static name => name[Prefix.Length..])) is { } near
            ? Prefix + near
            : null;

    /// <summary>The setting that a key belongs to, in any case of letters; <see langword="null"/> for an unknown key.</summary>
    public static Setting? Find(string key) => All.FirstOrDefault(setting => setting.Covers(key));

    /// <summary>What a user of the command line calls a setting: the option in the place of one for applications, else its key.</summary>
    public static string NameOf(string key) =>
        Find(key) is { Reach: AppsOnly } setting && OptionIn().Match(setting.Meaning) is { Success: true } option ? option.Value : key;

    /// <summary>A sentence with the known key that an unknown one may have been meant to be, or the page that lists all keys.</summary>
    public static string Hint(string key)
    {
        var near = NearKey(key);
        if (near is null && Nearest.Of(Last(key), All.Select(static setting => Last(setting.Key))) is { } part) // the section was left out
            near = All.First(setting => Last(setting.Key) == part).Key;
        return near is null ? "docs/settings.md lists the settings." : $"Did you mean {near}?";
    }

    // A section of the same name does not make two settings alike.
    private static string? NearKey(string key) => Nearest.Of(
        key, All.Select(static setting => setting.Key).Where(known => Nearest.Of(Last(key), [Last(known)]) is not null));

    private static string Last(string key) => key[(key.LastIndexOf(':') + 1)..];

    [GeneratedRegex("--[^`]+", RegexOptions.NonBacktracking)]
    private static partial Regex OptionIn();
}
