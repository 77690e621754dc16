using CognitiveTools.Calls;
using CognitiveTools.Chat;
using CognitiveTools.Loop;
using CognitiveTools.Prompts;
using CognitiveTools.Reasoners;
using CognitiveTools.Tools;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Hosting;

/// <summary>Makes the tool loop from the settings of a spec.</summary>
internal sealed class ToolLoopFactory(ReasonerHost host) : IReasonerFactory
{
    public string Kind => "tools";

    public string Description => "Cognitive tools as isolated calls.";

    public IReadOnlyList<ReasonerSetting> Settings { get; } =
    [
        new("tools", "all", "names joined by +"),
        new("code", "off", "on adds the tools that run code"),
        new("style", "auto", "how calls are written: auto, native, json, python"),
        new("bind", "host", "who passes the question to a tool: host, model"),
        new("isolation", "on", "on; off (calls see the conversation); shuffled (outputs of other questions)"),
        new("calls", "the budget's", "tool calls in total"),
        .. SamplingSettings.Known,
        .. ThoughtSettings.Known,
        CommonSettings.Profile,
    ];

    public IReasoner Create(ReasonerSpec spec)
    {
        var settings = new SettingsReader(spec);
        var names = settings.Text("tools", "").Split('+', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var code = settings.Text("code", "off", "off", "on") == "on";
        var style = settings.Text("style", "auto", "auto", "native", "json", "python");
        var bind = settings.Text("bind", "host", "host", "model");
        var isolation = Enum.Parse<ToolIsolation>(settings.Text("isolation", "on", "on", "off", "shuffled"), ignoreCase: true);
        var calls = settings.Int32("calls", -1, 0, 1_000);
        var sampling = SamplingSettings.Read(settings);
        var thinking = ThoughtSettings.Read(settings);
        var profileName = settings.Text("profile", "");
        var profile = host.Profile(profileName);
        settings.RefuseUnread();
        settings.RefuseControl();
        var options = new ToolLoopOptions
        {
            Style = style == "auto" ? StyleFor(host.Verbal, isolation, profile) : Enum.Parse<CallStyle>(style, ignoreCase: true),
            Binding = bind == "model" ? QuestionBinding.Model : QuestionBinding.Host,
            Isolation = isolation,
            ToolCalls = calls < 0 ? null : calls,
            Sampling = sampling,
            Thinking = thinking,
        };
        var invoker = host.Required<IToolInvoker>("Call services.AddCognitiveTools().");
        if (isolation == ToolIsolation.Shuffled)
            invoker = new ShuffledToolInvoker(invoker, host.Donors);
        var tools = Select(host, profileName, names, code, spec);
        thinking.Require(spec, host.Verbal);
        RequireCalls(spec, host.Verbal);
        return new CognitiveToolLoop(host.Verbal, invoker, profile, tools, options, host.Time);
    }

    // A remote model was trained on its own format of calls; a grammar keeps a small local model's JSON valid.
    private static CallStyle StyleFor(IChatClient client, ToolIsolation isolation, PromptProfile profile) =>
        ChatCapabilities.Of(client).FunctionCalls && isolation != ToolIsolation.Off && profile.Has(LoopSetup.OpeningOf(CallStyle.Native))
            ? CallStyle.Native
        : profile.Has(LoopSetup.OpeningOf(CallStyle.Json)) ? CallStyle.Json
        : CallStyle.Python;

    private static void RequireCalls(ReasonerSpec spec, IChatClient client)
    {
        if (ChatCapabilities.Of(client).ThinksUntilAnswer)
            throw new ArgumentException(
                $"Reasoner '{spec}': in the thought format until-answer, all that {ThoughtSettings.NameOf(client)} writes before the line "
                + "ANSWER: is thought, so it can call no tool. Use a reasoner without tools (cot), or another thought format "
                + $"({ThoughtSettings.FormatOptions}).");
    }

    private static IReadOnlyList<CognitiveTool> Select(
        ReasonerHost host, string profile, IReadOnlyCollection<string> names, bool code, ReasonerSpec spec)
    {
        var catalog = host.Tools(profile);
        var tools = catalog.Select(names);
        if (!code)
            return tools;
        var running = catalog.Tools.Where(t => t.Runs is not null).ToList();
        return running.Count > 0
            ? [.. tools.Union(running)]
            : throw new ArgumentException($"Reasoner '{spec}': code=on, but no tool here runs code. " + (host.HasSandbox
                ? "Choose prompts with the prompt 'use_code': the profile default or paper (profile=NAME, or --profile)."
                : CodeTool.Register));
    }
}
