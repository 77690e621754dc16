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

    public string Description =>
        "Cognitive tools as isolated calls. Settings: tools=NAME+NAME (all), code=off|on (off; on adds the tools that run code), "
            + "style=auto|native|json|python (auto), bind=host|model, isolation=on|off|shuffled, calls=N, profile=NAME.";

    public IReasoner Create(ReasonerSpec spec)
    {
        var settings = new SettingsReader(spec);
        var names = settings.Text("tools", "").Split('+', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var code = settings.Text("code", "off", "off", "on") == "on";
        var style = settings.Text("style", "auto", "auto", "native", "json", "python");
        var bind = settings.Text("bind", "host", "host", "model");
        var isolation = Enum.Parse<ToolIsolation>(settings.Text("isolation", "on", "on", "off", "shuffled"), ignoreCase: true);
        var calls = settings.Int32("calls", -1, 0, 1_000);
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
        };
        var invoker = host.Required<IToolInvoker>("Call services.AddCognitiveTools().");
        if (isolation == ToolIsolation.Shuffled)
            invoker = new ShuffledToolInvoker(invoker, host.Donors);
        var tools = Select(host.Tools(profileName), names, code, spec);
        return new CognitiveToolLoop(host.Verbal, invoker, profile, tools, options, host.Time);
    }

    // A remote model was trained on its own way of calling; a grammar keeps a small local model's JSON readable.
    private static CallStyle StyleFor(IChatClient client, ToolIsolation isolation, PromptProfile profile) =>
        ChatCapabilities.Of(client).FunctionCalls && isolation != ToolIsolation.Off && profile.Has(LoopSetup.OpeningOf(CallStyle.Native))
            ? CallStyle.Native
        : profile.Has(LoopSetup.OpeningOf(CallStyle.Json)) ? CallStyle.Json
        : CallStyle.Python;

    private static IReadOnlyList<CognitiveTool> Select(ToolCatalog catalog, IReadOnlyCollection<string> names, bool code, ReasonerSpec spec)
    {
        var tools = catalog.Select(names);
        if (!code)
            return tools;
        var running = catalog.Tools.Where(t => t.Runs is not null).ToList();
        return running.Count > 0
            ? [.. tools.Union(running)]
            : throw new ArgumentException(
                $"Reasoner '{spec}': code=on, but no tool here runs code. A host needs services.AddCodeSandbox() and a prompt profile with "
                + "the prompt 'use_code' (default and paper have it).");
    }
}
